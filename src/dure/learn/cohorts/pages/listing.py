"""The list of cohorts that take people, and one's own."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from dure.foundation import clock
from dure.foundation.pages import page_of, person_of, render
from dure.learn.cohorts import queries
from dure.learn.cohorts.queries import Asked
from dure.learn.models import Cohort


def asked_in(request: HttpRequest) -> Asked:
    """What the address asks for; nonsense counts as not asked."""
    language = request.GET.get("language", "")
    return Asked(
        language=language if language in Cohort.Language.values else "",
        term=request.GET.get("term", "")[:20].replace("\x00", ""),
        mine=request.GET.get("mine") == "1",
    )


@require_GET
def cohorts_page(request: HttpRequest) -> HttpResponse:
    """Cohorts that one can apply to, and first those one is in."""
    person, asked = person_of(request), asked_in(request)
    page = page_of(request, queries.listed(person, asked))
    context = {
        "page": page,
        "asked": asked,
        "filtered": bool(asked.language or asked.term or asked.mine),
        "mine": list(queries.mine(person)[:6]) if person.is_authenticated and not asked.mine else [],
        "terms": queries.terms(person),
        "languages": Cohort.Language.choices,
        "today": clock.today(),
    }
    return render(request, "learn/cohort/list.html", context)
