"""What people are told about reviews. No notice names a proposal: a conflict found later could not take it back."""

from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.alliance.calls.telling import CALLS
from dure.foundation import notices
from dure.people import api as people

_kind = notices.kinds_under("alliance", CALLS)
_desk_kind = notices.kinds_under("alliance", CALLS, only=people.is_secretary)

IN_POOL: Final = _kind(
    "reviewer_added",
    _("I am to review for a call"),
    _("You are to review for the call “%(name)s”. Declare your ties first."),
)
INVITED: Final = _kind(
    "review_invited", _("I am asked to review a proposal"), _("You are asked for a review in “%(name)s”.")
)
REMINDER: Final = _kind(
    "review_reminder", _("The day of a review of mine comes near"), _("A review is due soon in “%(name)s”.")
)
LAPSED: Final = _kind(
    "review_lapsed", _("A review of mine has lapsed"), _("A review of yours in “%(name)s” has lapsed.")
)
TAKEN_BACK: Final = _kind(
    "review_taken_back",
    _("A review of mine is not needed any more"),
    _("A review of yours in “%(name)s” is not needed any more."),
)
LOST: Final = _desk_kind(
    "review_lost",
    _("A reviewer declines, recuses themselves or lets a review lapse"),
    _("A proposal in “%(name)s” needs another reviewer."),
)


def tell_reviewer(kind: str, review: Any) -> None:
    _tell([review.reviewer.person], kind, review.proposal.call, "/reviews")


def tell_invited(call: Any, persons: "Iterable[people.Person]") -> None:
    """Once for all that one is asked for at a time."""
    _tell(persons, INVITED, call, "/reviews")


def tell_pool(reviewer: Any) -> None:
    _tell([reviewer.person], IN_POOL, reviewer.call, f"/calls/{reviewer.call.uid}/ties")


def tell_secretariat(kind: str, review: Any) -> None:
    call = review.proposal.call
    _tell(people.secretaries(), kind, call, f"/calls/{call.uid}/assignment")


def _tell(whom: "Iterable[people.Person]", kind: str, call: Any, url: str) -> None:
    params = {"name_ko": call.title_ko or call.title_en, "name_en": call.title_en or call.title_ko}
    notices.notify(whom, kind, url=url, params=params)
