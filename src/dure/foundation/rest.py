"""What every REST router shares: who calls, how errors look, how lists are paged."""

from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Schema
from pydantic import AfterValidator

from dure.foundation import pages, workflow

T = TypeVar("T")
MAX_PAGE = 100


def without_nul(text: str) -> str:
    """PostgreSQL keeps no NUL in a text."""
    if "\x00" in text:
        message = "a text cannot hold the character NUL"
        raise ValueError(message)
    return text


Text = Annotated[str, AfterValidator(without_nul)]


class FaultOut(Schema):
    """One thing wrong with what was sent, with its place."""

    code: str
    message: str
    row: int | None = None
    column: str | None = None
    place: str | None = None


class ErrorOut(Schema):
    """Every error answer: a code for programs, a message for people, and all faults at once."""

    code: str
    message: str
    faults: list[FaultOut] = []


class PageOut(Schema, Generic[T]):
    """One page of a list."""

    items: list[T]
    page: int
    pages: int
    count: int


class OfferOut(Schema):
    """An action from the present state; `reason` says why it is refused now."""

    action: str
    label: str
    allowed: bool
    code: str = ""
    reason: str = ""


ERRORS = {
    400: ErrorOut,
    401: ErrorOut,
    403: ErrorOut,
    404: ErrorOut,
    409: ErrorOut,
    413: ErrorOut,
    422: ErrorOut,
    429: ErrorOut,
    503: ErrorOut,
}


def page_out(
    request: HttpRequest, rows: "QuerySet[Any, Any] | list[Any]", make: Any, *, per_page: int = 50
) -> dict[str, Any]:
    """The asked page of `rows`, each made into its schema by `make`."""
    page = pages.page_of(request, rows, per_page=min(per_page, MAX_PAGE))
    return {
        "items": [make(row) for row in page.object_list],
        "page": page.number,
        "pages": page.paginator.num_pages,
        "count": page.paginator.count,
    }


def offers_out(request: HttpRequest, obj: Any) -> list[dict[str, Any]]:
    """What the caller may do now, and why not the rest."""
    return [
        {
            "action": offer.transition.action,
            "label": str(offer.transition.label),
            "allowed": bool(offer.decision),
            "code": getattr(offer.decision, "reason", ""),
            "reason": str(getattr(offer.decision, "message", "")),
        }
        for offer in workflow.offers(obj, by=pages.person_of(request))
    ]
