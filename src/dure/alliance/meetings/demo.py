"""The demo's events, played through our own actions, each once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any, Final

import yaml
from django.db import transaction

from dure.alliance.meetings import editing, materials, programme, seating
from dure.alliance.models import Meeting
from dure.foundation import clock, workflow
from dure.foundation.access import Role
from dure.people import api as people
from dure.problems import api as problems

AGREED: Final = "데모를 위해 지어낸 사람입니다. / A person made up for the demo."
BEFORE: Final = timedelta(days=21)
"""So long before an event its registration opens, in the past or in the future."""


@dataclass(frozen=True, slots=True)
class _Cast:
    """The secretariat's officer, and the demo's people by what stands before the @ of their address."""

    desk: people.Person
    known: Mapping[str, people.Person]


@cache
def content() -> Any:
    """What stands in `demo.yaml`."""
    return yaml.safe_load(files(__package__).joinpath("demo.yaml").read_text(encoding="utf-8"))


@transaction.atomic
def load(_event: problems.DemoLoaded) -> None:
    """Put them into the demo, once: what is there already stays as people left it."""
    demo = people.Person.objects.filter(is_demo=True).order_by("pk")
    desk = demo.filter(roles__contains=[Role.SECRETARIAT]).first()
    if desk is None:
        return
    cast = _Cast(desk, {str(one.email).partition("@")[0]: one for one in demo})
    for said in content():
        if not Meeting.objects.filter(title_ko=said["title"]["ko"]).exists():
            _play(said, cast)


def _play(said: Mapping[str, Any], cast: _Cast) -> None:
    """Made and opened three weeks before, or now where that has not come; then as its state says."""
    first = _at(said["day"], said["hour"])
    opens = min(first - BEFORE, clock.now())
    with clock.at(opens):
        meeting = _made(said, first, opens, cast)
        if said["state"] == "draft":
            return
        workflow.perform(meeting, "announce", by=cast.desk)
        workflow.perform(meeting, "open", by=cast.desk)
        for name in said["comes"]:
            if name in cast.known:
                seating.register(meeting, by=cast.known[name])
    if said["state"] == "closed":
        _hold(meeting, said, cast)


def _made(said: Mapping[str, Any], first: datetime, opens: datetime, cast: _Cast) -> Meeting:
    words = {
        f"{name}_{code}": said[name][code] for name in ("title", "text", "place") for code in ("ko", "en")
    }
    given = {
        "kind": said["kind"],
        "host": None,
        "starts_at": first,
        "ends_at": first + timedelta(hours=said["hours"]),
        "link": "",
        "seats": said.get("seats"),
        "opens_at": opens,
        "closes_at": first,
        "audience": said["audience"],
        "circle": None,
    }
    made = editing.make(by=cast.desk, given={**words, **given})
    for part in said.get("programme", ()):
        _add_part(made, part, cast)
    return made


def _add_part(meeting: Meeting, part: Mapping[str, Any], cast: _Cast) -> None:
    times = {
        "starts_at": meeting.starts_at + timedelta(minutes=part["from"]),
        "ends_at": meeting.starts_at + timedelta(minutes=part["to"]),
    }
    words = {f"title_{code}": part["title"][code] for code in ("ko", "en")}
    session = programme.add_session(meeting, by=cast.desk, given={**words, **times})
    speaker = cast.known.get(part.get("speaks", ""))
    if speaker is None and "guest" not in part:
        return
    given = {
        "address": str(speaker.email) if speaker else "",
        "guest": "" if speaker else part["guest"],
        "consent": "" if speaker else AGREED,
        "belongs_to": part.get("at", ""),
    }
    programme.add_speaker(session, by=cast.desk, given=given)


def _hold(meeting: Meeting, said: Mapping[str, Any], cast: _Cast) -> None:
    """Everybody comes but who stayed away; then the list is closed and the slides are there."""
    there = [cast.known[name] for name in said["comes"] if name in cast.known and name not in said["away"]]
    with clock.at(meeting.starts_at):
        for one in meeting.registrations.filter(person__in=there).order_by("pk"):
            seating.act(one, "check_in", by=cast.desk)
    with clock.at(meeting.ends_at):
        workflow.perform(meeting, "hold", by=cast.desk)
        workflow.perform(meeting, "close", by=cast.desk)
        file = said["material"]
        given = {"kind": "material", "reach": "audience", "title": file["title"]}
        stream = BytesIO(file["text"].encode())
        materials.add(meeting, by=cast.desk, given=given, stream=stream, filename=file["filename"])


def _at(days: int, hour: int) -> datetime:
    return clock.moment(clock.today() + timedelta(days=days), hour)
