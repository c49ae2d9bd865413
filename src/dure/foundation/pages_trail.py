"""The audit trail's page and its export."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from dure.foundation import pages
from dure.foundation.trail import as_csv, trail

EXPORTED = 10_000


@require_GET
def trail_page(request: HttpRequest) -> HttpResponse:
    """Who did what, when, on which object, from where; found by action and object."""
    asked = {name: request.GET.get(name, "") for name in ("action", "uid")}
    page = pages.page_of(request, trail(pages.person_of(request), asked), per_page=50)
    return pages.render(request, "foundation/trail.html", {"page": page, "asked": asked})


@require_GET
def trail_csv(request: HttpRequest) -> HttpResponse:
    """The newest entries of the same question, at most ten thousand."""
    asked = {name: request.GET.get(name, "") for name in ("action", "uid")}
    body = "\ufeff" + as_csv(trail(pages.person_of(request), asked)[:EXPORTED])
    headers = {"Content-Disposition": 'attachment; filename="audit.csv"'}
    return HttpResponse(body, content_type="text/csv; charset=utf-8", headers=headers)
