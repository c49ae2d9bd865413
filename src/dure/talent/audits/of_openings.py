"""Who applied for an opening, who was selected, and where each stood in its reviews."""

from statistics import fmean
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from dure.talent.audits.subjects import Considered, Kind, Subject
from dure.talent.matching import predicting
from dure.talent.models import Application, Offer, Opening, Prediction, Review

OVER: Final = frozenset({"filled", "withdrawn"})
"""What was decided stands. Before, each report would show the few who moved since the last one."""


def kind() -> Kind:
    return Kind("opening", _find, _is_visible, _decided, OVER, "talent:opening")


def _find(uid: UUID) -> Subject | None:
    rows = Opening.objects.select_for_update(of=("self",)).select_related("organisation")
    found = rows.filter(uid=uid).first()
    if found is None:
        return None
    names = (found.title_ko, found.title_en, found.organisation)
    return Subject("opening", found.uid, *names, found.state in OVER, lambda: considered(found))


def _is_visible(person: Any, uid: UUID) -> bool:
    return Opening.objects.visible_to(person).filter(uid=uid).exists()


def _decided() -> "QuerySet[Opening]":
    asked = Application.objects.filter(opening_id=OuterRef("pk"))
    return Opening.objects.filter(Exists(asked), state__in=OVER)


def considered(opening: Opening) -> list[Considered]:
    """Everybody who applied, but for those who withdrew before they were offered a seat.

    Selected is who was offered one, whether they took it or not: what is audited is what the organisation decided.
    """
    stood = Offer.objects.filter(application_id=OuterRef("pk")).exclude(state="withdrawn")
    rows: list[Any] = list(Application.objects.filter(opening=opening).annotate(was_offered=Exists(stood)))
    asked = [row for row in rows if row.was_offered or row.state != "withdrawn"]
    places, predicted = _places(opening, asked), _predicted(opening)
    return [
        Considered(row.person_id, row.was_offered, places.get(row.pk), predicted.get(row.pk), row.was_offered)
        for row in asked
    ]


def _predicted(opening: Opening) -> dict[int | None, float]:
    rows = predicting.counted(Prediction.objects.filter(application__opening=opening))
    return dict(rows.values_list("application_id", "predicted"))


def _places(opening: Opening, asked: list[Any]) -> dict[int, int]:
    """Where each reviewed applicant stands by the mean of all scores; the random names of applicants break ties, as a lot would."""
    scores: dict[int, list[float]] = {}
    reviews = Review.objects.filter(application__opening=opening, has_conflict=False)
    for application, given in reviews.values_list("application_id", "scores"):
        scores.setdefault(application, []).extend(float(one["score"]) for one in given.values())
    reviewed = [row for row in asked if scores.get(row.pk)]
    ordered = sorted(reviewed, key=lambda row: (-fmean(scores[row.pk]), row.pseudonym))
    return {row.pk: place for place, row in enumerate(ordered, start=1)}
