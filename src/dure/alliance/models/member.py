"""Members: at which level an organisation is one since when, and how it asked to become one."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.alliance.members import visibility, workflows
from dure.alliance.models.agreement import Agreement
from dure.foundation import clock, i18n
from dure.foundation.ids import uuid7
from dure.foundation.workflow import Stateful
from dure.people import api as people


class MemberLevel(models.Model):
    """A level of membership: full, associate, partner, or what an alliance calls its own.

    `needs_agreement`: nobody is taken in at it without an agreement in force of which the organisation is a party.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    slug = models.SlugField(max_length=40, unique=True)
    name_ko = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    about_ko = models.CharField(max_length=300, blank=True)
    about_en = models.CharField(max_length=300, blank=True)
    needs_agreement = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return i18n.localized(self, "name")

    @property
    def about(self) -> str:
        """What it is for, in the reader's language."""
        return i18n.localized(self, "about")


class JoiningQuerySet(models.QuerySet["Joining"]):
    def visible_to(self, person: Any) -> "JoiningQuerySet":
        return self.filter(visibility.joining_q(person))


class Joining(Stateful):
    """An organisation asks to be a member. States: `workflows.JOINING`.

    `agreement` is the one that the organisation names as signed for it; `level` is the one asked for, or, once accepted, given.
    """

    workflow = workflows.JOINING

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.JOINING.choices, default="submitted")
    organisation = models.ForeignKey(people.Organisation, on_delete=models.PROTECT, related_name="joinings")
    level = models.ForeignKey(MemberLevel, on_delete=models.PROTECT, related_name="+")
    cooperation = ArrayField(
        models.CharField(max_length=20, choices=Agreement.Cooperation.choices), default=list
    )
    why = models.TextField(max_length=4000)
    brings = models.TextField(max_length=4000)
    contact = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    agreement = models.ForeignKey(
        Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    objects = JoiningQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "-id"], name="joining_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(state__in=["submitted", "asked"]),
                name="joining_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}"

    @property
    def fields(self) -> list[str]:
        """Fields of cooperation, in the reader's language."""
        return [str(Agreement.Cooperation(one).label) for one in self.cooperation]


class JoiningNote(models.Model):
    """A question of the secretariat, an answer of the organisation, or the reason of a decision; never changed."""

    class Kind(models.TextChoices):
        QUESTION = "question", _("Question")
        ANSWER = "answer", _("Answer")
        REASON = "reason", _("Reason of the decision")

    joining = models.ForeignKey(Joining, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    body = models.TextField(max_length=2000)
    by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.body[:40]


class Member(Stateful):
    """An organisation as a member at a level, from `since` on; `until` set: it was one until then. States: `workflows.MEMBER`.

    An organisation that comes back has another row. `reason` is that of the last move that hurt; its people, the secretariat and
    auditors read it.
    """

    workflow = workflows.MEMBER

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.MEMBER.choices, default="active")
    organisation = models.ForeignKey(
        people.Organisation, on_delete=models.PROTECT, related_name="alliance_memberships"
    )
    level = models.ForeignKey(MemberLevel, on_delete=models.PROTECT, related_name="members")
    joining = models.OneToOneField(Joining, null=True, on_delete=models.PROTECT, related_name="member")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True, max_length=2000)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(until=None), name="member_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}"
