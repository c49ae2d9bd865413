"""What members gave, lent and used."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from dure.farm import access_sharing, usage_csv
from dure.farm.queries import usage as queries
from dure.foundation.pages import page_of, person_of, render, signed_in


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Whose usage one may read; who may read that of one member only is led there."""
    page = page_of(request, queries.members(signed_in(request)))
    if page.paginator.count == 1:
        return redirect("farm:usage", page.object_list[0].slug)
    late = queries.of_late(page.object_list)
    rows = [(one, late[one.pk]) for one in page.object_list]
    return render(request, "farm/usages.html", {"page": page, "rows": rows})


@require_GET
def usage(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = access_sharing.access_usage(person_of(request), slug)
    found = queries.usage_of(organisation)
    return render(request, "farm/usage.html", {"organisation": organisation, "usage": found})


@require_GET
def usage_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The same by day, as CSV."""
    return usage_csv.usage_file(access_sharing.access_usage(person_of(request), slug))
