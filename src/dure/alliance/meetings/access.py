"""The only way to an event and its parts from an address."""

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from dure.alliance.meetings import rules
from dure.alliance.meetings.visibility import material_q
from dure.alliance.models import Meeting, MeetingMaterial, MeetingRegistration, MeetingSession, MeetingSpeaker
from dure.foundation.access import Hidden, demand

M = TypeVar("M", bound=Model)


def access_meeting(person: Any, uid: UUID) -> Meeting:
    """The event. Raises Hidden unless the person may know of it."""
    rows = Meeting.objects.visible_to(person).select_related("host", "circle")
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_run(person: Any, uid: UUID) -> Meeting:
    """The event, for who runs it. Raises Hidden or Denied."""
    meeting = access_meeting(person, uid)
    demand(rules.runs(person, meeting))
    return meeting


def access_registration(meeting: Meeting, uid: UUID) -> MeetingRegistration:
    """A registration for this event, of somebody who has an account. The caller runs it."""
    rows = MeetingRegistration.objects.select_related("meeting", "person")
    return _only(rows.filter(meeting=meeting, person__isnull=False), uid)


def access_session(meeting: Meeting, uid: UUID) -> MeetingSession:
    return _only(meeting.sessions.all(), uid)


def access_speaker(meeting: Meeting, uid: UUID) -> MeetingSpeaker:
    return _only(MeetingSpeaker.objects.select_related("session").filter(session__meeting=meeting), uid)


def access_material(person: Any, meeting: Meeting, uid: UUID) -> MeetingMaterial:
    """What this person may open. Raises Hidden."""
    seen = material_q(own_registration(person, meeting), runs=bool(rules.runs(person, meeting)))
    return _only(meeting.materials.filter(seen), uid)


def own_registration(person: Any, meeting: Meeting) -> MeetingRegistration | None:
    """One's own registration that stands, with the event it is for."""
    if not person.is_authenticated:
        return None
    mine = MeetingRegistration.objects.filter(meeting=meeting, person_id=person.pk)
    found = mine.exclude(state="cancelled").first()
    if found is not None:
        found.meeting = meeting
    return found


def _only(rows: "QuerySet[M]", uid: UUID) -> M:
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found
