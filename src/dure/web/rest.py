"""The root of the REST API: one document, one way to say no."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema, get_schema

from dure import __version__
from dure.alliance.rest import router as alliance_router
from dure.farm.rest import router as farm_router
from dure.foundation import faults, pages
from dure.foundation.access import Denied, Hidden
from dure.foundation.plain_text import PlainParser
from dure.foundation.rest_notices import router as notices_router
from dure.foundation.rest_trail import router as trail_router
from dure.learn.rest import router as learn_router
from dure.people.rest import authenticate
from dure.people.rest import router as people_router
from dure.problems.rest import router as problems_router
from dure.talent.rest import router as talent_router


class Api(NinjaAPI):
    """A NinjaAPI whose document is put together once: it takes seconds, and says the same as long as the process lives."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The document; whoever reads it leaves it as it is."""
        root = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        return _document(self, root)


@cache
def _document(of: NinjaAPI, root: str) -> OpenAPISchema:
    return get_schema(api=of, path_prefix=root)


api = Api(title="Dure", version=__version__, auth=[authenticate], parser=PlainParser(), urls_namespace="api")
api.add_router("", people_router)
api.add_router("", farm_router)
api.add_router("", problems_router)
api.add_router("", learn_router)
api.add_router("", talent_router)
api.add_router("", alliance_router)
api.add_router("", notices_router)
api.add_router("", trail_router)


@api.exception_handler(Denied)
def _denied(request: HttpRequest, error: Denied) -> HttpResponse:
    return pages.denied(request, error)


@api.exception_handler(Hidden)
def _hidden(request: HttpRequest, _error: Hidden) -> HttpResponse:
    return pages.hidden(request)


@api.exception_handler(faults.Faulty)
def _faulty(request: HttpRequest, error: faults.Faulty) -> HttpResponse:
    listed = faults.as_json(error.faults)
    message = faults.say(error.faults[0]) if error.faults else ""
    return api.create_response(request, {"code": "faulty", "message": message, "faults": listed}, status=422)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    listed: list[dict[str, Any]] = [
        {"code": item["type"], "message": item["msg"], "place": ".".join(str(part) for part in item["loc"])}
        for item in error.errors
    ]
    return api.create_response(
        request, {"code": "invalid", "message": listed[0]["message"], "faults": listed}, status=422
    )


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What ninja itself refuses: a dead token (401), a body that cannot be read (400), too many calls (429)."""
    code = {401: "bad_token", 429: "too_many"}.get(error.status_code, "bad_request")
    message = (
        _("This access token is not valid any more, or never was.") if code == "bad_token" else error.message
    )
    body = {"code": code, "message": message, "faults": []}
    return api.create_response(request, body, status=error.status_code)
