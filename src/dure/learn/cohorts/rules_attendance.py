"""Who may say that they are there, and who may write it: pure decisions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.foundation.access import ALLOWED, Decision, Refused, first_refusal
from dure.learn.cohorts import codes, rules, rules_sessions

TOO_MANY = Refused(
    "too_many_codes", _("Too many wrong codes. Wait five minutes, or ask your coach to write you in.")
)
WRONG = Refused(
    "wrong_code", _("This is not the code that is shown now. It changes every 30 seconds: look again.")
)
NOT_NOW = Refused("code_not_now", _("Codes count from 15 minutes before the session until its end."))
NOT_HERE = Refused("not_checked_in", _("You have not said that you are here yet."))
HERE_ALREADY = Refused("checked_in", _("You have said already that you are here."))
GONE_ALREADY = Refused(
    "checked_out", _("You have said that you left. If you are back, tell your coach, who writes it.")
)
WRITTEN = Refused("attendance_written", _("Your coach has written your attendance; ask them to change it."))
TOO_EARLY = Refused(
    "attendance_too_early", _("Attendance can be written from 15 minutes before the session on.")
)


def takes_codes(session: Any) -> Decision:
    """Whether codes count now."""
    now_open = codes.is_open(session.starts_at, session.ends_at, clock.now())
    return first_refusal(rules_sessions.is_on(session), ALLOWED if now_open else NOT_NOW)


def may_enter(row: Any | None) -> Decision:
    """Whoever has nothing written yet; `row` is what holds."""
    if row is None:
        return ALLOWED
    if row.way != "code":
        return WRITTEN
    return GONE_ALREADY if row.left_at else HERE_ALREADY


def may_leave(row: Any | None) -> Decision:
    """Whoever said that they came, and not yet that they left."""
    if row is None:
        return NOT_HERE
    if row.way != "code":
        return WRITTEN
    return GONE_ALREADY if row.left_at else ALLOWED


def may_write(person: Any, session: Any) -> Decision:
    """Whoever leads the cohort, for a session that was not called off."""
    return first_refusal(rules.leads(person, session.cohort), rules_sessions.is_on(session))


def has_begun(session: Any) -> Decision:
    return ALLOWED if clock.now() >= session.starts_at - codes.BEFORE else TOO_EARLY
