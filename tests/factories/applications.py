"""Openings with seats, who speaks for them and who applies, for tests."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from dure.foundation import clock
from dure.people.models import Organisation, Person
from dure.talent.applications import applying, deciding
from dure.talent.models import Application, InterviewSlot, Opening, Requirement
from tests.factories import openings, people

SAID: dict[str, Any] = {"code": "requirements_met", "reason": "Fits."}
REFUSED: dict[str, Any] = {"code": "others_stronger", "reason": "zq-why: others showed more."}


def opening(organisation: Organisation | None = None, *, seats: int = 1, **fields: Any) -> Opening:
    """One that takes applications and asks for one skill."""
    words = {"title_ko": "인턴", "title_en": "Vision intern"}
    made = openings.taking_people(organisation, seats=seats, **{"kind": "internship", **words, **fields})
    Requirement.objects.create(opening=made, skill="data-leakage", level=2, is_must=True)
    return made


speaker = people.representative


def applied(made: Opening, person: Person | None = None, **fields: Any) -> Application:
    """What a person hands in."""
    by = person or people.person(language="en")
    return applying.apply(by=by, opening=made, **{"statement": "I build cameras.", **fields})


def moved(application: Application, *actions: str, by: Person, **data: Any) -> Application:
    """The application after these moves of one side, with a reason where one is needed."""
    for action in actions:
        reasons = {"offer": SAID, "reject": REFUSED, "waitlist": REFUSED, "take_back": REFUSED}
        application = deciding.act(application, action, by=by, data={**reasons.get(action, {}), **data})
    return application


def slot(made: Opening, *, days: int = 3, **fields: Any) -> InterviewSlot:
    """A time of one hour, some days ahead."""
    at = clock.now() + timedelta(days=days)
    given = {"starts_at": at, "ends_at": at + timedelta(hours=1), "place": "Room 1", **fields}
    return InterviewSlot.objects.create(opening=made, **given)


@dataclass(frozen=True)
class Hiring:
    """An opening with one seat, and who decides about it."""

    opening: Opening
    speaker: Person

    def applied(self, **fields: Any) -> Application:
        return applied(self.opening, **fields)

    def moved(self, application: Application, *actions: str, **data: Any) -> Application:
        return moved(application, *actions, by=self.speaker, **data)

    def offered(self) -> Application:
        return self.moved(self.applied(), "review", "offer")

    def waiting(self) -> Application:
        return self.moved(self.applied(), "review", "waitlist")


def hiring(*, seats: int = 1, **fields: Any) -> Hiring:
    """An opening and its speaker."""
    home = people.organisation()
    return Hiring(opening(home, seats=seats, **fields), speaker(home))
