"""Terms: what was offered, and who accepted which words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.people import api as people
from dure.problems.models.problem import Problem


class ProblemTerms(models.Model):
    """One version of the terms of a problem, frozen: the words, a plain summary, and their hash."""

    class Kind(models.TextChoices):
        DATA_USE = "data_use", _("Data use")
        CONFIDENTIALITY = "confidentiality", _("Confidentiality")
        RESULTS = "results", _("Results and IP")

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="terms")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    template = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1)
    summary_ko = models.TextField(max_length=2000)
    summary_en = models.TextField(max_length=2000)
    body_ko = models.TextField()
    body_en = models.TextField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=clock.now)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["problem", "kind", "version"], name="one_terms_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.problem_id} {self.kind} v{self.version}"


class TermsAcceptance(models.Model):
    """A person's yes to exactly these words (the hash is kept beside the row it names)."""

    person = models.ForeignKey(people.Person, on_delete=models.PROTECT, related_name="+")
    terms = models.ForeignKey(ProblemTerms, on_delete=models.PROTECT, related_name="acceptances")
    sha256 = models.CharField(max_length=64)
    accepted_at = models.DateTimeField(default=clock.now)
    origin = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "terms"], name="accepted_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.sha256[:12]}"
