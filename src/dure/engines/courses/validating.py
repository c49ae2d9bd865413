"""A mapping read from YAML as a value, or all that is wrong with it."""

from collections.abc import Mapping
from typing import Any, Final, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from dure.engines.courses.values import Value
from dure.engines.faults import Fault

V = TypeVar("V", bound=Value)
_CODES: Final[Mapping[str, str]] = {
    "missing": "course_missing",
    "string_type": "course_not_text",
    "extra_forbidden": "course_unknown_key",
    "literal_error": "course_choice",
    "string_pattern_mismatch": "course_pattern",
    "string_too_short": "course_empty",
    "too_short": "course_empty",
    "string_too_long": "course_too_long",
    "too_long": "course_too_long",
    "greater_than_equal": "course_out_of_range",
    "less_than_equal": "course_out_of_range",
}


def validated(kind: type[V], found: Mapping[str, Any], *, place: str) -> tuple[V | None, list[Fault]]:
    """The value, or its faults, each with the path within the file."""
    try:
        return kind.model_validate(found), []
    except ValidationError as error:
        return None, [_fault(one, place) for one in error.errors(include_url=False, include_input=False)]


def _fault(error: ErrorDetails, place: str) -> Fault:
    code = _CODES.get(error["type"], "course_wrong_kind")
    told = error.get("ctx", {})
    params: dict[str, str] = {
        "course_choice": {"expected": str(told.get("expected", "")).replace("'", "")},
        "course_pattern": {"pattern": str(told.get("pattern", ""))},
        "course_out_of_range": {"wanted": _bound(told)},
        "course_wrong_kind": {"wanted": error["type"].replace("_", " ")},
    }.get(code, {})
    return Fault(code, params, place=f"{place}: {_path(error['loc'])}" if error["loc"] else place)


def _bound(told: Mapping[str, Any]) -> str:
    return f"≥ {told['ge']}" if "ge" in told else f"≤ {told.get('le', '')}"


def _path(steps: tuple[int | str, ...]) -> str:
    path = ""
    for step in steps:
        path += f"[{step + 1}]" if isinstance(step, int) else f".{step}"
    return path.removeprefix(".")
