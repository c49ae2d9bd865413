"""Who may do what with problems, and when: pure decisions with reasons. Each fact about a person is one small query."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.foundation import clock, prepared
from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused, Role, has_role
from dure.people import api as people
from dure.problems.sites import uses

NOT_OWNER = Refused(
    "not_owner", _("Only the need's owner, or a representative of its organisation, can do this.")
)
NOT_SECRETARIAT = Refused("not_secretariat", _("Only the secretariat can do this."))
NOT_CURATOR = Refused("not_curator", _("Only the curator or the secretariat can do this."))
NOT_HOST = Refused("not_host", _("Only a host of this challenge can do this."))
OWNER_ROLES = (people.Membership.Role.REPRESENTATIVE,)


def owns_problem(person: Any, problem: Any) -> Decision:
    """The person who posted it, or a representative of the organisation it belongs to."""
    if not person.is_authenticated:
        return SIGN_IN
    if problem.owner_id == person.pk or _represents(person, problem):
        return ALLOWED
    return NOT_OWNER


def _represents(person: Any, problem: Any) -> bool:
    """Asked once per person and row in memory: a page asks it for every action. `perform` decides on a fresh row."""
    if problem.organisation_id is None:
        return False
    known = problem.__dict__.setdefault("_represented_by", {})
    if person.pk not in known:
        mine = people.Membership.objects.current().filter(
            person_id=person.pk, organisation_id=problem.organisation_id, role__in=OWNER_ROLES
        )
        known[person.pk] = mine.exists()
    return bool(known[person.pk])


def remember_represents(person: Any, problem: Any, *, answer: bool) -> None:
    """For whoever fetched a row together with the answer: it is not asked again."""
    problem.__dict__.setdefault("_represented_by", {})[person.pk] = answer


def triages(person: Any, _problem: Any) -> Decision:
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if has_role(person, Role.SECRETARIAT) else NOT_SECRETARIAT


def curates(person: Any, problem: Any) -> Decision:
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if problem.curator_id == person.pk or has_role(person, Role.SECRETARIAT) else NOT_CURATOR


def hosts_challenge(person: Any, challenge: Any) -> Decision:
    """A named host, the problem's curator, or the secretariat."""
    if not person.is_authenticated:
        return SIGN_IN
    if curates(person, challenge.problem) or is_named_host(person, challenge):
        return ALLOWED
    return NOT_HOST


def is_named_host(person: Any, challenge: Any) -> bool:
    """Whether this person stands among the hosts; no query where the challenge was fetched for this very person."""
    asked_by, answer = getattr(challenge, "named_host", (None, False))
    return answer if asked_by == person.pk else challenge.hosts.filter(pk=person.pk).exists()


def has_message(_obj: Any, data: Mapping[str, Any]) -> Decision:
    return ALLOWED if str(data.get("message", "")).strip() else Refused("no_message", _("Write a message."))


def has_work(problem: Any, _data: Mapping[str, Any]) -> Decision:
    """Opening needs something to open: a challenge that is open, or another route."""
    if problem.route == "challenge" and not (
        hasattr(problem, "challenge") and problem.challenge.state == "open"
    ):
        return Refused("challenge_not_open", _("Open its challenge first."))
    return ALLOWED


CLOSED = Refused("not_open", _("This challenge is not open now."))
RUNS_IT = Refused("host", _("You run this challenge, so you cannot take part in it."))
OWNERS_SIDE = Refused(
    "owner_side", _("You speak for the organisation whose need this is, so you cannot take part in it.")
)
OWNS_ROWS = Refused(
    "owns_rows", _("You speak for an organisation whose site has hidden rows, so you cannot take part in it.")
)
NO_TERMS = Refused("terms", _("Read and accept the terms first."))
SEALED = Refused(
    "sealed", _("Teams are sealed since the date the host set; nobody joins or leaves any more.")
)


def helps(person: Any) -> bool:
    """The secretariat, and whoever curates a problem."""
    return has_role(person, Role.SECRETARIAT) or bool(prepared.rows("problems.curated", _curated, person))


