"""How a list of openings is narrowed: each filter that is set changes what is found."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import QuerySet

from dure.foundation import search
from dure.talent.models import Opening
from dure.talent.openings import visibility
from dure.talent.openings.index import KIND


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader asks for; empty means any.

    `show` is "open" or "all"; `mine` leaves those that the reader looks after, in any state.
    """

    words: str = ""
    kind: str = ""
    region: str = ""
    remote: str = ""
    language: str = ""
    skill: str = ""
    organisation: str = ""
    show: str = "open"
    mine: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "Filters":
        """From the address of a page; what is left out is any."""
        return cls(**{one.name: given.get(one.name) or str(one.default) for one in fields(cls)})

    @property
    def is_any(self) -> bool:
        return self == Filters()


def found(person: Any, asked: Filters) -> QuerySet[Opening]:
    """What this person sees of what was asked for: with the nearest deadline first, or the newest first where all are shown."""
    rows = Opening.objects.visible_to(person).select_related("organisation__verified_for_openings")
    rows = rows.filter(**_conditions(asked))
    if asked.words.strip():
        rows = rows.filter(uid__in=search.matching(asked.words, kind=KIND).values("uid"))
    if asked.mine:
        return rows.filter(visibility.managed_q(person)) if person.is_authenticated else rows.none()
    return rows.filter(state="open").order_by("deadline", "pk") if asked.show == "open" else rows


def _conditions(asked: Filters) -> dict[str, Any]:
    """Codes are whole words of a list; a seat that can be filled from anywhere is in no region unless it names one."""
    wanted = {
        "kind": asked.kind,
        "regions__contains": [asked.region] if asked.region else "",
        "remote": asked.remote,
        "languages__has_key": asked.language,
        "requirements__skill": asked.skill,
        "organisation__slug": asked.organisation,
    }
    return {name: value for name, value in wanted.items() if value}
