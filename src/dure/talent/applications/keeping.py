"""Applications are not kept for ever: all that anybody wrote is deleted after `periods.KEPT`, with a receipt for the person."""

import hashlib
import json
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from dure.foundation import clock
from dure.talent.applications import periods, telling
from dure.talent.applications.visibility import OPEN
from dure.talent.models import Appeal, Application, DeletionReceipt, Review

BATCH: Final = 200
WHY: Final = "application_kept_until"


@clock.on_clock("talent.application_texts")
def delete_due(now: datetime) -> int:
    """Delete the texts of applications whose time has come; returns how many. Run twice it finds nothing more."""
    rows = Application.objects.filter(due_q(now), texts_deleted_at=None).order_by("pk")
    return sum(_delete_if_due(pk, now) for pk in list(rows.values_list("pk", flat=True)[:BATCH]))


def due_q(now: datetime) -> Q:
    """Over for long enough, without an appeal that waits for an answer. What was withdrawn is due at once."""
    over = ~Q(state__in=OPEN) & Q(state_since__lte=now - periods.KEPT)
    waiting = Appeal.objects.filter(state__in=("filed", "in_review")).values("application_id")
    return (over | Q(state="withdrawn")) & ~Q(pk__in=waiting)


@transaction.atomic
def _delete_if_due(pk: int, now: datetime) -> bool:
    """False where another process was faster, or where it moved meanwhile."""
    rows = Application.objects.select_for_update(skip_locked=True, of=("self",))
    found = rows.select_related("opening").filter(due_q(now), pk=pk, texts_deleted_at=None).first()
    if found is None:
        return False
    receipt = delete_texts(found)
    telling.tell_applicant(telling.TEXTS_DELETED, found, receipt=str(receipt.uid))
    return True


def delete_texts(application: Application) -> DeletionReceipt:
    """Empty all words of one application, whose row is locked. State, codes, scores and dates stay: audits count them."""
    gone = _texts(application)
    application.messages.all().delete()
    application.appeals.update(words="", answer="")
    for review in application.reviews.all():
        _empty(review)
    named = {"statement": "", "reason": "", "shared": [], "texts_deleted_at": clock.now()}
    Application.objects.filter(pk=application.pk).update(**named)
    return DeletionReceipt.objects.create(
        person_id=application.person_id,
        why=WHY,
        counts={name: len(texts) for name, texts in gone.items()},
        sha256=hashlib.sha256(json.dumps(gone, ensure_ascii=False, sort_keys=True).encode()).hexdigest(),
    )


def _texts(application: Application) -> dict[str, list[Any]]:
    """All that was written, by what it is: the receipt has the hash of it and how many of each."""
    reviews = list(application.reviews.all())
    appeals = application.appeals.values_list("words", "answer")
    return {
        "statement": [application.statement] if application.statement else [],
        "reason": [application.reason] if application.reason else [],
        "messages": list(application.messages.values_list("body", flat=True)),
        "reviews": [[one.words, one.scores] for one in reviews],
        "appeals": [list(one) for one in appeals],
    }


def _empty(review: Review) -> None:
    scores = {slug: {"score": one["score"], "words": ""} for slug, one in review.scores.items()}
    Review.objects.filter(pk=review.pk).update(words="", scores=scores)


def kept_until(application: Application) -> datetime | None:
    """When the texts go, or None while it is open or they are gone."""
    if application.state in OPEN or application.texts_deleted_at is not None:
        return None
    return application.state_since + (periods.KEPT if application.state != "withdrawn" else periods.AT_ONCE)
