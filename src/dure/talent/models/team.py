"""Teams for a need: what they should be able to do, a team that was chosen, and a seat for each of its people."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.foundation.workflow import Stateful
from dure.people import api as people
from dure.problems import api as problems
from dure.talent.teams import visibility, workflows

LARGEST = 8


class TeamNeed(models.Model):
    """What a need's owner looks for: the size of a team and, in `skills`, what it should be able to do.

    `target`, in percent, is how probable the whole should be that a smaller team is better than a surer one.
    """

    problem = models.OneToOneField(problems.Problem, on_delete=models.CASCADE, related_name="team_need")
    least = models.PositiveSmallIntegerField(default=2, validators=[MinValueValidator(1)])
    most = models.PositiveSmallIntegerField(default=5, validators=[MaxValueValidator(LARGEST)])
    target = models.PositiveSmallIntegerField(default=80)
    made_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(least__gte=1, least__lte=models.F("most"), most__lte=LARGEST),
                name="team_need_sizes",
            )
        ]

    def __str__(self) -> str:
        return f"{self.problem}"


class TeamSkill(models.Model):
    """A skill with the level that somebody of the team should have."""

    need = models.ForeignKey(TeamNeed, on_delete=models.CASCADE, related_name="skills")
    skill = models.SlugField(max_length=60)
    level = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(4)])

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["need", "skill"], name="team_need_names_skill_once")]

    def __str__(self) -> str:
        return f"{self.skill} {self.level}"


class TeamProposalQuerySet(models.QuerySet["TeamProposal"]):
    def visible_to(self, person: Any) -> "TeamProposalQuerySet":
        return self.filter(visibility.proposal_q(person)).distinct()


class TeamProposal(Stateful):
    """A team that was chosen and asked. States: `workflows.TEAM_PROPOSAL`.

    What was looked for is kept as it was then: `skills` is a list of [slug, level], with the sizes and the target. `is_exact` says
    that no other team scored higher. `reason` is why it was withdrawn. Teams that nobody chose are kept nowhere.
    """

    workflow = workflows.TEAM_PROPOSAL

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.TEAM_PROPOSAL.choices, default="proposed")
    problem = models.ForeignKey(problems.Problem, on_delete=models.PROTECT, related_name="team_proposals")
    skills = models.JSONField(default=list)
    least = models.PositiveSmallIntegerField()
    most = models.PositiveSmallIntegerField()
    target = models.PositiveSmallIntegerField()
    size = models.PositiveSmallIntegerField()
    is_exact = models.BooleanField(default=False)
    reason = models.TextField(blank=True, max_length=2000)
    made_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    objects = TeamProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "-id"], name="team_proposal_by_state")]

    def __str__(self) -> str:
        return f"{self.problem}"


class TeamSeatQuerySet(models.QuerySet["TeamSeat"]):
    def visible_to(self, person: Any) -> "TeamSeatQuerySet":
        return self.filter(visibility.seat_q(person))


class TeamSeat(Stateful):
    """One person asked into one team. States: `workflows.TEAM_SEAT`.

    `key` is what the owner calls the person for this need. `percents` says for each of the proposal's skills how probable their
    evidence makes it that they have the level, to the nearest twentieth. `reason` is the person's own, where they said no.
    """

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["state", "due_at"], name="team_seat_by_due")]
        constraints = [models.UniqueConstraint(fields=["proposal", "person"], name="one_seat_in_a_team")]

    workflow = workflows.TEAM_SEAT

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.TEAM_SEAT.choices, default="proposed")
    proposal = models.ForeignKey(TeamProposal, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(people.Person, on_delete=models.CASCADE, related_name="team_seats")
    key = models.CharField(max_length=24)
    percents = models.JSONField(default=list)
    due_at = models.DateTimeField(verbose_name=_("answer until"))
    reason = models.TextField(blank=True, max_length=1000)
    asked_at = models.DateTimeField(default=clock.now)

    objects = TeamSeatQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.key}"