def _curated(person: Any) -> Any:
    from dure.problems.models import Problem  # noqa: PLC0415 - models need the tables, which need these rules

    return Problem.objects.filter(curator_id=person.pk).order_by().values_list("pk")[:1]


def accepted_terms(person: Any, problem: Any) -> bool:
    """Whether the person has said yes to every version of the terms in force."""
    return not prepared.rows("problems.terms_open", _not_accepted, person, put={prepared.NUMBER: problem.pk})


def _not_accepted(person: Any) -> Any:
    from dure.problems.models import ProblemTerms  # noqa: PLC0415 - models need the tables, which need these rules

    in_force = ProblemTerms.objects.filter(problem_id=prepared.NUMBER, retired_at=None)
    return in_force.exclude(acceptances__person_id=person.pk).values_list("pk")[:1]


def may_enter(person: Any, challenge: Any, *, accepted: bool | None = None) -> Decision:
    """Anyone with an account who accepted the terms, while it is open. Whoever may look at the answers does not compete.

    `accepted` says whether the person accepted the terms, where that is known already.
    """
    if not person.is_authenticated:
        return SIGN_IN
    if challenge.state != "open":
        return CLOSED
    if hosts_challenge(person, challenge):
        return RUNS_IT
    if owns_problem(person, challenge.problem):
        return OWNERS_SIDE
    if challenge.is_at_sites and uses.gives_rows(person, challenge):
        return OWNS_ROWS
    if accepted is None:
        accepted = accepted_terms(person, challenge.problem)
    return ALLOWED if accepted else NO_TERMS


def teams_move(challenge: Any) -> Decision:
    """Teams can change until the seal, and only while the challenge is open."""
    if challenge.state != "open":
        return CLOSED
    seal = challenge.teams_seal_at
    return SEALED if seal and clock.now() >= seal else ALLOWED


def may_change_team(person: Any, team: Any) -> Decision:
    member = team.members.filter(person_id=person.pk, left_at=None).first()
    if member is None:
        return Refused("not_in_team", _("You are not in this team."))
    return teams_move(team.challenge)


def has_room(team: Any, members: int | None = None) -> Decision:
    """Whether one more fits in; `members` is how many are in it, where that is known already."""
    if members is None:
        members = team.members.filter(left_at=None).count()
    if members < team.challenge.team_size:
        return ALLOWED
    return Refused("team_full", _("The team has as many people as the host allows."))


@dataclass(frozen=True, slots=True)
class Quota:
    """What a team has used and may use; None = no limit."""

    today: int
    per_day: int | None
    total: int
    per_phase: int | None

    @property
    def left(self) -> int | None:
        limits = [
            limit - used
            for limit, used in ((self.per_day, self.today), (self.per_phase, self.total))
            if limit is not None
        ]
        return max(0, min(limits)) if limits else None


def within_quota(quota: Quota) -> Decision:
    """Failures and platform faults are never counted, so what is used was really scored or waits to be."""
    if quota.left != 0:
        return ALLOWED
    if quota.per_phase is not None and quota.total >= quota.per_phase:
        return Refused("phase_quota", _("Your team has used all submissions of this phase."))
    return Refused(
        "day_quota",
        _("Your team has used today's submissions; the count starts again at midnight (Korea time)."),
    )


def may_manage_submission(person: Any, submission: Any) -> Decision:
    """Members of the team that handed it in."""
    if not person.is_authenticated:
        return SIGN_IN
    inside = submission.team.members.filter(person_id=person.pk, left_at=None).exists()
    return ALLOWED if inside else Refused("not_in_team", _("You are not in this team."))


def still_open(challenge: Any) -> Decision:
    return ALLOWED if challenge.state == "open" else CLOSED


def may_download(person: Any, challenge: Any) -> Decision:
    """Data without terms is for everyone who sees the challenge; else one says yes to the terms first."""
    if hosts_challenge(person, challenge) or not challenge.problem.terms.filter(retired_at=None).exists():
        return ALLOWED
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if accepted_terms(person, challenge.problem) else NO_TERMS
