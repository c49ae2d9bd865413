"""Openings and placement rounds as subjects: nothing of them needs an assessment by itself, but the secretariat may ask for one."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q

from dure.alliance.ethics import gate, subjects
from dure.foundation import gates
from dure.foundation.access import Decision
from dure.people import api as people
from dure.talent import api as talent

OPENING = "opening"
ROUND = "round"


def register() -> None:
    """Called once when the app is ready."""
    subjects.declare(subjects.Kind(OPENING, _find_opening, _load_openings, _may_answer_opening, _applied_for))
    subjects.declare(subjects.Kind(ROUND, _find_round, _load_rounds, _may_answer_round, _taking_part))
    gates.register("opening.open", lambda opening, _by: gate.check(opening_described(opening)))
    gates.register("placement.open", lambda found, _by: gate.check(round_described(found)))


def opening_described(opening: talent.Opening) -> subjects.Subject:
    """An opening; an approval rests on its kind and on every word of it."""
    words = ("title_ko", "title_en", "text_ko", "text_en", "accessibility_ko", "accessibility_en")
    said = [getattr(opening, name) for name in words]
    return subjects.Subject(
        kind=OPENING,
        uid=opening.uid,
        title_ko=opening.title_ko,
        title_en=opening.title_en,
        url=talent.opening_url(opening.uid),
        organisation_id=opening.organisation_id,
        needs=False,
        answerer_id=opening.made_by_id,
        facts={"kind": opening.kind, "words": _hash(said), "steps": _hash(opening.steps)},
    )


def round_described(found: talent.PlacementRound) -> subjects.Subject:
    """A round; an approval rests on its words, its rules, and on who is kept seats or held to a quota."""
    said = [found.about_ko, found.about_en, found.rules_ko, found.rules_en]
    seats = sorted((one.opening_id, one.seats, _hash(one.limits)) for one in found.round_seats.all())
    return subjects.Subject(
        kind=ROUND,
        uid=found.uid,
        title_ko=found.title_ko,
        title_en=found.title_en,
        url=talent.round_url(found.uid),
        organisation_id=found.organisation_id,
        needs=False,
        answerer_id=found.made_by_id,
        facts={"words": _hash(said), "seats": _hash(seats)},
    )


def _hash(said: Any) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _find_opening(person: Any, uid: UUID) -> subjects.Subject:
    return opening_described(talent.access_opening(person, uid))


def _find_round(person: Any, uid: UUID) -> subjects.Subject:
    return round_described(talent.access_round(person, uid))


def _load_openings(uids: Iterable[UUID]) -> Iterable[subjects.Subject]:
    rows = talent.Opening.objects.filter(uid__in=list(uids)).order_by("pk")
    return [opening_described(one) for one in rows]


def _load_rounds(uids: Iterable[UUID]) -> Iterable[subjects.Subject]:
    rows = talent.PlacementRound.objects.prefetch_related("round_seats").filter(uid__in=list(uids))
    return [round_described(one) for one in rows.order_by("pk")]


def _may_answer_opening(person: Any, uid: UUID) -> Decision:
    return talent.may_manage_opening(person, talent.access_opening(person, uid))


def _may_answer_round(person: Any, uid: UUID) -> Decision:
    return talent.may_manage_round(person, talent.access_round(person, uid))


def _applied_for(person: Any) -> Any:
    """Openings for which this person applied: who wants the seat does not judge it."""
    return talent.Opening.objects.filter(applications__person_id=person.pk).order_by().values("uid")


def _taking_part(person: Any) -> Any:
    """Rounds that this person ranks, and those in which an organisation of theirs offers seats."""
    mine = Q(entries__person_id=person.pk)
    mine |= Q(round_seats__opening__organisation_id__in=people.organisations_of(person))
    return talent.PlacementRound.objects.filter(mine).order_by().values("uid")
