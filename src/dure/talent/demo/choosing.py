"""Applications of the demo: some wait for an answer in every way there is, others led to a place in an intake."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from dure.foundation import clock
from dure.people import api as people
from dure.talent.applications import applying, deciding, interviews, reviewing
from dure.talent.demo.cast import Cast
from dure.talent.demo.content import hour, on_day, read
from dure.talent.events import OfferAccepted
from dure.talent.intakes import following
from dure.talent.models import Application, IntakeHost, Opening, Stay

GOOD: Any = {"code": "requirements_met", "reason": "요건을 근거와 함께 보였습니다."}


def play(cast: Cast) -> None:
    """What is handed in for openings that take applications now, each brought to where its content says."""
    for one in read("choosing"):
        opening = Opening.objects.get(
            organisation=cast.homes[one["organisation"]], title_ko=one["opening"], state="open"
        )
        by = cast.persons[one["by"]]
        for slot in one.get("slots", ()):
            starts_at = hour(slot["in"], slot["at"])
            interviews.add(
                by=by,
                opening=opening,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=30),
                place=slot["place"],
            )
        for asked in one["applications"]:
            _bring(asked, opening, by, cast.persons[asked["who"]])


def _bring(asked: Mapping[str, Any], opening: Opening, by: people.Person, person: people.Person) -> None:
    """Handed in and reviewed, then moved."""
    with on_day(-9):
        made = hand_in(opening, person, statement=asked["statement"])
    if "review" in asked:
        with on_day(-6):
            review(made, by=by, said=asked["review"])
    with on_day(-2):
        for action in asked.get("moves", ()):
            made = deciding.act(made, action["action"], by=by, data=action.get("data"))
        if asked.get("takes_slot"):
            slot = opening.slots.filter(taken_by=None, starts_at__gt=clock.now()).order_by("starts_at")[0]
            interviews.choose(made, slot, by=person)
        if asked.get("accepts"):
            deciding.act(made, "accept", by=person)


def hand_in(opening: Opening, person: people.Person, *, statement: str) -> Application:
    shared = ("skills", "about", "languages", "availability")
    return applying.apply(by=person, opening=opening, statement=statement, shared=shared)


def review(application: Application, *, by: people.Person, said: Mapping[str, Any]) -> None:
    """The same score and words for each skill that is asked for."""
    asked = application.opening.requirements.values_list("skill", flat=True)
    scores = {skill: {"score": said["score"], "words": said["words"]} for skill in asked}
    reviewing.write(
        application, by=by, scores=scores, recommendation=said["recommendation"], words=said["words"]
    )


def win(host: IntakeHost, person: people.Person, *, by: people.Person, on: int) -> Stay:
    """Apply, be offered a seat and accept it, in the weeks before that day; the place in the intake follows."""
    said = {"score": 3, "words": "근거가 분명합니다.", "recommendation": "offer"}
    with on_day(on - 20):
        made = hand_in(host.opening, person, statement="그동안 한 일과 배우고 싶은 것을 적었습니다.")
    with on_day(on - 5):
        review(made, by=by, said=said)
        deciding.act(made, "offer", by=by, data=GOOD)
    with on_day(on):
        deciding.act(made, "accept", by=person)
        following.follow(
            OfferAccepted(
                application=str(made.uid),
                opening=str(host.opening.uid),
                organisation=str(host.opening.organisation.uid),
                person=str(person.uid),
            )
        )
    return Stay.objects.select_related("intake", "host__opening__organisation", "person").get(
        intake=host.intake, person=person
    )
