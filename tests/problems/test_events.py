"""What problems tell the floors above: heard through the door alone, once at least, also after a crash."""

import json
from collections.abc import Callable
from dataclasses import asdict, fields
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dure.foundation import clock, events, workflow
from dure.foundation.access import STRANGER, Denied, Role
from dure.people.models import Person
from dure.problems import api
from dure.problems.actions import handover, rescores, workrooms
from dure.problems.models import Problem
from tests.factories.people import client_of, person
from tests.factories.problems import accepted_need, draft_need
from tests.problems.hosting import making
from tests.problems.workrooms.test_handover import finished
from tests.problems.workrooms.test_pages import Cast, accepted, agree_on_a_plan, team_need

pytestmark = pytest.mark.django_db
KINDS = [
    kind
    for kind in (getattr(api, name) for name in api.__all__)
    if isinstance(kind, type) and issubclass(kind, events.Event)
]


class Floor:
    """A higher floor: it subscribes to everything through the door and keeps what it hears."""

    def __init__(self) -> None:
        self.heard: list[events.Event] = []
        for kind in KINDS:
            events.subscribe(kind, self.listener(kind))

    def listener(self, kind: type[events.Event]) -> Callable[[Any], None]:
        def hear(event: Any) -> None:
            self.heard.append(event)

        hear.__qualname__ = f"hear_{kind.__name__}"
        return hear

    def told(self, kind: type[Any]) -> list[Any]:
        """What came of this kind so far. Nothing was committed in a test, so it is as if each process had died before telling."""
        events.deliver_pending(limit=10_000)
        return [event for event in self.heard if type(event) is kind]


@pytest.fixture
def floor(monkeypatch: pytest.MonkeyPatch) -> Floor:
    monkeypatch.setattr(events, "_handlers", {})
    return Floor()


def test_the_door_names_every_event_and_each_says_what_it_means() -> None:
    from dure.problems import events as module  # noqa: PLC0415 - compared with the door here only

    declared = {
        kind
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, events.Event) and kind is not events.Event
    }
    assert declared == set(KINDS)
    assert all(kind.__doc__ and not kind.__doc__.startswith(f"{kind.__name__}(") for kind in KINDS)


def test_the_reference_lists_every_event_with_its_fields() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "events.md").read_text()
    for kind in KINDS:
        (line,) = [line for line in page.splitlines() if line.startswith(f"| `{kind.__name__}` ")]
        assert all(f"`{one.name}`" in line for one in fields(kind)), kind


def test_a_need_is_told_from_its_post_to_its_owners_word(floor: Floor) -> None:
    problem = accepted_need()
    assert problem.organisation is not None
    assert problem.curator is not None
    organisation = str(problem.organisation.uid)
    assert floor.told(api.NeedPosted) == [
        api.NeedPosted(str(problem.uid), organisation, str(problem.owner.uid))
    ]
    assert floor.told(api.NeedAccepted) == [
        api.NeedAccepted(str(problem.uid), organisation, "challenge", str(problem.curator.uid))
    ]
    Problem.objects.filter(pk=problem.pk).update(state="open")
    workflow.perform(problem, "solve", by=problem.owner)
    assert floor.told(api.NeedSolved) == [api.NeedSolved(str(problem.uid), organisation)]


def test_a_draft_and_a_refused_step_tell_nothing(floor: Floor) -> None:
    problem = draft_need(contact="")
    with pytest.raises(Denied):
        workflow.perform(problem, "post", by=problem.owner)
    events.deliver_pending()
    assert floor.heard == []


def test_an_unsolved_need_is_told(floor: Floor) -> None:
    problem = accepted_need()
    workflow.perform(problem, "give_up", by=person(roles=[Role.SECRETARIAT]), data={"reason": "No data."})
    assert [event.problem for event in floor.told(api.NeedUnsolved)] == [str(problem.uid)]


def test_a_challenge_is_told_from_opening_to_result(floor: Floor) -> None:
    cast = finished(places=2, teams=3)
    challenge = cast.challenge
    names = (str(challenge.uid), challenge.slug, str(challenge.problem.uid))
    assert floor.told(api.ChallengeOpened) == [api.ChallengeOpened(*names)]
    assert floor.told(api.ChallengeClosed) == [api.ChallengeClosed(*names)]
    (told,) = floor.told(api.ChallengeFinished)
    teams = {str(team.uid): team.name for team in challenge.teams.all()}
    assert [teams[uid] for uid in told.winners] == ["team 0", "team 1"]
    results = sorted(floor.told(api.ResultRecorded), key=lambda event: event.rank)
    assert [(one.rank, one.teams, one.won, teams[one.team]) for one in results] == [
        (1, 3, True, "team 0"),
        (2, 3, True, "team 1"),
        (3, 3, False, "team 2"),
    ]
    first = results[0]
    assert (first.person, first.metric, first.practice) == (str(cast.winners[0].uid), "rmse", False)
    assert first.low is not None
    assert first.high is not None
    assert first.low <= first.score <= first.high
    assert first.rank_low is not None
    assert first.rank_low <= first.rank
    order = [type(event) for event in floor.heard]
    assert order.index(api.ResultRecorded) < order.index(api.ChallengeFinished)


