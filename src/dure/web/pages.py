"""The front door."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from dure.foundation import pages


def front(request: HttpRequest) -> HttpResponse:
    """A stranger sees what the alliance does; a person sees what waits for them."""
    return pages.render(request, "web/front.html")


def health(_request: HttpRequest) -> JsonResponse:
    """Alive, with the database reachable; says nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return JsonResponse({"status": "ok"})
