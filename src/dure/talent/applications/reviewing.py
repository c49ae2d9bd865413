"""Structured reviews: a score with words for each thing that the opening asks for, and a recommendation."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet

from dure.foundation import audit, clock, workflow
from dure.foundation.access import demand
from dure.foundation.faults import Fault, Faulty
from dure.people import api as people
from dure.talent.applications import rules
from dure.talent.models import Application, Review

LONGEST: Final = 1000
"""Characters about one skill."""

Scores = Mapping[str, Mapping[str, Any]]


@transaction.atomic
def write(
    application: Application,
    *,
    by: people.Person,
    scores: Scores,
    recommendation: str = "",
    words: str = "",
    has_conflict: bool = False,
) -> Review:
    """Write or change one's own review; the first takes the application into review. Raises Denied, Faulty.

    With a conflict declared, scores and words are left out.
    """
    locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    demand(rules.may_review(by, locked))
    given = {"scores": {}, "recommendation": "", "words": "", "has_conflict": True}
    if not has_conflict:
        _check(locked, scores, recommendation)
        plain = {
            slug: {"score": one["score"], "words": str(one.get("words", "")).strip()}
            for slug, one in scores.items()
        }
        given = {
            "scores": plain,
            "recommendation": recommendation,
            "words": words.strip(),
            "has_conflict": False,
        }
    review, _fresh = Review.objects.update_or_create(
        application=locked, reviewer=by, defaults=given | {"changed_at": clock.now()}
    )
    audit.write(by=by, action="application.reviewed", obj=locked, detail={"has_conflict": has_conflict})
    if locked.state == "submitted" and not has_conflict:
        workflow.perform(locked, "review", by=by)
    return review


def _check(application: Application, scores: Scores, recommendation: str) -> None:
    wanted = set(application.opening.requirements.values_list("skill", flat=True))
    faults = []
    if set(scores) != wanted:
        faults.append(Fault("review_not_all", {"names": ", ".join(sorted(wanted))}, place="scores"))
    if any(one.get("score") not in (1, 2, 3, 4) for one in scores.values()):
        faults.append(Fault("review_bad_score", place="scores"))
    if any(len(str(one.get("words", ""))) > LONGEST for one in scores.values()):
        faults.append(Fault("review_words_too_long", {"limit": LONGEST}, place="scores"))
    if recommendation not in Review.Recommendation.values:
        faults.append(Fault("review_no_recommendation", place="recommendation"))
    if faults:
        raise Faulty(faults)


def own_review(person: Any, application: Application) -> Review | None:
    return Review.objects.filter(application=application, reviewer_id=person.pk).first()


def readable(person: Any, application: Application) -> "QuerySet[Review]":
    """The reviews that this person may read: all after writing their own, until then none, so that each looks for themselves."""
    rows = Review.objects.filter(application=application).select_related("reviewer")
    own = own_review(person, application)
    return rows if own is not None and not own.has_conflict else rows.none()
