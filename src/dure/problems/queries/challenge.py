"""One challenge as a page tells it: where it stands, what a person can do now, what happens next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.foundation import clock, prepared
from dure.foundation.access import ALLOWED, Decision, Refused
from dure.people import api as people
from dure.problems import quota, rules
from dure.problems.actions.submissions import NO_PHASE, NO_TEAM
from dure.problems.actions.teams import team_of
from dure.problems.models import (
    Challenge,
    DatasetFile,
    Page,
    Phase,
    Problem,
    ProblemTerms,
    Team,
    TermsAcceptance,
)
from dure.problems.programs import PROGRAM


@dataclass(frozen=True, slots=True)
class Stand:
    """How one person stands to one challenge: team, quota, terms, and whether they may hand in now."""

    team: Team | None
    phase: Phase | None
    quota: rules.Quota | None
    may_enter: Decision
    may_host: bool
    terms: list[ProblemTerms]
    accepted: bool

    @property
    def barred(self) -> Refused | None:
        """Why this person can never take part: whoever may look at the answers does not compete."""
        return self.may_enter if self.may_enter in (rules.RUNS_IT, rules.OWNERS_SIDE) else None

    @property
    def why_not(self) -> Refused | None:
        """Why nothing can be handed in now; None when it can."""
        if isinstance(self.may_enter, Refused):
            return self.may_enter
        if self.team is None:
            return NO_TEAM
        if self.phase is None:
            return NO_PHASE
        decision = rules.within_quota(self.quota) if self.quota else ALLOWED
        return decision if isinstance(decision, Refused) else None


def stand_of(person: Any, challenge: Challenge) -> Stand:
    """A fixed handful of small queries."""
    team, phase = team_of(person, challenge), quota.open_phase(challenge)
    terms = terms_in_force(person, challenge.problem)
    accepted = all(one.said_yes for one in terms)
    return Stand(
        team=team,
        phase=phase,
        quota=quota.quota_of(team, phase) if team and phase else None,
        may_enter=rules.may_enter(person, challenge, accepted=accepted),
        may_host=bool(rules.hosts_challenge(person, challenge)),
        terms=terms,
        accepted=accepted,
    )


def terms_in_force(person: Any, problem: Problem) -> list[Any]:
    """The terms of a problem; `said_yes` of each tells whether this person accepted it."""
    put, also = {prepared.NUMBER: problem.pk}, ("said_yes",)
    return prepared.objects("problems.terms", _in_force, person, ProblemTerms, also=also, put=put)


def _in_force(person: Any) -> "QuerySet[ProblemTerms]":
    mine = TermsAcceptance.objects.filter(terms_id=OuterRef("pk"), person_id=person.pk)
    in_force = ProblemTerms.objects.filter(problem_id=prepared.NUMBER, retired_at=None)
    return in_force.annotate(said_yes=Exists(mine)).order_by("kind")


def pages_of(challenge: Challenge) -> list[Page]:
    """Its pages in their order."""
    return prepared.of("problems.pages", _pages, Page, challenge.pk)


def _pages() -> "QuerySet[Page]":
    return Page.objects.filter(challenge_id=prepared.NUMBER)


def files_of(challenge: Challenge) -> list[DatasetFile]:
    """The files of the data in force, each with its blob."""
    return prepared.of("problems.files", _files, DatasetFile, challenge.dataset_id, related=("blob",))


def _files() -> "QuerySet[DatasetFile]":
    return DatasetFile.objects.filter(dataset_id=prepared.NUMBER)


def hidden_names(challenge: Challenge) -> list[str]:
    """The names of the inputs that only submitted code reads: it must know them, so they are no secret."""
    return list(challenge.hidden_inputs.values_list("filename", flat=True))


def own_organisations(person: Any) -> list[people.Organisation]:
    """Where the person belongs today: what a team may stand for on the board."""
    if not person.is_authenticated:
        return []
    return prepared.objects(
        "problems.own_organisations", people.own_organisations, person, people.Organisation
    )


def own_organisation(person: Any, uid: str) -> people.Organisation | None:
    """The one of them that was chosen, or None."""
    return next((one for one in own_organisations(person) if str(one.uid) == uid), None)


def closes_at(challenge: Challenge) -> datetime | None:
    """When the last phase ends; None while one is open-ended."""
    ends = [phase.ends_at for phase in challenge.phases.all()]
    known = [end for end in ends if end]
    return max(known) if known and len(known) == len(ends) else None


def next_steps(challenge: Challenge) -> tuple[list[tuple[str, str]], int]:
    """The path of a challenge as (title, words) and where it is now, from 1."""
    by_program = challenge.metric == PROGRAM
    shown = (
        _("Teams hand in; the board shows their public scores.")
        if by_program
        else _("Teams hand in; the board shows scores on the public rows.")
    )
    decides = (
        _("The deciding scores count; the host checks the winners' code.")
        if by_program
        else _("Scores on the private rows decide; the host checks the winners' code.")
    )
    steps = [
        (_("Prepared"), _("Data, hidden answers and metric are set and checked.")),
        (_("Open"), shown),
        (_("Closed"), decides),
        (_("Finished"), _("Results are recorded and the owner takes over the solution.")),
    ]
    at = {"draft": 1, "open": 2, "closed": 3, "finished": 4}.get(challenge.state, 0)
    return steps, at


COLUMN_KINDS = {
    "number": gettext_lazy("a number"),
    "probability": gettext_lazy("a chance from 0 to 1"),
    "label": gettext_lazy("a word of a fixed set"),
    "text": gettext_lazy("text"),
    "quantile": gettext_lazy("a quantile"),
    "boxes": gettext_lazy("frames in a picture"),
    "mask": gettext_lazy("an area of a picture"),
}


def columns(challenge: Challenge) -> list[dict[str, Any]]:
    """The columns of the answer file, with their kind in words."""
    found: list[dict[str, Any]] = challenge.schema.get("columns", [])
    return [{**column, "kind_words": COLUMN_KINDS.get(column["kind"], column["kind"])} for column in found]


def is_over(challenge: Challenge) -> bool:
    """Whether the last phase has ended although nobody closed the challenge yet."""
    end = closes_at(challenge)
    return end is not None and end <= clock.now()
