"""The sentences of what can be wrong with sessions, rooms and attendance."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from dure.foundation.faults import register_sentences

SESSIONS: Final = {
    "no_session_days": _("No day fits: choose weekdays that come before the last day."),
    "too_many_sessions": _("At most %(limit)s sessions are added at once."),
    "session_kind_unknown": _("Say whether it is online, on site or both."),
    "session_untitled": _("Write a title in at least one language."),
    "session_without_room": _("Choose the room where people meet."),
    "session_room_closed": _("This room is closed; choose another one."),
    "session_room_unknown": _("There is no such room among those that this cohort can use."),
    "session_without_link": _("Write the link under which people meet."),
    "session_link_bad": _("The link must begin with https:// or http://."),
    "session_unit_unknown": _("The cohort's version of the course has no such unit."),
    "session_prestart_too_early": _("Labs are started at most %(limit)s minutes before."),
    "session_ends_before_start": _("It must end after it starts."),
    "session_too_long": _("A session lasts at most %(limit)s hours."),
    "session_break_too_long": _("The break must be shorter than the session."),
    "session_outside_cohort": _("%(day)s is outside the cohort's dates, %(first)s to %(last)s."),
    "session_has_attendance": _("Attendance is written for this session: its time stays as it is."),
    "room_taken": _("The room is taken at that time: %(when)s."),
    "room_too_small": _("The room has %(found)s seats, the cohort %(expected)s."),
    "room_text_missing": _("Write this in at least one language."),
    "room_seats_odd": _("A room has from 1 to %(limit)s seats."),
}
ATTENDANCE: Final = {
    "attendance_status_unknown": _("Choose a status."),
    "attendance_too_early": _("Before a session begins only excuses are written."),
    "attendance_minutes_odd": _("The minutes are from 0 to %(limit)s."),
    "attendance_minutes_bad": _("Write the minutes as a number."),
    "attendance_minutes_missing": _("Write the minutes that count."),
    "attendance_reason_missing": _("Something is written already: say why it changes."),
    "attendance_unknown_place": _("Nobody with this place is in the cohort."),
}


def register() -> None:
    """Make every code speak; called once when the app is ready."""
    register_sentences(SESSIONS)
    register_sentences(ATTENDANCE)
