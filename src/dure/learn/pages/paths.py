"""What to learn next, questions to practise with, and tracks by industry. All but the tracks is for the learner alone."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dure.engines import courses
from dure.foundation.access import Hidden
from dure.foundation.faults import Faulty
from dure.foundation.pages import person_of, render, signed_in
from dure.learn.pages.answers import given_in
from dure.learn.paths import practising, teaching, words
from dure.learn.paths.bank import bank
from dure.learn.paths.choosing import next_item, path
from dure.learn.paths.tracks import shelves
from dure.learn.queries.questions import Asking
from dure.people import api as people


@require_GET
def path_page(request: HttpRequest) -> HttpResponse:
    """What is next and why, and where one stands with each skill."""
    person = signed_in(request)
    given = practising.answers_of(person)
    where = path(bank(), given)
    named = people.skills_named(bank().skills)
    context: dict[str, Any] = {
        "answered": len(given),
        "asked": len(bank().skills) - len(where.unasked),
        "skills": len(bank().skills),
        "rows": [
            (named[place.skill], place, words.STANDINGS[place.standing], words.listed(place.waits_for, named))
            for place in where.places
            if place.skill in named
        ],
    }
    if where.step is not None and where.step.skill in named:
        context |= {
            "step": named[where.step.skill],
            "reasons": words.reasons(where.step, named),
            "teaches": teaching.courses_that_teach(where.step.skill, reader=person)[:3],
        }
    return render(request, "learn/paths/path.html", context)


@require_GET
def question_page(request: HttpRequest) -> HttpResponse:
    """One question: of `?skill=`, else of a skill not asked about yet, else of the next step."""
    person = signed_in(request)
    skill = request.GET.get("skill", "")
    if skill and skill not in bank().skills:
        raise Hidden(skill)
    item = next_item(bank(), practising.answers_of(person), skill=skill)
    if item is None:
        return redirect("learn:path")
    return render(request, "learn/paths/question.html", _context(person, item, skill=skill))


@require_POST
def answer(request: HttpRequest, item: str) -> HttpResponse:
    """The answer, with what is right and why, in the question's place."""
    person = signed_in(request)
    given, faults, status = given_in(request), [], 200
    skill = request.GET.get("skill", "")
    try:
        practising.answer(by=person, item=item, given=given)
    except Faulty as found:
        faults, status = found.faults, 422
    asked = bank().items[item]
    answers = [] if faults else [{"given": given, "right": courses.judged(asked, given).right}]
    context = _context(person, asked, skill=skill, answers=answers) | {"faults": faults}
    return render(request, "learn/paths/question.html", context, status=status)


def _context(
    person: people.Person, item: courses.Item, *, skill: str, answers: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    suffix = f"?skill={skill}" if skill else ""
    asking = Asking(
        seed=str(person.uid),
        may_answer=True,
        language=_language(),
        html=_html,
        url=lambda name: reverse("learn:practice_answer", args=[name]) + suffix,
    )
    return {
        "question": asking.question(item, answers or []),
        "skill": people.skills_named([item.skill]).get(item.skill),
        "onward": reverse("learn:practise") + suffix,
        "is_answered": bool(answers),
    }


def _language() -> str:
    return str(get_language() or "ko")


def _html(text: str) -> str:
    return courses.render(text, figure=str)


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Delete one's own answers outside of courses."""
    practising.forget(by=signed_in(request))
    messages.success(request, _("Your practice answers are deleted."))
    return redirect("learn:path")


@require_GET
def tracks_page(request: HttpRequest) -> HttpResponse:
    """Each industry: courses, a real dataset, and open problems at the end."""
    return render(
        request, "learn/paths/tracks.html", {"shelves": shelves(person_of(request), language=_language())}
    )
