"""What a person takes along of reviews, and what becomes of it when the account goes."""

from typing import Any, Final

from django.db import transaction

from dure.alliance.models import CallReviewer, Review, ReviewerTie, ReviewMark, ReviewWaiver
from dure.alliance.reviews import conflicts
from dure.alliance.reviews.visibility import own_q
from dure.foundation import events
from dure.people import api as people

OF_REVIEW: Final = ("uid", "state", "comment", "to_applicants", "reason", "submitted_at")
OF_MARK: Final = ("review__uid", "criterion__name_ko", "criterion__name_en", "mark", "comment")
OF_TIE: Final = ("reviewer__call__uid", "organisation__slug", "address", "is_advisor", "note", "declared_at")
OF_POOL: Final = ("call__uid", "tracks", "least", "most", "added_at")
OF_WAIVER: Final = ("proposal__uid", "kind", "reason", "waived_at")


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("reviews", exported)
    events.subscribe(people.AccountDeleted, forget)


def exported(person: Any) -> Any:
    """What one reviews, declared and waived; what a conflict of interest hides is not among it."""
    own, reviews = {"reviewer__person": person}, Review.objects.filter(own_q(person))
    marks = ReviewMark.objects.filter(review__in=reviews.values("pk"))
    return {
        "pools": list(CallReviewer.objects.filter(person=person).order_by("id").values(*OF_POOL)),
        "ties": list(ReviewerTie.objects.filter(proposal=None, **own).order_by("id").values(*OF_TIE)),
        "reviews": list(reviews.order_by("id").values(*OF_REVIEW)),
        "marks": list(marks.order_by("id").values(*OF_MARK)),
        "waivers": list(ReviewWaiver.objects.filter(waived_by=person).order_by("id").values(*OF_WAIVER)),
    }


@transaction.atomic
def forget(event: people.AccountDeleted) -> None:
    """Ties go, and a place in a pool without a review; what was judged stays with the proposal, without a name."""
    ReviewerTie.objects.filter(reviewer__person_id=event.person).delete()
    ReviewWaiver.objects.filter(waived_by_id=event.person).update(waived_by=None)
    CallReviewer.objects.filter(added_by_id=event.person).update(added_by=None)
    CallReviewer.objects.filter(person_id=event.person, reviews=None).delete()
    conflicts.refresh_of(event.person)
