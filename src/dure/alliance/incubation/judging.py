"""The jury: points for a pitch on each line of the rubric, or the word that one is too near."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from dure.alliance.incubation import pitching, rules
from dure.alliance.models import PitchScore, StartupCase
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, clock
from dure.foundation.access import demand
from dure.people import api as people


@dataclass(frozen=True, slots=True)
class Judged:
    """All that the jury gave: their scores by juror, what they say together, and how many declared to be too near."""

    scores: Sequence[PitchScore]
    summary: pitching.Summary | None
    near: int


@transaction.atomic
def score(case: StartupCase, *, by: people.Person, points: Sequence[int], words: str = "") -> PitchScore:
    """Points of a juror; again changes them, as long as it is not decided on. Raises Denied, Faulty."""
    locked = _locked(case, by)
    lines = locked.batch.lines
    if not pitching.fits(points, lines):
        raise Faulty([Fault("pitch_points", place="points")])
    said = {"points": list(points), "words": words, "at": clock.now()}
    made, _new = locked.scores.update_or_create(juror=by, defaults=said)
    audit.write(by=by, action="startup_case.scored", obj=locked)
    return made


@transaction.atomic
def declare(case: StartupCase, *, by: people.Person) -> None:
    """`by` is too near to judge it: points that were given go, and the startup is hidden until it is decided on. Raises Denied."""
    locked = _locked(case, by)
    said = {"is_conflict": True, "points": [], "words": "", "at": clock.now()}
    locked.scores.update_or_create(juror=by, defaults=said)
    audit.write(by=by, action="startup_case.too_near", obj=locked)


def _locked(case: StartupCase, by: people.Person) -> StartupCase:
    """The row, so that no points come while it is decided on. Raises Denied, also for who declared to be too near."""
    rows = StartupCase.objects.select_for_update(of=("self",)).select_related("batch")
    locked = rows.get(pk=case.pk)
    demand(rules.judges(by, locked))
    if locked.scores.filter(juror=by, is_conflict=True).exists():
        demand(rules.TOO_NEAR)
    return locked


def of_case(case: StartupCase) -> Judged:
    """For the secretariat and auditors. One query."""
    every = list(case.scores.select_related("juror").order_by("pk"))
    given = [one for one in every if not one.is_conflict]
    found = pitching.summary([one.points for one in given], case.batch.lines)
    return Judged(given, found, len(every) - len(given))


def own_of(case: StartupCase, person: Any) -> PitchScore | None:
    """What this juror gave."""
    return case.scores.filter(juror_id=person.pk).first()
