"""The programme: sessions with their times, and who speaks in them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from dure.alliance.meetings import rules, telling
from dure.alliance.models import Meeting, MeetingSession, MeetingSpeaker
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit
from dure.foundation.access import demand
from dure.people import api as people

MOST_SESSIONS = 100
MOST_SPEAKERS = 20


@transaction.atomic
def add_session(meeting: Meeting, *, by: people.Person, given: Mapping[str, Any]) -> MeetingSession:
    """A part of it. Raises Denied, Faulty."""
    demand(rules.may_edit(by, meeting))
    faults = []
    if not (given["title_ko"].strip() or given["title_en"].strip()):
        faults.append(Fault("meeting_in_no_language", place="title_ko"))
    if given["ends_at"] <= given["starts_at"]:
        faults.append(Fault("meeting_session_times", place="ends_at"))
    elif given["starts_at"] < meeting.starts_at or given["ends_at"] > meeting.ends_at:
        faults.append(Fault("meeting_session_outside", place="starts_at"))
    if meeting.sessions.count() >= MOST_SESSIONS:
        faults.append(Fault("meeting_sessions_many", {"limit": MOST_SESSIONS}))
    if faults:
        raise Faulty(faults)
    made: MeetingSession = meeting.sessions.create(**given)
    audit.write(by=by, action="meeting.session_added", obj=meeting, detail={"session": made.uid})
    return made


@transaction.atomic
def remove_session(session: MeetingSession, *, by: people.Person) -> None:
    """With its speakers. Raises Denied."""
    demand(rules.may_edit(by, session.meeting))
    audit.write(by=by, action="meeting.session_removed", obj=session.meeting, detail={"session": session.uid})
    session.delete()


@transaction.atomic
def add_speaker(session: MeetingSession, *, by: people.Person, given: Mapping[str, Any]) -> MeetingSpeaker:
    """Somebody of the platform by mail address, who is told; or a guest with how they agreed. Raises Denied, Faulty."""
    demand(rules.may_edit(by, session.meeting))
    address, guest, consent = (given[name].strip() for name in ("address", "guest", "consent"))
    if bool(address) == bool(guest):
        raise Faulty([Fault("meeting_speaker_one", place="address")])
    if guest and not consent:
        raise Faulty([Fault("meeting_speaker_consent", place="consent")])
    if session.speakers.count() >= MOST_SPEAKERS:
        raise Faulty([Fault("meeting_speakers_many", {"limit": MOST_SPEAKERS})])
    person = _known(session, address, by) if address else None
    made: MeetingSpeaker = session.speakers.create(
        person=person,
        guest=guest,
        belongs_to=given["belongs_to"].strip(),
        consent=consent if guest else "",
        added_by=by,
    )
    audit.write(by=by, action="meeting.speaker_added", obj=session.meeting, detail={"speaker": made.uid})
    if person is not None and person != by:
        telling.tell_speaker(person, session.meeting)
    return made


def _known(session: MeetingSession, address: str, by: people.Person) -> people.Person:
    """Whoever has this address, as far as one may see them: nobody else can be found out by asking. Raises Faulty."""
    found = people.visible_people(by).filter(email__iexact=address, is_active=True).first()
    if found is None:
        raise Faulty([Fault("meeting_speaker_unknown", place="address")])
    if session.speakers.filter(person=found).exists():
        raise Faulty([Fault("meeting_speaker_twice", place="address")])
    return found


@transaction.atomic
def remove_speaker(speaker: MeetingSpeaker, *, by: people.Person) -> None:
    """By who runs the event, or by the speaker. Raises Denied."""
    meeting = speaker.session.meeting
    if speaker.person_id != by.pk:
        demand(rules.runs(by, meeting))
    audit.write(by=by, action="meeting.speaker_removed", obj=meeting, detail={"speaker": speaker.uid})
    speaker.delete()
