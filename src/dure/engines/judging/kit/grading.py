"""Runs inside the judge's sandbox, beside the tests: runs each of them once and reports how it ended.

`python grading.py FOLDER`. FOLDER holds `tests.json`, a list of `{"id": …, "in": "public" or "hidden"}`, and `public.py` and
`hidden.py` as far as tests of theirs are listed. Of each test is reported: `passed`, and where it is not, `raised` (the type of
what the submission's function raised), `stopped` (why the submission answers no more), `broken` (the type of what the test
itself raised) or `said` (the explanation of a public test). A file that cannot be loaded, or that lacks a test, ends this
without a report.
"""

from __future__ import annotations

import json
import os
import sys

from judge import RaisedError, StoppedError, report  # type: ignore[import-not-found]  # it lies beside this where it runs

# Importing typing takes longer than all that is done here; type checkers know this name.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

PUBLIC = "public"
LONGEST = 500
"""Characters of an explanation: more than anybody reads, and little enough that a report with many of them is kept whole."""


def main(folder: str) -> None:
    """Run the tests that are listed, in their order, and report."""
    sys.path.append(folder)
    with open(os.path.join(folder, "tests.json"), encoding="utf-8") as listed:  # noqa: PTH118, PTH123 - pathlib starts slowly
        tests = json.load(listed)
    found = [(test, getattr(__import__(test["in"]), test["id"])) for test in tests]
    ended = [{"id": test["id"], **end_of(function, test["in"])} for test, function in found]
    sys.stdout.flush()  # what tests print is their author's, and we may be ended as soon as the report is out
    sys.stderr.flush()
    report(tests=ended)


def end_of(function: Callable[[], Any], place: str) -> dict[str, Any]:
    """How one test ended. True alone passes."""
    end: dict[str, Any] = {"passed": False, "raised": "", "stopped": "", "broken": "", "said": ""}
    try:
        given = function()
    except RaisedError as error:
        end["raised"] = str(error)
    except StoppedError as error:
        end["stopped"] = str(error)
    except BaseException as error:  # noqa: BLE001 - whatever a test does, the others are run
        _tell(error)
        end["broken"] = type(error).__name__
    else:
        end["passed"] = given is True
        end["said"] = _plain(given) if place == PUBLIC and isinstance(given, str) else ""
        if not isinstance(given, (bool, str)):
            sys.stderr.write(
                f"{function.__name__} gave {type(given).__name__}: neither True, False nor a sentence\n"
            )
    return end


def _tell(error: BaseException) -> None:
    import traceback  # noqa: PLC0415 - it starts slowly, and tests seldom break

    traceback.print_exception(error)


def _plain(sentence: str) -> str:
    """A sentence with a learner's value in it, as text that every database takes: no NUL, no half of a pair."""
    whole = sentence[:LONGEST].replace("\0", "\ufffd")
    return whole.encode("utf-8", "replace").decode("utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
