"""Ethics of openings and placement rounds: asked for by the secretariat; then they open only with an approval that fits."""

from typing import Any

import pytest

from dure.alliance.ethics import answering, by_date, subjects, visibility
from dure.alliance.models import EthicsAssessment
from dure.foundation import clock, gates, workflow
from dure.foundation.access import SYSTEM, Denied
from dure.people.models import Person
from dure.talent.models import Opening
from tests.factories import ethics, openings, people, rounds
from tests.factories.people import client_of

pytestmark = pytest.mark.django_db
JSON = "application/json"


def asked_for(kind: str, uid: Any) -> EthicsAssessment:
    desk = people.person(roles=["secretariat"])
    return answering.begin(subjects.find(desk, kind, uid), by=desk)


def approved(made: EthicsAssessment, by: Person, members: tuple[Person, Person, Person]) -> EthicsAssessment:
    chair, *others = members
    written = answering.write(made, by=by, given=ethics.ANSWERS)
    workflow.perform(written, "submit", by=by)
    for one in others:
        answering.give_opinion(made, by=one, vote="approve", reason="Fair.")
    return workflow.perform(made, "approve", by=chair)


def test_an_opening_waits_only_when_it_is_asked_for_and_its_words_are_what_was_approved() -> None:
    firm = openings.verified()
    speaker = people.person(language="en")
    people.member(speaker, firm, role="representative")
    opening = openings.opening(firm, is_open=False)
    assert gates.check("opening.open", opening, SYSTEM)
    made = asked_for("opening", opening.uid)
    with pytest.raises(Denied) as denied:
        workflow.perform(opening, "open", by=speaker)
    assert denied.value.refused.reason == "ethics_waiting"
    page = client_of(speaker).get(f"/openings/{opening.uid}").content.decode()
    assert f"/ethics/of/opening/{opening.uid}" in page
    assert "is not approved yet" in page
    approved(made, speaker, ethics.board())
    assert workflow.perform(opening, "open", by=speaker).state == "open"
    Opening.objects.filter(pk=opening.pk).update(text_en="And show how you speak.")
    assert by_date.revisit_all(clock.now()) == 1


def test_a_round_is_judged_by_nobody_who_ranks_or_offers_seats_in_it_and_a_rival_sees_nothing() -> None:
    runs = people.organisation()
    found = rounds.draft(runs)
    seat = rounds.seat(found, limits=[{"group": "region:*", "reserve": 1, "quota": None}])
    members = ethics.board()
    host = ethics.seat(people.representative(seat.opening.organisation))
    speaker, rival = people.representative(runs), client_of(people.representative(people.organisation()))
    body = {"kind": "round", "subject": str(found.uid)}
    address = "/api/v1/ethics/assessments"
    assert rival.post(address, body, content_type=JSON).status_code == 404
    assert rival.get(f"/ethics/of/round/{found.uid}").status_code == 404
    begun = client_of(speaker).post(address, body, content_type=JSON)
    assert begun.status_code == 201, begun.content
    made = EthicsAssessment.objects.get()
    assert getattr(gates.check("placement.open", found, SYSTEM), "reason", "") == "ethics_waiting"
    approved(made, speaker, members)
    assert gates.check("placement.open", found, SYSTEM)
    free = EthicsAssessment.objects.filter(visibility.elsewhere_q(host))
    assert not free.exists()
    assert EthicsAssessment.objects.filter(visibility.elsewhere_q(members[2])).exists()
    seat.limits = []
    seat.save()
    changed = gates.check("placement.open", type(found).objects.get(pk=found.pk), SYSTEM)
    assert getattr(changed, "reason", "") == "ethics_changed"
    opened = type(found).objects.filter(pk=found.pk)
    opened.update(opened_at=clock.now(), state="open")
    assert f"/ethics/of/round/{found.uid}" in rival.get(f"/placement-rounds/{found.uid}").content.decode()
    assert rival.get(f"/ethics/assessments/{made.uid}").status_code == 404


def test_pages_of_openings_and_rounds_ask_a_fixed_number_of_queries(
    django_assert_max_num_queries: Any,
) -> None:
    opening, found = openings.opening(openings.verified(), is_open=False), rounds.draft()
    asked_for("opening", opening.uid)
    asked_for("round", found.uid)
    desk = client_of(people.person(roles=["secretariat"]))
    for address in (
        f"/openings/{opening.uid}",
        f"/placement-rounds/{found.uid}",
        f"/ethics/of/round/{found.uid}",
    ):
        desk.get(address)
        with django_assert_max_num_queries(12):
            assert desk.get(address).status_code == 200
