"""The farm now."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from dure.farm import access, rules
from dure.farm.queries.now import farm_now
from dure.foundation.pages import page_of, person_of, render


@require_GET
def farm_page(request: HttpRequest) -> HttpResponse:
    """Machines, what is in use, who has what, and the queue; the part that moves is asked for again while the page is open."""
    person = person_of(request)
    access.access_farm(person)
    found = farm_now(person)
    template = "farm/now_part.html" if request.headers.get("HX-Request") else "farm/now.html"
    more = {"now": found, "page": page_of(request, list(found.line)), "may_ask": rules.may_ask(person)}
    return render(request, template, more)
