"""What a judge's report says of each test, as values. The report is parsed as hostile: tests are written by anybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from dure.engines.judging.hostile import error_type
from dure.engines.judging.lines import Ending

Place = Literal["public", "hidden"]
ENDINGS: Final[Mapping[str, Ending]] = {one: one for one in get_args(Ending)}
LONGEST: Final = 500
"""Characters of an explanation."""


class NoResultsError(ValueError):
    """The report does not have exactly one entry for each declared test: its author's fault, and never the submission's."""


@dataclass(frozen=True, slots=True)
class Result:
    """How one test ended.

    `raised` is the type of what the submission's function raised, where it is one of Python's own; `stopped` says why the
    submission answered no more; `broken` is the type of what the test itself raised, and is for its author; `said` is the
    explanation of a public test, and may have a value of the submission's in it. Of a hidden test there is none.
    """

    id: str
    passed: bool
    raised: str = ""
    stopped: Ending | Literal[""] = ""
    broken: str = ""
    said: str = ""


def results_in(report: Mapping[str, Any], declared: Mapping[str, Place]) -> tuple[Result, ...]:
    """One result for each declared test, in the order in which they are declared. Raises NoResultsError."""
    tests = report.get("tests")
    if not isinstance(tests, list) or not all(isinstance(one, dict) for one in tests):
        raise NoResultsError("no list of tests")
    found = {one.get("id"): one for one in tests if isinstance(one.get("id"), str)}
    if len(tests) != len(declared) or found.keys() != declared.keys():
        raise NoResultsError("other tests than declared")
    return tuple(_result(name, found[name], place) for name, place in declared.items())


def _result(name: str, said: Mapping[str, Any], place: Place) -> Result:
    raised, stopped, broken = (_text(said, key) for key in ("raised", "stopped", "broken"))
    return Result(
        name,
        passed=said.get("passed") is True,
        raised=error_type(raised) if raised else "",
        stopped=ENDINGS.get(stopped, ""),
        broken=error_type(broken) if broken else "",
        said=_text(said, "said")[:LONGEST] if place == "public" else "",
    )


def _text(said: Mapping[str, Any], key: str) -> str:
    found = said.get(key, "")
    if not isinstance(found, str):
        raise NoResultsError(f"{key} is no text")
    return found
