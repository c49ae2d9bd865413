"""What I can do now: the learner's own page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from dure.foundation.pages import render, signed_in
from dure.learn.skills.queries import Line, abilities_of
from dure.learn.skills.words import KINDS, detail

MOST_FACTS = 6


@require_GET
def skills_page(request: HttpRequest) -> HttpResponse:
    """Each skill with its level, what shows it, and what is missing to the next."""
    found = abilities_of(signed_in(request))
    context = {"shown": [_row(line) for line in found.shown], "begun": [_row(line) for line in found.begun]}
    return render(request, "learn/skills/skills.html", context)


def _row(line: Line) -> dict[str, Any]:
    facts = line.shown.facts
    return {
        "line": line,
        "facts": [(fact, KINDS[fact.kind], detail(fact.kind, fact.figures)) for fact in facts[:MOST_FACTS]],
        "more": max(0, len(facts) - MOST_FACTS),
    }
