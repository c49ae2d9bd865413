"""Agreements: what is agreed, between whom, each text that ever stood there, who approved and signed which."""

from functools import cached_property
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements import visibility, workflows
from dure.foundation import clock, i18n
from dure.foundation.ids import uuid7
from dure.foundation.models import Blob
from dure.foundation.workflow import Stateful
from dure.people import api as people


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, person: Any) -> "AgreementQuerySet":
        return self.filter(visibility.agreement_q(person)).distinct()

    def titled_to(self, person: Any) -> "AgreementQuerySet":
        """Those of which this person may at least know the title."""
        return self.filter(visibility.agreement_q(person) | visibility.PUBLIC_TITLE).distinct()


class Agreement(Stateful):
    """What organisations agree. States: `workflows.AGREEMENT`.

    The columns repeat what the newest revision says, for lists; the text that is approved and signed is the revision's alone.
    With `amends` set it changes another agreement; with `renews` set it takes the place of one when it comes into force.
    """

    workflow = workflows.AGREEMENT

    class Kind(models.TextChoices):
        MOU = "mou", _("Memorandum of understanding")
        RESEARCH = "research", _("Joint research agreement")
        DATA_SHARING = "data_sharing", _("Data-sharing agreement")
        OTHER = "other", _("Other agreement")

    class Cooperation(models.TextChoices):
        BASIC = "basic_technology", _("Basic technology")
        APPLIED = "applied_technology", _("Applied technology")
        TALENT = "talent", _("Training and exchange of talent")
        ETHICS = "ethics", _("AI ethics and safety")
        INFORMATION = "information", _("Exchange of information")
        COMPUTE = "compute", _("Sharing accelerators")
        DATA = "data", _("Sharing data")
        STARTUPS = "startups", _("Support of startups")
        OTHER = "other", _("Another field")

    class Language(models.TextChoices):
        KOREAN = "ko", _("Korean decides")
        ENGLISH = "en", _("English decides")
        BOTH = "both", _("Both decide alike")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.AGREEMENT.choices, default="draft")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    title_ko = models.CharField(max_length=160, blank=True)
    title_en = models.CharField(max_length=160, blank=True)
    cooperation = ArrayField(models.CharField(max_length=20, choices=Cooperation.choices), default=list)
    authoritative = models.CharField(max_length=4, choices=Language.choices)
    effective_from = models.DateField()
    effective_to = models.DateField(null=True, blank=True)
    is_public = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    reminded_days = models.PositiveSmallIntegerField(null=True)
    reason = models.TextField(blank=True, max_length=2000)
    amends = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="amendments")
    is_applied = models.BooleanField(default=False)
    renews = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="successors")
    circle = models.ForeignKey(people.Circle, null=True, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state", "-id"], name="agreement_by_state"),
            models.Index(fields=["state", "effective_to"], name="agreement_by_end"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(effective_to=None)
                | models.Q(effective_to__gte=models.F("effective_from")),
                name="agreement_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(amends=None) | models.Q(renews=None), name="agreement_amends_or_renews"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return i18n.localized(self, "title")

    @cached_property
    def revision(self) -> "AgreementRevision":
        """The newest text."""
        found = self.revisions.order_by("-number").first()
        assert found is not None  # noqa: S101 - an agreement is made together with its first text
        return found

    @cached_property
    def standing(self) -> "list[AgreementParty]":
        """Its parties that have not left, in their order, each with `organisation`."""
        return [party for party in self.all_parties if party.left_at is None]

    @cached_property
    def all_parties(self) -> "list[AgreementParty]":
        """Its parties in their order, those that left among them."""
        return list(self.parties.select_related("organisation").order_by("position", "id"))

    @cached_property
    def speakers(self) -> dict[Any, frozenset[int]]:
        """What `standing.spoken_for` has found for a person; a fresh row starts anew."""
        return {}


class AgreementParty(models.Model):
    """An organisation that agrees. `left_at` set: it was a party until then."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(people.Organisation, on_delete=models.PROTECT, related_name="agreed")
    position = models.PositiveSmallIntegerField(default=0)
    joined_at = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True)
    left_reason = models.TextField(blank=True, max_length=2000)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "organisation"],
                condition=models.Q(left_at=None),
                name="party_of_agreement_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}"


class AgreementRevision(models.Model):
    """One text of an agreement, never changed. `sha256` is that of `content` in its canonical form (`agreements.canonical`)."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="revision_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.sha256}"


class AgreementApproval(models.Model):
    """A party's yes to one revision. `voided_at` set: the text went back to drafting since."""

    party = models.ForeignKey(AgreementParty, on_delete=models.CASCADE, related_name="approvals")
    revision = models.ForeignKey(AgreementRevision, on_delete=models.CASCADE, related_name="approvals")
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "revision"],
                condition=models.Q(voided_at=None),
                name="approval_of_party_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.party_id}: {self.sha256}"


class AgreementSignature(models.Model):
    """A party's signature under one revision: who, when, which hash, and how it was proven. `voided_at` as for approvals."""

    class Method(models.TextChoices):
        FILE = "file", _("Signed PDF")
        PASSWORD = "password", _("Signed here, proven by password")
        KEY = "key", _("Signed here, proven by passkey or code")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    party = models.ForeignKey(AgreementParty, on_delete=models.CASCADE, related_name="signatures")
    revision = models.ForeignKey(AgreementRevision, on_delete=models.CASCADE, related_name="signatures")
    sha256 = models.CharField(max_length=64)
    method = models.CharField(max_length=8, choices=Method.choices)
    blob = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    filename = models.CharField(max_length=200, blank=True)
    signer = models.CharField(max_length=160)
    by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "revision"],
                condition=models.Q(voided_at=None),
                name="signature_of_party_once",
            ),
            models.CheckConstraint(
                condition=models.Q(method="file", blob__isnull=False)
                | ~models.Q(method="file") & models.Q(blob=None),
                name="signature_has_file_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id}: {self.sha256}"


class AgreementComment(models.Model):
    """A word about one revision, from a party or the secretariat. `wants_change`: with it the text went back to drafting."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="comments")
    revision = models.ForeignKey(AgreementRevision, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(
        people.Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    body = models.TextField(max_length=4000)
    wants_change = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.body[:40]
