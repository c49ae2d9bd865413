"""What all pages of a host share: the frame, and how an attempt ends."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse

from dure.foundation.access import Denied, Refused
from dure.foundation.faults import Fault, Faulty
from dure.foundation.pages import person_of, render
from dure.problems import access, readiness
from dure.problems.models import Challenge


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt ended: with nothing to say, with faults of what was handed in, or refused with a reason."""

    faults: list[Fault] = field(default_factory=list)
    refused: Refused | None = None

    @property
    def is_good(self) -> bool:
        return not self.faults and self.refused is None

    @property
    def status(self) -> int:
        if self.refused is not None:
            return 403
        return 422 if self.faults else 200


GOOD = Outcome()


def attempt(do: Callable[[], Any]) -> Outcome:
    """Do it; what is refused or faulty becomes words on the page that asked."""
    try:
        do()
    except Faulty as faulty:
        return Outcome(faults=faulty.faults)
    except Denied as denied:
        return Outcome(refused=denied.refused)
    return GOOD


def hosted(request: HttpRequest, slug: str) -> Challenge:
    """The challenge as it stands now. Looking at a page changes nothing, so it is read once for it."""
    kept: dict[str, Challenge] = request.__dict__.setdefault("hosted", {})
    if request.method != "GET" or slug not in kept:
        kept[slug] = access.access_hosted(person_of(request), slug)
    return kept[slug]


def show(
    request: HttpRequest,
    slug: str,
    page: str,
    more: Mapping[str, Any] | None = None,
    *,
    outcome: Outcome = GOOD,
    status: int | None = None,
) -> HttpResponse:
    """A page of the host in its frame, with the challenge as it stands after the attempt."""
    challenge = hosted(request, slug)
    steps = readiness.steps(challenge) if challenge.state == "draft" else []
    context = {
        "challenge": challenge,
        "problem": challenge.problem,
        "page_key": page,
        "steps": steps,
        "missing": readiness.still_missing(challenge, steps),
        "next_step": _next(steps, page),
        "faults": outcome.faults,
        "refused": outcome.refused,
    }
    return render(
        request, f"problems/hosting/{page}.html", context | dict(more or {}), status=status or outcome.status
    )


def _next(steps: list[readiness.Step], page: str) -> readiness.Step | None:
    """The step after this page's."""
    keys = [step.key for step in steps]
    after = keys.index(page) + 1 if page in keys else len(keys)
    return steps[after] if after < len(steps) else None
