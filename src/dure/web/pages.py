"""The front door."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from dure.foundation import pages
from dure.web import queries


def front(request: HttpRequest) -> HttpResponse:
    """A stranger sees what the alliance does; a person sees what waits for them."""
    person = pages.person_of(request)
    if person.is_authenticated:
        return pages.render(request, "web/home.html", {"home": queries.home(person)})
    return pages.render(request, "web/front.html", {"front": queries.outside(person)})


def health(_request: HttpRequest) -> JsonResponse:
    """Alive, with the database reachable; says nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return JsonResponse({"status": "ok"})
