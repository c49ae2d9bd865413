"""Questions to coaches: the inbox of those who lead the cohort, a learner's own threads, and one thread."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from dure.foundation.access import Denied, Hidden, Refused
from dure.foundation.faults import Fault, Faulty
from dure.foundation.pages import page_of, render, signed_in
from dure.learn.cohorts import access, queries_coaching, threads
from dure.learn.cohorts.pages.frame import frame
from dure.learn.models import Cohort, Place


@require_GET
def questions_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """All threads for those who lead, what waits for an answer first; for a learner their own."""
    person = signed_in(request)
    cohort = access.access_cohort(person, uid)
    context = frame(request, cohort, "questions")
    own = None if context["leads"] else access.access_own_place(person, cohort)
    page = page_of(request, queries_coaching.threads_of(cohort, place=own))
    titles = queries_coaching.titles_of(cohort, _language())
    context |= {
        "page": page,
        "threads": [(one, titles.get(one.unit, one.unit)) for one in page.object_list],
        "titles": titles,
    }
    return render(request, "learn/cohort/questions.html", context)


@require_http_methods(["GET", "POST"])
def thread_page(request: HttpRequest, uid: UUID, place: UUID, unit: str = "") -> HttpResponse:
    """A thread, and the form to write in it. What was refused stands in the form again."""
    person = signed_in(request)
    cohort, found = thread(person, uid, place, unit, _language())
    if request.method != "POST":
        return _show(request, cohort, found, unit)
    try:
        threads.write(
            by=person,
            place=found,
            unit=unit,
            body=request.POST.get("body", ""),
            attempt=_attempt(request.POST.get("attempt", "")),
        )
    except Faulty as faulty:
        return _show(request, cohort, found, unit, faults=faulty.faults)
    except Denied as denied:
        return _show(request, cohort, found, unit, refused=denied.refused)
    return redirect(request.path)


def thread(person: Any, uid: UUID, place: UUID, unit: str, language: str) -> tuple[Cohort, Place]:
    """The cohort and the place that a thread belongs to, for its learner and those who lead. Raises Hidden."""
    cohort, found = access.access_cohort(person, uid), access.access_place(person, place)
    if found.cohort_id != cohort.pk:
        raise Hidden(place)
    if unit and queries_coaching.title_of(found, unit, language) is None:
        raise Hidden(unit)
    return cohort, found


def _attempt(given: str) -> UUID | None:
    try:
        return UUID(given) if given else None
    except ValueError:
        raise Hidden(given) from None


def _show(
    request: HttpRequest,
    cohort: Cohort,
    place: Place,
    unit: str,
    *,
    faults: list[Fault] | None = None,
    refused: Refused | None = None,
) -> HttpResponse:
    person, is_own = signed_in(request), place.person_id == signed_in(request).pk
    page = page_of(request, queries_coaching.messages_of(place, unit))
    context = frame(request, cohort, "questions") | {
        "place_of_thread": place,
        "unit": unit,
        "title": queries_coaching.title_of(place, unit, _language()) if unit else "",
        "page": page,
        "lines": queries_coaching.lines(page.object_list, place),
        "attempts": queries_coaching.attempts_at(place, unit) if is_own else [],
        "chosen": request.POST.get("attempt") or request.GET.get("attempt", ""),
        "written": request.POST.get("body", ""),
        "is_own": is_own,
        "may_write": threads.may_write(person, place),
        "faults": faults,
        "refused": refused,
    }
    status = 422 if faults else 403 if refused is not None else 200
    return render(request, "learn/cohort/thread.html", context, status=status)


def _language() -> str:
    return str(get_language() or "ko")
