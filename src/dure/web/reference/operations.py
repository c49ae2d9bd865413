"""docs/reference/rest.md: every operation of the REST API, from its OpenAPI document."""

from collections import defaultdict
from typing import Any

from django.utils import translation

from dure.foundation.rest import ERRORS, FaultOut
from dure.web.rest import api

_HEAD = """# REST API

Made from the OpenAPI document by `./dure manage reference --write`; a test keeps the two equal. A running
installation serves the whole document with all schemas at `/api/v1/openapi.json`.

Send a personal access token as `Authorization: Bearer …`; a browser that is signed in may call with its session. What a person may
not see is 404; what they may not do is 403 with a reason; what comes too late is 409.
"""
_METHODS = ("get", "post", "put", "patch", "delete")


def document() -> str:
    with translation.override("en"):
        schema: dict[str, Any] = dict(api.get_openapi_schema())
    groups: dict[str, list[str]] = defaultdict(list)
    for path, operations in schema["paths"].items():
        for method in _METHODS:
            if method in operations:
                groups[_group(operations[method])].append(_row(method, path, operations[method]))
    return "\n".join([_HEAD, _errors(), *(_table(name, groups[name]) for name in sorted(groups))])


def _errors() -> str:
    codes = ", ".join(str(code) for code in sorted(ERRORS))
    places = ", ".join(f"`{name}`" for name in FaultOut.model_fields)
    return (
        f"## Errors\n\nEvery error ({codes}) has one form: `code` for programs, `message` for people in the language that\n"
        f"`Accept-Language` asks for, and `faults` with all that is wrong at once ({places}).\n"
    )


def _table(name: str, rows: list[str]) -> str:
    head = "| method | path | what it does | sent | answered |\n|---|---|---|---|---|\n"
    return f"## {name.capitalize()}\n\n{head}{''.join(rows)}"


def _group(operation: dict[str, Any]) -> str:
    return str((operation.get("tags") or ["other"])[0])


def _row(method: str, path: str, operation: dict[str, Any]) -> str:
    words = " ".join(str(operation.get("description") or operation["summary"]).split()).replace("|", "\\|")
    good = ", ".join(str(status) for status in operation["responses"] if int(status) < 400)
    return f"| {method.upper()} | `{path}` | {words} | {_sent(operation)} | {good or '–'} |\n"


def _sent(operation: dict[str, Any]) -> str:
    query = [f"`?{item['name']}`" for item in operation.get("parameters", []) if item["in"] == "query"]
    body = [f"`{kind}`" for kind in operation.get("requestBody", {}).get("content", {})]
    return ", ".join([*query, *body]) or "–"
