"""Who may write down what comes of a startup: pure decisions."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements.rules import only_secretariat
from dure.alliance.incubation.rules import is_founder
from dure.foundation.access import ALLOWED, SIGN_IN, SYSTEM, Decision, Refused, Role, has_role

TAKEN_IN: Final = ("incubating", "demo_day", "graduated", "exited")
NOT_TENDING = Refused("not_startup_tending", _("Only its mentors and the secretariat can do this."))
NOT_TELLING = Refused("not_startup_telling", _("Only its founder and the secretariat can do this."))
NEVER_IN = Refused("startup_never_in", _("This startup was not taken in."))
NOT_READING = Refused("not_batch_summary", _("The secretariat and auditors read what a batch came to."))


def tends(person: Any, case: Any) -> Decision:
    """Mentors and the secretariat introduce a startup that was taken in."""
    if person is SYSTEM:
        return ALLOWED
    if not person.is_authenticated:
        return SIGN_IN
    if not only_secretariat(person) and person.pk not in case.mentoring:
        return NOT_TENDING
    return ALLOWED if case.admitted_on else NEVER_IN


def tends_it(person: Any, introduction: Any) -> Decision:
    return tends(person, introduction.case)


def tells(person: Any, case: Any) -> Decision:
    """Its founder and the secretariat say who invested and what became of it."""
    if not person.is_authenticated:
        return SIGN_IN
    if not only_secretariat(person) and not is_founder(person, case):
        return NOT_TELLING
    return ALLOWED if case.admitted_on else NEVER_IN


def reads_summary(person: Any) -> Decision:
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if has_role(person, Role.SECRETARIAT, Role.AUDITOR) else NOT_READING
