"""The search page: one box, everything this person may see, grouped by kind."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from dure.foundation import pages, search
from dure.foundation.models import SearchEntry

MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind."""

    label: Any
    entries: list[SearchEntry]


def search_page(request: HttpRequest) -> HttpResponse:
    """Results for `?q=`, at most `MOST_SHOWN`, newest first within each kind."""
    words = request.GET.get("q", "").strip()[:200]
    found = list(search.find(pages.person_of(request), words)[: MOST_SHOWN + 1]) if words else []
    context = {"words": words, "groups": _grouped(found[:MOST_SHOWN]), "more": len(found) > MOST_SHOWN}
    return pages.render(request, "web/search.html", {**context, "count": min(len(found), MOST_SHOWN)})


def _grouped(found: list[SearchEntry]) -> list[Group]:
    kinds = [kind for kind in search.KINDS.values() if any(entry.kind == kind.key for entry in found)]
    return [Group(kind.label, [entry for entry in found if entry.kind == kind.key]) for kind in kinds]
