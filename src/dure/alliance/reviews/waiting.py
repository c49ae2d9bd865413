"""What waits for a reviewer: to say whether they review, and to submit. A conflict of interest leaves nothing to wait."""

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import DateTimeField, F, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from dure.alliance.models import Review
from dure.foundation.waiting import Waiting, declare

OF_REVIEW: Final[dict[str, Any]] = {
    "url": "/reviews/%(ref)s",
    "ref": F("uid"),
    "title_ko": F("proposal__title_ko"),
    "title_en": F("proposal__title_en"),
    "due": Cast(F("due_on"), DateTimeField()),
}


def register() -> None:
    """Called once when the app is ready."""
    for waiting in _kinds():
        declare(waiting)


def _kinds() -> Iterator[Waiting]:
    yield Waiting(
        kind="review_answer",
        rows=_invited,
        title=_("Say whether you review the proposal: “%(name)s”"),
        why=_("The secretariat asks you for a review."),
        **OF_REVIEW,
    )
    yield Waiting(
        kind="review_submit",
        rows=_accepted,
        title=_("Submit the review: “%(name)s”"),
        why=_("You have agreed to review it."),
        **OF_REVIEW,
    )


def _invited(person: Any) -> "QuerySet[Any, Any]":
    return Review.objects.reviewed_by(person).filter(state="invited")


def _accepted(person: Any) -> "QuerySet[Any, Any]":
    return Review.objects.reviewed_by(person).filter(state="accepted")
