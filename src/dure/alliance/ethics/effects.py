"""What else happens when an assessment or an incident moves."""

from datetime import timedelta
from typing import Any, Final

from dure.alliance.ethics import subjects, telling
from dure.foundation import clock
from dure.foundation.workflow import Change

VALID: Final = timedelta(days=365)
"""An approval is looked at again after so long where the board names no earlier day."""


def submit(change: Change) -> None:
    """The facts are those of this moment; opinions on an earlier submission count no more."""
    assessment: Any = change.obj
    subject = subjects.load(assessment.kind, assessment.subject)
    if subject is not None:
        assessment.facts = dict(subject.facts)
        assessment.title_ko, assessment.title_en = subject.title_ko, subject.title_en
        assessment.organisation_id = subject.organisation_id
    assessment.turn += 1
    assessment.reason, assessment.conditions = "", ""
    telling.tell_board(telling.SUBMITTED, assessment)


def give_back(change: Change) -> None:
    change.obj.reason = change.data["reason"]
    telling.tell_side(telling.RETURNED, change.obj)


def approve(change: Change) -> None:
    assessment: Any = change.obj
    assessment.reason = change.data.get("reason", "")
    assessment.conditions = change.data.get("conditions", "")
    assessment.decided_at = clock.now()
    assessment.revisit_on = change.data.get("revisit_on") or clock.today() + VALID
    telling.tell_side(telling.APPROVED, assessment)


def refuse(change: Change) -> None:
    assessment: Any = change.obj
    assessment.reason, assessment.decided_at = change.data["reason"], clock.now()
    telling.tell_side(telling.REFUSED, assessment)


def revisit(change: Change) -> None:
    change.obj.reason = change.data["reason"]
    telling.tell_side(telling.REVISIT, change.obj)


def examine(change: Change) -> None:
    telling.tell_examined(change.obj)


def close(change: Change) -> None:
    incident: Any = change.obj
    incident.outcome = change.data["outcome"]
    telling.tell_closed(incident)


def reopen(change: Change) -> None:
    """What was written as the outcome stands above the reason until it is closed again."""
    incident: Any = change.obj
    incident.outcome = f"{incident.outcome}\n\n{change.data['reason']}".strip()
    telling.tell_examined(incident)
