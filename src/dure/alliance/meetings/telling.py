"""What people are told about events."""

from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.foundation import notices
from dure.people import api as people

EVENTS: Final = notices.Group(42, _("Events"))
_kind = notices.kinds_under("alliance", EVENTS)

SEATED: Final = _kind(
    "meeting_seated",
    _("I move up from a waiting list of an event"),
    _("You have a seat now: “%(name)s”."),
)
REMOVED: Final = _kind(
    "meeting_removed",
    _("I am taken off the list of an event"),
    _("You were taken off the list of “%(name)s”: %(reason)s"),
)
MOVED: Final = _kind(
    "meeting_moved",
    _("An event that I come to has another time or place"),
    _("Time, place or link has changed: “%(name)s”. Its page and its calendar file say how it is now."),
)
CALLED_OFF: Final = _kind(
    "meeting_called_off",
    _("An event that I come to is called off"),
    _("It is called off: “%(name)s”. The reason: %(reason)s"),
)
SOON: Final = _kind(
    "meeting_soon", _("An event that I come to is tomorrow"), _("It is tomorrow: “%(name)s”.")
)
CERTIFIED: Final = _kind(
    "meeting_certificate",
    _("My certificate of attendance is ready"),
    _("Your certificate of attendance is on the page of “%(name)s”."),
)
SPEAKING: Final = _kind(
    "meeting_speaking",
    _("I am named as a speaker of an event"),
    _("You are named as a speaker: “%(name)s”. You can take your name off its programme there."),
)
ANNOUNCED: Final = _kind(
    "meeting_announced",
    _("An event that my organisation holds is announced"),
    _("Your organisation holds it, and it is announced: “%(name)s”."),
)


def tell_one(kind: str, registration: Any) -> None:
    """The person of a registration."""
    if registration.person is not None:
        _tell([registration.person], kind, registration.meeting, reason=registration.reason)


def tell_moved(meeting: Any, *, but: Any) -> None:
    _tell(_coming(meeting, but), MOVED, meeting)


def tell_called_off(meeting: Any, *, but: Any) -> None:
    """Who comes or waits, who speaks, and who runs it."""
    speaking = people.Person.objects.filter(pk__in=meeting.sessions.values("speakers__person_id"))
    everybody = [*_coming(meeting, but), *speaking, *meeting.organisers.all()]
    told = [one for one in everybody if one.pk != but.pk]
    _tell(told, CALLED_OFF, meeting, reason=meeting.reason)


def tell_soon(meeting: Any) -> None:
    _tell(_people(meeting, ("registered",)), SOON, meeting)


def tell_attended(meeting: Any) -> None:
    _tell(_people(meeting, ("attended",)), CERTIFIED, meeting)


def tell_speaker(person: Any, meeting: Any) -> None:
    _tell([person], SPEAKING, meeting)


def tell_host(meeting: Any, *, but: Any) -> None:
    """Who speaks for the organisation that holds it."""
    speaking = people.Membership.objects.current().filter(
        organisation=meeting.host_id, role=people.Membership.Role.REPRESENTATIVE
    )
    told = people.Person.objects.filter(pk__in=speaking.values("person_id")).exclude(pk=but.pk)
    _tell(told, ANNOUNCED, meeting)


def _coming(meeting: Any, but: Any) -> Any:
    return _people(meeting, ("waiting", "registered")).exclude(pk=but.pk)


def _people(meeting: Any, states: tuple[str, ...]) -> Any:
    coming = meeting.registrations.filter(state__in=states, person__isnull=False)
    return people.Person.objects.filter(pk__in=coming.values("person_id"), is_active=True)


def _tell(whom: "Iterable[people.Person]", kind: str, meeting: Any, reason: str = "") -> None:
    params = {
        "name_ko": meeting.title_ko or meeting.title_en,
        "name_en": meeting.title_en or meeting.title_ko,
        "reason": reason,
    }
    notices.notify(whom, kind, url=f"/events/{meeting.uid}", params=params)
