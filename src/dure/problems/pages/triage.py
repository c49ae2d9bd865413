"""The triage desk of the secretariat."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from dure.foundation.access import demand
from dure.foundation.pages import page_of, person_of, render
from dure.problems import access, access_needs, rules
from dure.problems.queries import needs as queries


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Trays by what is waited for; the longest waiting first."""
    access_needs.access_triage(person_of(request))
    tag = request.GET.get("tray", "")
    trays = queries.trays()
    current = next((tray for tray in trays if tray.tag == tag), trays[0])
    late = queries.working_days_before(5)
    page = page_of(request, queries.tray_of(current.tag))
    context = {"trays": trays, "current": current, "page": page, "late": late}
    return render(request, "problems/need/triage.html", context)


@require_GET
def similar(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The part of a page that lists needs this one could be merged into, as one types."""
    person = person_of(request)
    problem = access.access_problem(person, uid)
    demand(rules.triages(person, problem))
    words = request.GET.get("q", "").replace("\x00", "")[:200]
    context = {"problem": problem, "found": queries.similar(person, problem, words), "words": words}
    return render(request, "problems/need/similar.html", context)
