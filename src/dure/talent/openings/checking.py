"""What hiring law has against an opening's words, each with its place, for who writes it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from dure.engines import hiring
from dure.talent.openings.passages import Passage, passage
from dure.talent.openings.readiness import keeps_closed, said


@dataclass(frozen=True, slots=True)
class Concern:
    """One place: in which field, what is said against it, under which law, and whether it keeps the opening closed."""

    field: str
    where: Passage
    message: str
    law: str
    keeps_closed: bool


def concerns(opening: Any) -> list[Concern]:
    """Everything, in the order of the form."""
    return [one for field, text in said(opening) for one in _in_text(field, text)]


def _in_text(field: str, text: str) -> Iterator[Concern]:
    for one in hiring.checked_text(text, side="opening"):
        yield Concern(
            field=field,
            where=passage(text, one.span),
            message=_(hiring.WARNINGS[one.kind]),
            law=_(hiring.LAWS[one.law]),
            keeps_closed=keeps_closed(one),
        )
