"""What the steps of the walk share: what they hand on, and how they complain."""

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
    """One step of the main job with its name in both languages. What `run` returns, if anything, is said beside it."""

    en: str
    ko: str
    run: Callable[[httpx.Client, Context], str | None]

    @property
    def name(self) -> str:
        return either(self.en, self.ko)


def expect(answer: httpx.Response, status: int = 200) -> httpx.Response:
    """Return the answer if it has the status; raise StepError with the start of its text if not."""
    if answer.status_code != status:
        raise StepError(
            either(
                f"{answer.request.method} {answer.request.url.path} answered {answer.status_code}, not {status}: "
                f"{answer.text[:300]}",
                f"{answer.request.method} {answer.request.url.path}: 기다린 답 {status}, 받은 답 {answer.status_code}: "
                f"{answer.text[:300]}",
            )
        )
    return answer
