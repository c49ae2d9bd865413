"""What browsers are told to refuse, on every answer, also those that never reach a view."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; script-src 'self'; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)


def led_on(*places: str) -> str:
    """The policy of a page whose form may lead to these places as well."""
    return POLICY.replace("form-action 'self'", " ".join(["form-action 'self'", *places]))


class PolicyMiddleware:
    """Content-Security-Policy and `Vary: HX-Request`: stands outside of all that may answer by itself.

    A view may set a stricter policy, as downloads do. Without the Vary header a browser's Back would show a bare part.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        patch_vary_headers(response, ["HX-Request"])
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response
