"""Proposals to a call, with their partners, people and frozen revisions."""

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.alliance.models.call import ResearchCall
from dure.alliance.models.project import ResearchProject
from dure.alliance.projects import tracks
from dure.alliance.proposals import rules, visibility, workflows
from dure.foundation import clock, i18n
from dure.foundation.ids import uuid7
from dure.foundation.workflow import Stateful
from dure.people import api as people

MOST_WON = 10**13


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, person: Any) -> "ProposalQuerySet":
        return self.filter(visibility.proposal_q(person))

    def inside_for(self, person: Any) -> "ProposalQuerySet":
        """Those in which this person takes part."""
        return self.filter(visibility.inside_q(person))


class Proposal(Stateful):
    """What organisations want to research together. States: `workflows.PROPOSAL`.

    `number` is given when it is first submitted; `submitted_at` is empty while nobody but its own people may know of it.
    `verdict` is what is to be announced; nobody outside the secretariat reads it before.
    """

    workflow = workflows.PROPOSAL

    class Verdict(models.TextChoices):
        ACCEPT = "accept", pgettext_lazy("proposal", "Accept")
        RESERVE = "reserve", _("Waiting list")
        DECLINE = "decline", pgettext_lazy("proposal", "Decline")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.PROPOSAL.choices, default="draft")
    call = models.ForeignKey(ResearchCall, on_delete=models.PROTECT, related_name="proposals")
    number = models.PositiveSmallIntegerField(null=True)
    track = models.CharField(max_length=20, choices=tracks.Track.choices)
    title_ko = models.CharField(max_length=160, blank=True)
    title_en = models.CharField(max_length=160, blank=True)
    summary_ko = models.TextField(max_length=2000, blank=True)
    summary_en = models.TextField(max_length=2000, blank=True)
    text_ko = models.TextField(max_length=20_000, blank=True)
    text_en = models.TextField(max_length=20_000, blank=True)
    organisation = models.ForeignKey(people.Organisation, on_delete=models.PROTECT, related_name="proposals")
    lead = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    revision = models.PositiveSmallIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True)
    question = models.TextField(max_length=2000, blank=True)
    answer_by = models.DateField(null=True)
    reason = models.TextField(max_length=2000, blank=True)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    message = models.TextField(max_length=4000, blank=True)
    rank = models.PositiveSmallIntegerField(null=True)
    verdict_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    project = models.OneToOneField(
        ResearchProject, null=True, on_delete=models.PROTECT, related_name="proposal"
    )
    created_at = models.DateTimeField(default=clock.now)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["call", "state"], name="proposal_by_state")]
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="proposal_number_of_call")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return i18n.localized(self, "title")

    @property
    def code(self) -> str:
        """How it is called within its call; empty before it is submitted."""
        return f"P{self.number}" if self.number else ""

    @cached_property
    def all_partners(self) -> list[Any]:
        """Its partners with their organisations; the first leads. One query."""
        return list(self.partners.select_related("organisation").order_by("position", "pk"))

    @property
    def asked(self) -> int:
        """What it asks for in all, in won."""
        return sum(one.budget for one in self.all_partners if one.answer != "refused")

    @cached_property
    def lacking(self) -> list[Any]:
        """All that is missing before it can be submitted, each as its refusal."""
        return rules.missing(self)


class ProposalPartner(models.Model):
    """An organisation that is to take part: what it asks for and what it brings in, and whether it has said yes."""

    class Answer(models.TextChoices):
        OPEN = "", pgettext_lazy("partner", "Asked")
        CONFIRMED = "confirmed", pgettext_lazy("partner", "Confirmed")
        REFUSED = "refused", pgettext_lazy("partner", "Refused")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(people.Organisation, on_delete=models.PROTECT, related_name="+")
    budget = models.PositiveBigIntegerField(default=0, validators=[MaxValueValidator(MOST_WON)])
    brings = models.PositiveBigIntegerField(default=0, validators=[MaxValueValidator(MOST_WON)])
    answer = models.CharField(max_length=12, choices=Answer.choices, default=Answer.OPEN, blank=True)
    answered_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "organisation"], name="partner_of_proposal_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}"


class ProposalPerson(models.Model):
    """Somebody who is to work on it; the lead is not among them."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(people.Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["proposal", "person"], name="person_of_proposal_once")]

    def __str__(self) -> str:
        return f"{self.person_id}"


class ProposalRevision(models.Model):
    """What was submitted, word for word; never changed."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    submitted_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    submitted_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="revision_of_proposal_once")
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}/{self.number}"
