"""Text that PostgreSQL cannot hold (the NUL character) is refused at the door, so that no view meets it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from ninja.errors import HttpError
from ninja.parser import Parser

from dure.foundation import pages
from dure.foundation.access import Refused

NUL = "\0"
NOT_PLAIN = Refused("bad_text", _("The address or text holds a character that no text has (NUL)."))


class PlainTextMiddleware:
    """Answers 400 to an address with NUL in its path or query. Django's form fields refuse it by themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if NUL in request.path or NUL in query or "%00" in query:
            return _refuse(request)
        return self.get_response(request)


def _refuse(request: HttpRequest) -> HttpResponse:
    if pages.wants_json(request):
        body = {"code": NOT_PLAIN.reason, "message": str(NOT_PLAIN.message), "faults": []}
        return JsonResponse(body, status=400)
    return pages.render(request, "foundation/denied.html", {"refused": NOT_PLAIN}, status=400)


class PlainParser(Parser):
    """Reads REST bodies and forms; one with NUL in any text is answered 400."""

    def parse_body(self, request: HttpRequest) -> Any:
        data = super().parse_body(request)
        if b"\\u0000" in request.body and _holds_nul(data):
            raise HttpError(400, str(NOT_PLAIN.message))
        return data

    def parse_querydict(
        self, data: "MultiValueDict[str, Any]", list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        parsed: dict[str, Any] = super().parse_querydict(data, list_fields, request)
        if _holds_nul(parsed):
            raise HttpError(400, str(NOT_PLAIN.message))
        return parsed


def _holds_nul(data: Any) -> bool:
    """Whether any text in JSON values holds the character. Depth is bounded by the JSON parser's own limit."""
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str) and NUL in value:
            return True
        if isinstance(value, dict):
            waiting.extend([*value.keys(), *value.values()])
        elif isinstance(value, list):
            waiting.extend(value)
    return False
