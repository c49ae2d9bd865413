"""Consent: which text, which version, when."""

from django.db import models

from dure.foundation import clock, i18n
from dure.people.models.person import Person


class ConsentText(models.Model):
    """One version of a text people agree to (terms of use, privacy). Its hash binds every consent to these words."""

    key = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    title_ko = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160)
    body_ko = models.TextField()
    body_en = models.TextField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="one_text_per_version")]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"

    @property
    def title(self) -> str:
        return i18n.localized(self, "title")

    @property
    def body(self) -> str:
        return i18n.localized(self, "body")


class Consent(models.Model):
    """A person's yes to one version of a text, and when it was taken back."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)
    origin = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "text"], condition=models.Q(withdrawn_at=None), name="one_live_consent"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.text_id}"
