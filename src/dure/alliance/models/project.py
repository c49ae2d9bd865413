"""Joint research projects: what is researched, by which organisations and people, with what came of it."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from dure.alliance.models.agreement import Agreement
from dure.alliance.projects import rules, tracks, visibility, workflows
from dure.foundation import clock, i18n
from dure.foundation.access import Audience
from dure.foundation.ids import uuid7
from dure.foundation.workflow import Stateful
from dure.people import api as people


class ResearchProjectQuerySet(models.QuerySet["ResearchProject"]):
    def visible_to(self, person: Any) -> "ResearchProjectQuerySet":
        return self.filter(visibility.project_q(person)).distinct()

    def inside_for(self, person: Any) -> "ResearchProjectQuerySet":
        """Those of which this person may read all."""
        return self.filter(visibility.inside_q(person)).distinct()


class ResearchProject(Stateful):
    """What organisations research together. States: `workflows.PROJECT`.

    `year` counts from 1; `renewal_on` is the day on which the renewal of that year is asked for, empty before it starts.
    `concerns`: what of it concerns people; with any of them it starts and is renewed only when ethics allows it.
    """

    workflow = workflows.PROJECT

    class Origin(models.TextChoices):
        AGREEMENT = "agreement", _("From an agreement")
        DIRECT = "direct", _("Agreed directly")
        PROPOSAL = "proposal", _("From a proposal to a call")
        TOPIC = "topic", _("From a topic of the roundtable")

    class Concern(models.TextChoices):
        HUMAN = "human", _("Experiments, surveys or interviews with people")
        PERSONAL = "personal", _("Data from which a person can be told")
        CLINICAL = "clinical", _("Clinical data or samples taken from people")
        BIOMETRIC = "biometric", _("Voices, faces or other features that tell who somebody is")
        DEPLOYED = "deployed", _("Tried on the public, or offered to it")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.PROJECT.choices, default="setup")
    origin = models.CharField(max_length=12, choices=Origin.choices, default=Origin.DIRECT)
    track = models.CharField(max_length=20, choices=tracks.Track.choices)
    title_ko = models.CharField(max_length=160, blank=True)
    title_en = models.CharField(max_length=160, blank=True)
    summary_ko = models.TextField(max_length=4000, blank=True)
    summary_en = models.TextField(max_length=4000, blank=True)
    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.PROTECT, related_name="projects")
    lead = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    audience = models.CharField(max_length=12, choices=Audience.choices, default=Audience.PRIVATE)
    circle = models.ForeignKey(people.Circle, null=True, on_delete=models.PROTECT, related_name="+")
    terms = models.TextField(max_length=4000, blank=True)
    concerns = ArrayField(models.CharField(max_length=12, choices=Concern.choices), default=list, blank=True)
    kickoff_on = models.DateField(null=True, blank=True)
    starts_on = models.DateField()
    year = models.PositiveSmallIntegerField(default=1)
    renewal_on = models.DateField(null=True)
    paused_until = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    final_report = models.TextField(max_length=20_000, blank=True)
    reason = models.TextField(max_length=2000, blank=True)
    made_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    objects = ResearchProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]
        indexes = [
            models.Index(fields=["-starts_on", "-id"], name="project_by_start"),
            models.Index(fields=["state", "renewal_on"], name="project_by_renewal"),
            models.Index(fields=["track", "state"], name="project_by_track"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return i18n.localized(self, "title")

    @property
    def group(self) -> str:
        """The group of its track, in words."""
        return str(tracks.GROUP_OF[self.track].label)

    @property
    def concern_labels(self) -> list[str]:
        """What of it concerns people, in words."""
        return [str(self.Concern(one).label) for one in self.concerns]

    @cached_property
    def renewal(self) -> Any:
        """The renewal of the present year; None before it is asked for."""
        return self.renewals.filter(year=self.year).first()

    @cached_property
    def lacking(self) -> list[Any]:
        """All that is missing before it can start, each as its refusal."""
        return rules.missing(self)

    @cached_property
    def workers(self) -> frozenset[int]:
        """Ids of the people who work on it now."""
        return frozenset(self.members.filter(until=None).values_list("person_id", flat=True))


class ProjectPartner(models.Model):
    """An organisation that takes part, as what, and what it brings in for a year."""

    class Role(models.TextChoices):
        LEADS = "leads", _("Lead institution")
        RESEARCH = "research", _("Research partner")
        INDUSTRY = "industry", _("Brings the problem and tries the result")
        DATA = "data", _("Brings data")
        COMPUTE = "compute", _("Brings accelerators")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    project = models.ForeignKey(ResearchProject, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(people.Organisation, on_delete=models.PROTECT, related_name="researches")
    role = models.CharField(max_length=12, choices=Role.choices)
    budget = models.DecimalField(
        max_digits=15, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )
    currency = models.CharField(max_length=3, default="KRW")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "organisation"], name="partner_of_project_once"),
            models.CheckConstraint(condition=models.Q(budget__gte=0), name="partner_budget_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}"


class ProjectMember(models.Model):
    """Somebody who works on it. `until` set: they did until then."""

    class Role(models.TextChoices):
        RESEARCHER = "researcher", _("Researcher")
        STUDENT = "student", _("Student")
        ENGINEER = "engineer", _("Engineer")
        ADMINISTRATOR = "administrator", _("Administrator")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    project = models.ForeignKey(ResearchProject, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(people.Person, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=16, choices=Role.choices)
    since = models.DateField(default=clock.today)
    until = models.DateField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "person"],
                condition=models.Q(until=None),
                name="member_of_project_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}"


class ProjectOutput(models.Model):
    """Something that came of it, in which of its years."""

    class Kind(models.TextChoices):
        PAPER = "paper", _("Paper")
        PATENT = "patent", _("Patent")
        MODEL = "model", _("Model")
        DATASET = "dataset", _("Dataset")
        CODE = "code", _("Code")
        PRODUCT = "product", _("Product or service")
        TRANSFER = "transfer", _("Technology transfer")
        PEOPLE = "people", _("People trained")
        OTHER = "other", _("Something else")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    project = models.ForeignKey(ResearchProject, on_delete=models.CASCADE, related_name="outputs")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=300)
    link = models.CharField(max_length=500, blank=True)
    added_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-year", "-id"]

    def __str__(self) -> str:
        return self.title


class ProjectRisk(models.Model):
    """A flag: what may go wrong, how badly, and when it was gone."""

    class Level(models.TextChoices):
        LOW = "low", _("Low")
        MEDIUM = "medium", _("Medium")
        HIGH = "high", _("High")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    project = models.ForeignKey(ResearchProject, on_delete=models.CASCADE, related_name="risks")
    level = models.CharField(max_length=8, choices=Level.choices)
    what = models.CharField(max_length=500)
    raised_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    raised_at = models.DateTimeField(default=clock.now)
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.what[:40]


class ProjectChange(Stateful):
    """A change that its lead asked for, and the answer. States: `workflows.CHANGE`."""

    workflow = workflows.CHANGE

    class Kind(models.TextChoices):
        BUDGET = "budget", _("Budget")
        SCOPE = "scope", _("What is researched")
        PEOPLE = "people", _("People")
        SCHEDULE = "schedule", _("Schedule")
        PARTNERS = "partners", _("Partners")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.CHANGE.choices, default="requested")
    project = models.ForeignKey(ResearchProject, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    what = models.TextField(max_length=2000)
    reason = models.TextField(max_length=2000)
    answer = models.TextField(max_length=2000, blank=True)
    asked_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    answered_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.what[:40]
