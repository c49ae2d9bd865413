"""Organisations and who belongs to them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.foundation import clock, i18n
from dure.foundation.ids import uuid7
from dure.people.models.person import Person


class Organisation(models.Model):
    """A legal member of the alliance, or one that wants to be. `left_on` set: it was a member until then.

    `suspended_on` set: it is one whose membership rests since then; what all members share is closed to its people.
    """

    class Kind(models.TextChoices):
        INDUSTRY = "industry", _("Industry")
        UNIVERSITY = "university", _("University")
        RESEARCH = "research", _("Research institute")
        PUBLIC = "public", _("Public body")
        STARTUP = "startup", _("Startup")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name_ko = models.CharField(_("name in Korean"), max_length=120, blank=True)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    kind = models.CharField(_("type"), max_length=12, choices=Kind.choices)
    country = models.CharField(_("country"), max_length=2, default="KR")
    business_number = models.CharField(
        _("business registration number"), max_length=10, null=True, blank=True, unique=True
    )
    ror_id = models.CharField(_("ROR id"), max_length=9, null=True, blank=True, unique=True)
    website = models.URLField(_("website"), blank=True)
    about_ko = models.TextField(_("about, in Korean"), blank=True, max_length=4000)
    about_en = models.TextField(_("about, in English"), blank=True, max_length=4000)
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    suspended_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["name_ko", "name_en", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return i18n.localized(self, "name")

    @property
    def is_member(self) -> bool:
        """Whether it is a member of the alliance today, and its membership does not rest."""
        today = clock.today()
        joined = bool(self.joined_on and self.joined_on <= today)
        return joined and not (self.left_on and self.left_on <= today) and self.suspended_on is None


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> "MembershipQuerySet":
        """Memberships in force now: begun, not past their last day, and not ended by hand."""
        today = clock.today()
        return self.filter(starts_on__lte=today, ended_at=None).exclude(ends_on__lt=today)

    def open(self) -> "MembershipQuerySet":
        """Memberships in force now or agreed for later."""
        return self.filter(ended_at=None).exclude(ends_on__lt=clock.today())


class Membership(models.Model):
    """A person's role in an organisation.

    A row is in one of these states: to come (`starts_on` lies ahead), in force, over (`ends_on`, the last day, has passed) or ended
    by hand (`ended_at` set: at that moment, whatever the dates say). It stays as history.
    """

    class Role(models.TextChoices):
        REPRESENTATIVE = "representative", _("Representative")
        PROBLEM_OWNER = "problem_owner", _("Problem owner")
        COORDINATOR = "coordinator", _("Coordinator")
        MEMBER = "member", _("Member")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=16, choices=Role.choices, default=Role.MEMBER)
    title = models.CharField(_("position"), max_length=80, blank=True)
    starts_on = models.DateField(_("from"), default=clock.today)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "ends_on"]),
            models.Index(fields=["organisation", "ends_on"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="membership_dates_in_order",
            ),
            models.UniqueConstraint(
                fields=["person", "organisation", "role"],
                condition=models.Q(ends_on=None, ended_at=None),
                name="one_open_membership",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.organisation_id}"

    @property
    def is_over(self) -> bool:
        """Whether it is past, by its last day or by hand."""
        return self.ended_at is not None or (self.ends_on is not None and self.ends_on < clock.today())
