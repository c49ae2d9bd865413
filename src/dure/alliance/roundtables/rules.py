"""Who may do what with roundtables: pure decisions."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements.rules import only_secretariat
from dure.foundation import clock
from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused, Role, has_role

NO_AGENDA = Refused("roundtable_no_agenda", _("Put something on its agenda first."))
IS_PAST = Refused("roundtable_past", _("Its time has passed. Choose another one first."))
NOT_BEGUN = Refused("roundtable_not_begun", _("It has not begun yet."))
NO_MINUTES = Refused("roundtable_no_minutes", _("Write the minutes in Korean and in English first."))
IS_OVER = Refused("roundtable_over", _("It is over; what is published does not change any more."))
NOT_GUEST = Refused("roundtable_not_guest", _("Only who is invited answers."))
NOT_OPEN = Refused("roundtable_not_answerable", _("Answers are taken from the announcement until it begins."))
NOT_OWNER = Refused("roundtable_not_owner", _("Only who has taken it on, and the secretariat, can do this."))
TASK_DONE = Refused("roundtable_task_done", _("This is done already."))
CHANGING: Final = ("planned", "announced", "held")
"""States in which the secretariat still writes."""


def leads(person: Any, roundtable: Any) -> Decision:
    """Who plans it and chairs it: the secretariat."""
    return only_secretariat(person, roundtable)


def may_edit(person: Any, roundtable: Any) -> Decision:
    """The secretariat, until the minutes are published or it is called off."""
    decision = leads(person, roundtable)
    return decision if not decision or roundtable.state in CHANGING else IS_OVER


def reads_minutes(person: Any, roundtable: Any) -> bool:
    """Whoever reads the roundtable once they are published; before that the secretariat and auditors."""
    return roundtable.state == "minuted" or has_role(person, Role.SECRETARIAT, Role.AUDITOR)


def may_answer(guest: Any, roundtable: Any) -> Decision:
    """Who is invited, before it begins."""
    if guest is None:
        return NOT_GUEST
    is_open = roundtable.state == "announced" and clock.now() < roundtable.starts_at
    return ALLOWED if is_open else NOT_OPEN


def may_finish(person: Any, task: Any) -> Decision:
    """Who has taken it on, and the secretariat."""
    if not person.is_authenticated:
        return SIGN_IN
    if task.owner_id != person.pk and not only_secretariat(person):
        return NOT_OWNER
    return ALLOWED if task.done_at is None else TASK_DONE


def can_announce(roundtable: Any, _data: Mapping[str, Any]) -> Decision:
    """It has an agenda and lies ahead."""
    if not roundtable.has_agenda:
        return NO_AGENDA
    return ALLOWED if roundtable.starts_at > clock.now() else IS_PAST


def has_begun(roundtable: Any, _data: Mapping[str, Any]) -> Decision:
    """It was announced, and its time has come."""
    has_come = roundtable.announced_at is not None and roundtable.starts_at <= clock.now()
    return ALLOWED if has_come else NOT_BEGUN


def has_minutes(roundtable: Any, _data: Mapping[str, Any]) -> Decision:
    """In both languages: partners abroad read them as well."""
    return ALLOWED if roundtable.minutes_ko.strip() and roundtable.minutes_en.strip() else NO_MINUTES
