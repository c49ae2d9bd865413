"""The demo's ethics: a board with an outside member, assessments before and after its decision, an incident that is followed up."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml
from django.db import transaction

from dure.alliance.ethics import answering, board, incidents, of_problems, subjects
from dure.alliance.models import EthicsAssessment, EthicsIncident, EthicsMember
from dure.foundation import clock, workflow
from dure.foundation.access import Role
from dure.people import api as people
from dure.problems import api as problems

BEFORE: Final = timedelta(days=200)
"""So long ago the board was appointed."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The secretariat's officer, and the demo's people by what stands before the @ of their address."""

    desk: people.Person
    known: Mapping[str, people.Person]


@dataclass(frozen=True, slots=True)
class Of:
    """A need of the demo as a subject, and the moment from which its days count."""

    subject: subjects.Subject
    owner: people.Person
    posted: datetime

    def on(self, day: int) -> AbstractContextManager[None]:
        """What happens inside happens so many days after it was posted; never later than now."""
        return clock.at(min(self.posted + timedelta(days=day), clock.now()))


@cache
def content() -> Any:
    """What stands in `demo.yaml`."""
    return yaml.safe_load(files(__package__).joinpath("demo.yaml").read_text(encoding="utf-8"))


@transaction.atomic
def load(_event: problems.DemoLoaded) -> None:
    """Put it into the demo, once: what is there already stays as people left it."""
    demo = people.Person.objects.filter(is_demo=True).order_by("pk")
    desk = demo.filter(roles__contains=[Role.SECRETARIAT]).first()
    if desk is None:
        return
    known = {str(one.email).partition("@")[0]: one for one in demo}
    cast = Cast(desk, known | {"outside": _outside()})
    _seat_all(cast)
    for said in content()["assessments"]:
        of = _found(said)
        if of is not None and not EthicsAssessment.objects.filter(subject=of.subject.uid).exists():
            _assess(said, of, cast)
    for said in content()["incidents"]:
        of = _found(said)
        if of is not None and not EthicsIncident.objects.filter(subject=of.subject.uid).exists():
            _report(said, of, cast)


def _outside() -> people.Person:
    said = content()["outside"]
    words = {f"{name}_{code}": said[name][code] for name in ("name", "headline") for code in ("ko", "en")}
    return people.put_demo_person(said["email"], memberships=(), **words)


def _seat_all(cast: Cast) -> None:
    """Whoever never had a seat gets one; a seat that somebody ended stays ended."""
    named = [content()["chair"], *content()["members"], "outside"]
    with clock.at(clock.now() - BEFORE):
        for name in named:
            person = cast.known.get(name)
            if person is not None and not EthicsMember.objects.filter(person=person).exists():
                seat = {"is_chair": name == content()["chair"], "is_outside": name == "outside"}
                board.appoint(by=cast.desk, person=str(person.email), until=None, **seat)


def _found(said: Mapping[str, Any]) -> Of | None:
    """The need of that title; None where this demo has none."""
    need = problems.Problem.objects.filter(title_ko=said["of"], owner__is_demo=True).order_by("pk").first()
    return Of(of_problems.described(need), need.owner, need.created_at) if need and need.owner else None


def _assess(said: Mapping[str, Any], of: Of, cast: Cast) -> None:
    """Begun and handed in by the owner, then as far as the board has come with it."""
    with of.on(said["begun"]):
        made = answering.begin(of.subject, by=of.owner)
        made = answering.write(made, by=of.owner, given={name: said[name] for name in answering.ANSWERS})
    with of.on(said["handed_in"]):
        workflow.perform(made, "submit", by=of.owner)
    for one in said["opinions"]:
        with of.on(one["day"]):
            by = cast.known[one["by"]]
            answering.give_opinion(made, by=by, vote=one["vote"], reason=one["reason"])
    if "approved" in said:
        with of.on(said["approved"]["day"]):
            data = {"conditions": said["approved"]["conditions"]}
            workflow.perform(made, "approve", by=cast.known[content()["chair"]], data=data)


def _report(said: Mapping[str, Any], of: Of, cast: Cast) -> None:
    with of.on(said["reported"]):
        made = incidents.report(
            of.subject,
            by=cast.known[said["by"]],
            severity=said["severity"],
            what=said["what"],
            happened_on=clock.today(),
        )
    with of.on(said["examined"]):
        workflow.perform(made, "examine", by=cast.known[said["desk"]])
