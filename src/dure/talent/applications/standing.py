"""Where an application stands, as its pages tell it: what happened, what happens next, and by when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dure.engines import hiring
from dure.foundation import clock
from dure.foundation.models import AuditEntry
from dure.talent.applications.keeping import kept_until
from dure.talent.applications.workflows import APPLICATION
from dure.talent.models import Application, InterviewSlot, Offer


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline; `ahead` is still to come."""

    title: str
    at: datetime
    ahead: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Next:
    """What happens next, in words, and by when (None: no date)."""

    words: str
    by: datetime | None
    is_late: bool = False


_NEXT: Final[dict[str, str | Promise]] = {
    "submitted": _("The organisation answers."),
    "in_review": _("The organisation answers."),
    "interview": _("The interview, then the organisation answers."),
    "waitlisted": _("A seat that comes free is offered to the next on the list, by itself."),
    "offered": _("The offer is answered; otherwise it runs out and the seat goes to the next."),
    "accepted": _("The organisation gets in touch."),
}


def next_of(application: Application, slot: InterviewSlot | None, offer: Offer | None) -> Next | None:
    """What happens next; None once it is over."""
    words = _NEXT.get(application.state)
    if words is None:
        return None
    by = _due(application, slot, offer)
    return Next(str(words), by, is_late=by is not None and by < clock.now())


def _due(application: Application, slot: InterviewSlot | None, offer: Offer | None) -> datetime | None:
    if application.state == "offered":
        return offer.answer_by if offer else None
    if application.state in ("submitted", "in_review", "interview"):
        is_ahead = slot is not None and slot.starts_at > clock.now()
        return slot.starts_at if slot and is_ahead else application.decide_by
    return None


def timeline(application: Application) -> list[Entry]:
    """What happened, oldest first, from the trail: who of the organisation did it is not told. One query."""
    return [*_past(application), *_coming(application)]


def _past(application: Application) -> Iterator[Entry]:
    titles = {f"application.{step.action}": step.label for step in APPLICATION.transitions}
    yield Entry(str(APPLICATION.first.label), application.applied_at)
    moves = AuditEntry.objects.filter(uid=application.uid, action__in=list(titles)).order_by("id")
    for move in moves:
        reached = APPLICATION.by_name[move.detail["to"]]
        yield Entry(str(reached.label), move.at)


def _coming(application: Application) -> Iterator[Entry]:
    until = kept_until(application)
    if until is not None:
        yield Entry(gettext("All that was written is deleted"), until, ahead=True)


@dataclass(frozen=True, slots=True)
class Warned:
    """A place in a text that hiring law has something against: the words, what to do, and the law."""

    words: str
    message: str
    law: str


def warnings_of(text: str) -> list[Warned]:
    """What should not be in an application's text. It is the writer's own to decide: nothing is refused."""
    return [
        Warned(text[slice(*one.span)], gettext(hiring.WARNINGS[one.kind]), gettext(hiring.LAWS[one.law]))
        for one in hiring.checked_text(text, side="applicant")
    ]


def reason_of(application: Any) -> str:
    """The reason as its table says it, or empty."""
    return str(application.get_reason_code_display()) if application.reason_code else ""
