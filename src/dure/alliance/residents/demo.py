"""The demo's joint lab, played through our own actions, once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.db import transaction

from dure.alliance.models import JointLab, LabSpace, ResearchProject
from dure.alliance.residents import booking, checklist, keeping
from dure.foundation import clock
from dure.foundation.access import Role
from dure.people import api as people
from dure.problems import api as problems


@dataclass(frozen=True, slots=True)
class _Cast:
    """The secretariat's officer, the demo's people by what stands before the @ of their address, and organisations by slug."""

    desk: people.Person
    known: Mapping[str, people.Person]
    homes: Mapping[str, people.Organisation]


@cache
def content() -> Any:
    """What stands in `demo.yaml`."""
    return yaml.safe_load(files(__package__).joinpath("demo.yaml").read_text(encoding="utf-8"))


@transaction.atomic
def load(_event: problems.DemoLoaded) -> None:
    """Put it into the demo, once: what is there already stays as people left it."""
    demo = people.Person.objects.filter(is_demo=True).order_by("pk")
    desk = demo.filter(roles__contains=[Role.SECRETARIAT]).first()
    said = content()["lab"]
    if desk is None or JointLab.objects.filter(name_ko=said["name"]["ko"]).exists():
        return
    known = {str(one.email).partition("@")[0]: one for one in demo}
    cast = _Cast(desk, known, {one.slug: one for one in people.Organisation.objects.order_by("pk")})
    lab = _made(said, cast)
    for number, one in enumerate(content()["residents"]):
        if one["who"] in known and one["at"] in cast.homes:
            _moved_in(lab, number, one, cast)
    for one in content()["bookings"]:
        _booked(lab, one, cast)


def _made(said: Mapping[str, Any], cast: _Cast) -> JointLab:
    words = {f"{name}_{code}": said[name][code] for name in ("name", "address") for code in ("ko", "en")}
    lab = keeping.make(by=cast.desk, given={**words, "host": None, "keepers": str(cast.desk.email)})
    for name, places in said["rooms"]:
        keeping.add_space(lab, by=cast.desk, given={"kind": "room", "name": name, "capacity": places})
    for number in range(said["desks"]):
        named = {"kind": "desk", "name": f"A-{number + 1:02}", "capacity": 1}
        keeping.add_space(lab, by=cast.desk, given=named)
    return lab


def _moved_in(lab: JointLab, number: int, said: Mapping[str, Any], cast: _Cast) -> None:
    """Entered for the day; then through the checklist as far as the state says."""
    day = clock.today() - timedelta(days=said["days"])
    person, employer = cast.known[said["who"]], cast.homes[said["at"]]
    project = ResearchProject.objects.filter(lead=person, state="active").order_by("pk").first()
    with clock.at(_entered_at(day, employer, person)):
        given = {
            "employer": employer,
            "address": str(person.email),
            "since": day,
            "until": None,
            "desk": lab.spaces.get(name=f"A-{number + 1:02}"),
            "project": project,
        }
        stay = keeping.expect(lab, by=cast.desk, given=given)
        keeping.give(stay, "pledge", by=cast.desk)
        if said["state"] == "comes":
            return
        for line in checklist.LINES[1:4]:
            keeping.give(stay, line.key, by=cast.desk)
        keeping.act(stay, "arrive", by=cast.desk)
    if said["state"] == "leaves":
        keeping.act(stay, "leave", by=cast.desk)


def _entered_at(day: date, employer: people.Organisation, person: people.Person) -> datetime:
    """The morning of the first day, or now where that lies ahead or the person did not belong to the employer then."""
    morning = min(clock.moment(day, 9), clock.now())
    with clock.at(morning):
        belongs = keeping.person_of(employer, str(person.email)) is not None
    return morning if belongs else clock.now()


def _booked(lab: JointLab, said: Mapping[str, Any], cast: _Cast) -> None:
    person = cast.known.get(said["who"])
    if person is None or not lab.residents.filter(person=person, state="working").exists():
        return
    room = lab.spaces.filter(kind=LabSpace.Kind.ROOM).order_by("pk")[said["room"]]
    first = clock.moment(clock.today() + timedelta(days=said["day"]), said["hour"])
    given = {
        "space": room,
        "starts_at": first,
        "ends_at": first + timedelta(hours=said["hours"]),
        "people_count": said["people"],
        "what": said["what"],
    }
    booking.book(lab, by=person, given=given)
