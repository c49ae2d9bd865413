"""Intakes and stays for tests."""

from datetime import timedelta
from typing import Any

from dure.foundation import clock, workflow
from dure.foundation.access import SYSTEM
from dure.people.models import Organisation, Person
from dure.talent.intakes import seating
from dure.talent.models import Intake, IntakeHost, Stay
from tests.factories import openings, people

FIELDS: dict[str, Any] = {
    "programme": None,
    "kind": "exchange",
    "term": "2027-1",
    "title_ko": "대학원생 교류",
    "title_en": "Exchange of graduate students",
    "about_ko": "여섯 달 동안 연구실에서 함께 일합니다.",
    "about_en": "Six months of work in a lab.",
    "eligibility_ko": "",
    "eligibility_en": "",
    "documents_ko": "",
    "documents_en": "",
    "is_abroad": True,
}


def fields(**changed: Any) -> dict[str, Any]:
    """What `making.create` is given: from in two months on, for six months."""
    first = clock.today() + timedelta(days=60)
    return {**FIELDS, "starts_on": first, "ends_on": first + timedelta(days=180), **changed}


def intake(organisation: Organisation | None = None, *, state: str = "calling", **changed: Any) -> Intake:
    """An intake whose call is open."""
    home = organisation or people.organisation()
    return Intake.objects.create(organisation=home, state=state, **fields(**changed))


def host(
    made: Intake, organisation: Organisation | None = None, *, seats: int = 2, **changed: Any
) -> IntakeHost:
    """A host of the intake with an opening of its own."""
    words = {"title_ko": "음성 연구 그룹", "title_en": "Speech group"}
    opening = openings.taking_people(organisation, kind="exchange", seats=seats, **words)
    return IntakeHost.objects.create(intake=made, opening=opening, **changed)


def stay(person: Person, at: IntakeHost | None = None, *, state: str = "preparing") -> Stay:
    """A place of this person, brought to a state by the moves that lead there."""
    place = at or host(intake())
    made = seating.seat(place, person, by=SYSTEM)
    if state == "preparing":
        return made
    made.duties.update(done_at=clock.now())
    if made.supervisor is None:
        made.supervisor = people.person()
        made.save(update_fields=["supervisor"])
    by = people.person(roles=["secretariat"])
    made = workflow.perform(made, "leave", by=by)
    if state == "away":
        return made
    made = workflow.perform(made, "come_back", by=by)
    if state == "returned":
        return made
    Stay.objects.filter(pk=made.pk).update(return_report="It was good.")
    return workflow.perform(made, "complete", by=by)


def supervisor_of(at: IntakeHost) -> Person:
    """Somebody of the host."""
    made = people.person(language="en")
    people.member(made, at.opening.organisation)
    return made


representative = people.representative