def test_a_rescore_is_told_when_it_is_through(floor: Floor) -> None:
    challenge = making.with_teams(1)
    rescores.change_answers(
        by=making.host_of(challenge), challenge=challenge, truth=making.corrected(challenge), note_en="x"
    )
    assert floor.told(api.Rescored) == []
    making.score_all()
    assert floor.told(api.Rescored) == [api.Rescored(str(challenge.uid), 2, 1)]


def test_a_workroom_is_told_from_opening_to_payoff(floor: Floor) -> None:
    problem, solver = team_need(), person()
    assert problem.curator is not None
    room = workrooms.open_room(by=problem.curator, problem=problem, solvers=[solver])
    around = {"workroom": str(room.uid), "problem": str(problem.uid), "team": ""}
    opened = api.WorkroomOpened(**around, solvers=[str(solver.uid)])
    assert floor.told(api.WorkroomOpened) == [opened]
    cast = Cast(problem, room, problem.owner, problem.curator, solver)
    agree_on_a_plan(cast)
    version = accepted(cast)
    assert floor.told(api.SolutionAccepted) == [
        api.SolutionAccepted(
            deliverable=str(version.uid),
            **around,
            manifest_sha256=version.manifest_sha256,
            solvers=[str(solver.uid)],
        )
    ]
    room.refresh_from_db()
    days = {"pilot_from": clock.today(), "pilot_until": clock.today() + timedelta(days=9)}
    workflow.perform(room, "start_pilot", by=cast.owner, data=days)
    workflow.perform(room, "end_pilot", by=cast.owner, data={"words": "It helps."})
    figure = {"payoff_amount": Decimal("12000000.00"), "payoff_unit": "KRW a year"}
    workflow.perform(
        room, "answer_paid", by=cast.owner, data={"paid": "yes", "payoff_words": "Repairs.", **figure}
    )
    (paid,) = floor.told(api.PayoffAnswered)
    assert (paid.paid, paid.amount, paid.unit) == ("yes", "12000000.00", "KRW a year")
    assert paid.solvers == [str(solver.uid)]


def test_a_winners_room_names_its_team(floor: Floor) -> None:
    cast = finished()
    handover.open_rooms(by=cast.owner, challenge=cast.challenge)
    (told,) = floor.told(api.WorkroomOpened)
    assert told.team == str(cast.challenge.awards.get().team.uid)


def test_every_event_survives_being_written_down(floor: Floor) -> None:
    """What is delivered after a crash comes from JSON: it must be equal to what was recorded."""
    cast = finished()
    handover.open_rooms(by=cast.owner, challenge=cast.challenge)
    events.deliver_pending(limit=10_000)
    assert len({type(event) for event in floor.heard}) >= 7
    for event in floor.heard:
        assert type(event)(**json.loads(json.dumps(asdict(event)))) == event
        assert {one.name for one in fields(event)} == set(asdict(event))


def test_a_floor_that_comes_later_reads_what_it_missed() -> None:
    cast = finished(places=1, teams=2)
    missed = list(api.recorded_results())
    assert sorted(event.rank for event in missed) == [1, 2]
    assert list(api.recorded_results(since=clock.now())) == []
    assert {event.challenge for event in missed} == {str(cast.challenge.uid)}


def results_seen(reader: Any, subject: Person) -> int:
    return api.results_of(subject, reader=reader).count()


def test_results_are_seen_by_oneself_teammates_hosts_and_the_auditor() -> None:
    cast = finished(places=1, teams=2)
    (first, second) = [record.person for record in cast.challenge.results.order_by("rank")]
    overseers = [person(roles=[Role.AUDITOR]), person(roles=[Role.SECRETARIAT])]
    for one in (first, cast.host, cast.owner, *overseers):
        assert results_seen(one, first) == 1
    for other in (second, person(), person(roles=[Role.OPERATOR]), STRANGER):
        assert results_seen(other, first) == 0


def test_a_person_reads_their_results_on_their_page_and_over_rest(django_assert_max_num_queries: Any) -> None:
    cast = finished(places=1, teams=2)
    first, second = [record.person for record in cast.challenge.results.order_by("rank")]
    page = f"/people/{first.uid}"
    mine, other = client_of(first), client_of(second)
    mine.get(page)
    with django_assert_max_num_queries(12):
        text = mine.get(page).text
    assert f"/challenges/{cast.challenge.slug}" in text
    assert f"/challenges/{cast.challenge.slug}" not in other.get(page).text
    (listed,) = json.loads(mine.get("/api/v1/results").content)["items"]
    assert (listed["rank"], listed["won"], listed["challenge"]) == (1, True, cast.challenge.slug)
    assert json.loads(mine.get(f"/api/v1{page}/results").content)["items"] == [listed]
    hidden = other.get(f"/api/v1{page}/results")
    assert hidden.status_code in (200, 404)
    assert cast.challenge.slug not in hidden.text


def test_an_organisations_page_shows_the_needs_its_reader_may_see(django_assert_max_num_queries: Any) -> None:
    shown = accepted_need(title_ko="모두가 보는 문제")
    firm = shown.organisation
    assert firm is not None
    hidden = accepted_need(
        organisation=firm, owner=shown.owner, audience="private", title_ko="안에서만 보는 문제"
    )
    page = f"/organisations/{firm.slug}"
    browser = client_of(person())
    browser.get(page)
    with django_assert_max_num_queries(12):
        text = browser.get(page).text
    assert "모두가 보는 문제" in text
    assert "안에서만 보는 문제" not in text
    assert "안에서만 보는 문제" in client_of(hidden.owner).get(page).text
