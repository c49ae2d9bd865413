"""Gates: a lower floor names a precondition on a transition, higher floors register checks that may refuse with a reason."""

from collections.abc import Callable
from typing import Any

from dure.foundation.access import ALLOWED, Actor, Decision, Refused

Check = Callable[[Any, Actor], Decision]
_checks: dict[str, list[Check]] = {}


def register(gate: str, check: Check) -> None:
    """Add a check to a gate. It runs inside the transition's transaction."""
    _checks.setdefault(gate, []).append(check)


def unregister(gate: str, check: Check) -> None:
    _checks.get(gate, []).remove(check)


def check(gate: str, obj: Any, by: Actor) -> Decision:
    """Open when nobody has registered; else the first refusal wins."""
    for ask in _checks.get(gate, []):
        decision = ask(obj, by)
        if isinstance(decision, Refused):
            return decision
    return ALLOWED
