"""One challenge as a page tells it: where it stands, what a person can do now, what happens next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from dure.engines.scoring.metrics import METRICS
from dure.foundation import clock
from dure.foundation.access import Decision
from dure.foundation.i18n import is_korean
from dure.people import api as people
from dure.problems import quota, rules
from dure.problems.actions.teams import team_of
from dure.problems.metric_words import WORDS
from dure.problems.models import Challenge, Phase, ProblemTerms, Team


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


def stand_of(person: Any, challenge: Challenge) -> Stand:
    """A fixed handful of small queries."""
    team, phase = team_of(person, challenge), quota.open_phase(challenge)
    terms = list(challenge.problem.terms.filter(retired_at=None).order_by("kind"))
    return Stand(
        team=team,
        phase=phase,
        quota=quota.quota_of(team, phase) if team and phase else None,
        may_enter=rules.may_enter(person, challenge),
        may_host=bool(rules.hosts_challenge(person, challenge)),
        terms=terms,
        accepted=not terms or (person.is_authenticated and rules.accepted_terms(person, challenge.problem)),
    )


def own_organisations(person: Any) -> list[people.Organisation]:
    """Where the person belongs today: what a team may stand for on the board."""
    if not person.is_authenticated:
        return []
    return list(people.Organisation.objects.filter(pk__in=people.organisations_of(person)))


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
    steps = [
        (_("Prepared"), _("Data, hidden answers and metric are set and checked.")),
        (_("Open"), _("Teams hand in; the board shows scores on the public rows.")),
        (_("Closed"), _("Scores on the private rows decide; the host checks the winners' code.")),
        (_("Finished"), _("Results are recorded and the owner takes over the solution.")),
    ]
    at = {"draft": 1, "open": 2, "closed": 3, "finished": 4}.get(challenge.state, 0)
    return steps, at


def metric_name(challenge: Challenge) -> str:
    metric = METRICS.get(challenge.metric)
    return (metric.name_ko if is_korean() else metric.name_en) if metric else challenge.metric


def metric_words(challenge: Challenge) -> str:
    return str(WORDS.get(challenge.metric, ""))


def is_over(challenge: Challenge) -> bool:
    """Whether the last phase has ended although nobody closed the challenge yet."""
    end = closes_at(challenge)
    return end is not None and end <= clock.now()
