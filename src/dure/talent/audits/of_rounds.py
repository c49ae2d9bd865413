"""Who took part in a placement round and who was placed.

A round has no list in which people stand one below the other: each organisation gives classes, and a lottery breaks ties.
"""

from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from dure.talent.audits.subjects import Considered, Kind, Subject
from dure.talent.matching import predicting
from dure.talent.models import PlacementRound, Prediction, RoundEntry

OVER: Final = frozenset({"decided"})


def kind() -> Kind:
    return Kind("placement_round", _find, _is_visible, _decided, OVER, "talent:placement_round")


def _find(uid: UUID) -> Subject | None:
    rows = PlacementRound.objects.select_for_update(of=("self",)).select_related("organisation")
    found = rows.filter(uid=uid).first()
    if found is None:
        return None
    names = (found.title_ko, found.title_en, found.organisation)
    return Subject("placement_round", found.uid, *names, found.state in OVER, lambda: considered(found))


def _is_visible(person: Any, uid: UUID) -> bool:
    return PlacementRound.objects.visible_to(person).filter(uid=uid).exists()


def _decided() -> "QuerySet[PlacementRound]":
    return PlacementRound.objects.filter(
        Exists(RoundEntry.objects.filter(round_id=OuterRef("pk"))), state__in=OVER
    )


def considered(found: PlacementRound) -> list[Considered]:
    """Everybody who ranked; selected is who people decided to give a seat.

    What was predicted is about the opening that they ranked first, and so is whether they were given it.
    """
    predicted = _predicted(found)
    rows = found.entries.values_list("pk", "person_id", "decision__seat_id", "decision__seat__opening_id")
    return [
        Considered(person, seat is not None, None, *_about(opening, predicted.get(entry)))
        for entry, person, seat, opening in rows
    ]


def _about(given: int | None, predicted: tuple[int, float] | None) -> tuple[float, bool] | tuple[()]:
    return (predicted[1], given == predicted[0]) if predicted else ()


def _predicted(found: PlacementRound) -> dict[int | None, tuple[int, float]]:
    """By entry: the opening that it is about, and what was predicted."""
    rows = predicting.counted(Prediction.objects.filter(entry__round=found))
    return {row.entry_id: (row.opening_id, row.predicted) for row in rows}
