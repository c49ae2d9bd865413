"""`python -m dure.cli.check_walk URL`: the main job over HTTP, as a client does it, one line per step.

To add a step, write `def name(client, context)` that raises `StepError` or an assertion when it is not as promised,
and add a line to STEPS. What a later step needs from an earlier one goes into `context`.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from dure.cli.words import either


class StepError(AssertionError):
    """A step did not do what it promises; the message says what was seen."""


@dataclass
class Context:
    """What steps hand on to later ones."""

    url: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    en: str
    ko: str
    run: Callable[[httpx.Client, Context], None]

    @property
    def name(self) -> str:
        return either(self.en, self.ko)


def expect(answer: httpx.Response, status: int = 200) -> httpx.Response:
    """Return the answer if it has the status; raise StepError with the start of its text if not."""
    if answer.status_code != status:
        raise StepError(
            f"{answer.request.method} {answer.request.url.path} answered {answer.status_code}, not {status}: "
            f"{answer.text[:300]}"
        )
    return answer


def front_page(client: httpx.Client, _context: Context) -> None:
    """A stranger's first page answers and is a page of ours."""
    page = expect(client.get("/", follow_redirects=True)).text
    if "두레" not in page and "Dure" not in page:
        raise StepError("the front page does not name Dure")


def health(client: httpx.Client, _context: Context) -> None:
    expect(client.get("/health"))


STEPS: tuple[Step, ...] = (
    Step("front page answers", "첫 화면이 열린다", front_page),
    Step("health", "상태 점검", health),
)


def walk(url: str, steps: tuple[Step, ...] = STEPS) -> int:
    """Run the steps in order and print each with its time; return how many failed (0 or 1: it ends there)."""
    context = Context(url)
    with httpx.Client(base_url=url, timeout=60) as client:
        for number, step in enumerate(steps, start=1):
            started = time.monotonic()
            try:
                step.run(client, context)
            except (AssertionError, httpx.HTTPError, LookupError, ValueError) as error:
                took = time.monotonic() - started
                print(
                    f"{number:>3}  FAIL {took:7.2f} s  {step.name}: {type(error).__name__}: {error}",
                    flush=True,
                )
                return 1
            print(f"{number:>3}  ok   {time.monotonic() - started:7.2f} s  {step.name}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(walk(sys.argv[1]))
