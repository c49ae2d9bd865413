"""What else changes with a transition, inside its transaction. Each effect gets the locked object."""

from dure.foundation.workflow import Change


def keep_challenge_reason(change: Change) -> None:
    change.obj.problem.reason = change.data["reason"]
    change.obj.problem.save(update_fields=["reason"])
