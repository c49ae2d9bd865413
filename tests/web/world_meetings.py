"""Events in the small alliance of the access walk: a public one that is over, and a draft."""

from collections.abc import Callable
from typing import Any

from dure.alliance.meetings import materials, programme
from dure.alliance.models import Meeting, MeetingRegistration
from tests.factories import alliance_events as meetings

Values = dict[tuple[str, str], Any]
RUN_IT = {"owner", "secretariat"}
MAY_READ: dict[str, set[str]] = {
    "meeting": RUN_IT,
    "meetingsession": RUN_IT,
    "meetingspeaker": RUN_IT,
    "meetingmaterial": RUN_IT,
}
"""Its organiser and the secretariat; not the auditor, for it is not announced."""


def shown(world: Any) -> Values:
    """A public one with a programme, a material and somebody who was there."""
    desk = world.people["secretariat"]
    made = meetings.opened(by=desk, organisers=world.owner.email)
    coming = meetings.coming(made, world.owner)
    found = _values(made, desk, lambda _name: "Shown", coming)
    meetings.closed(made, by=desk)
    return found | {("events/certificates", "proof"): coming.proof}


def hide(world: Any, text: Callable[[str], str]) -> Values:
    """A draft for all members."""
    desk = world.people["secretariat"]
    words = {
        f"{name}_{code}": text("meeting") for name in ("title", "text", "place") for code in ("ko", "en")
    }
    made = meetings.draft(by=desk, organisers=world.owner.email, audience="members", **words)
    coming = made.registrations.create(person=world.owner, state="registered")
    return _values(made, desk, text, coming)


def _values(made: Meeting, desk: Any, text: Callable[[str], str], coming: MeetingRegistration) -> Values:
    words = {"title_ko": text("meetingsession"), "title_en": text("meetingsession")}
    times = {"starts_at": made.starts_at, "ends_at": made.ends_at}
    session = programme.add_session(made, by=desk, given={**words, **times})
    guest = {"address": "", "guest": text("meetingspeaker"), "consent": "By mail.", "belongs_to": ""}
    speaker = programme.add_speaker(session, by=desk, given=guest)
    given = {"kind": "recording", "title": text("meetingmaterial"), "reach": "audience"}
    material = materials.add(made, by=desk, given=given | {"link": "https://video.example/1"})
    return {
        ("events", "uid"): made.uid,
        ("events/programme", "session"): session.uid,
        ("events/speakers", "speaker"): speaker.uid,
        ("events/materials", "material"): material.uid,
        ("events/attendees", "registration"): coming.uid,
    }
