"""Who coaches a cohort: found by e-mail address or uid, and in its circle as long as they do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from dure.foundation.faults import Fault
from dure.learn.cohorts import telling
from dure.learn.models import Cohort
from dure.people import api as people

MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Found:
    """The people that words name, and the words that name nobody."""

    coaches: list[people.Person]
    unknown: list[str]


def found(words: Sequence[str]) -> Found:
    """Accounts by their e-mail address or uid. One query."""
    wanted = {word.strip().lower(): word.strip() for word in words if word.strip()}
    uids = [uid for uid in map(_uid, wanted) if uid]
    rows = people.Person.objects.filter(
        Q(email__in=wanted) | Q(uid__in=uids), is_active=True, deleted_at=None
    )
    coaches = list(rows.order_by("pk"))
    known = {str(one.uid) for one in coaches} | {(one.email or "").lower() for one in coaches}
    return Found(coaches, [as_typed for word, as_typed in wanted.items() if _plain(word) not in known])


def _uid(word: str) -> UUID | None:
    try:
        return UUID(word)
    except ValueError:
        return None


def _plain(word: str) -> str:
    uid = _uid(word)
    return str(uid) if uid else word


def faults(words: Sequence[str] | None) -> list[Fault]:
    """Nobody at all, too many, or words that name nobody; None is not asked about."""
    if words is None:
        return []
    if len(words) > MOST:
        return [Fault("too_many_coaches", {"limit": MOST}, place="coaches")]
    they = found(words)
    if not they.coaches and not they.unknown:
        return [Fault("no_coach", place="coaches")]
    return [Fault("no_such_coach", {"who": word[:80]}, place="coaches") for word in they.unknown]


def put(cohort: Cohort, coaches: Sequence[people.Person], *, by: Any) -> None:
    """From now on exactly these coach it, and are in its circle; new ones are told."""
    before = {one.pk: one for one in cohort.coaches.all()}
    now = {one.pk: one for one in coaches}
    cohort.coaches.set(coaches)
    fresh = [one for pk, one in now.items() if pk not in before]
    for one in fresh:
        people.add_person(cohort.circle, one, by=by)
    for pk in before.keys() - now.keys():
        leave(cohort, before[pk], by=by)
    telling.coaching(cohort, [one for one in fresh if one.pk != by.pk])


def leave(cohort: Cohort, coach: people.Person, *, by: Any) -> None:
    """Who coaches no more is out of the circle, unless they have a place in the cohort."""
    cohort.coaches.remove(coach)
    if not cohort.places.filter(person=coach, state="in").exists():
        people.remove(cohort.circle, coach, by=by)
