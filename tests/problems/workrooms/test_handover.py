"""From a declared result to a solved need: the owner and the winners meet in a workroom, and only they learn of it."""

import io
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dure.foundation import clock, notices, workflow
from dure.foundation.access import Role
from dure.foundation.models import Notice
from dure.people.models import Membership, Person
from dure.problems.actions import handover, teams, winners, workrooms
from dure.problems.models import Award, Challenge, Problem, Team, Workroom
from tests.factories.people import client_of, member, person
from tests.factories.problems import entered, open_challenge, submitted
from tests.problems.hosting import making

pytestmark = pytest.mark.django_db
REPORT = "Run `make`; it prints the same score."


@dataclass
class Cast:
    """A finished challenge with its winners, in the order of their places."""

    challenge: Challenge
    host: Person
    winners: list[Person]

    @property
    def problem(self) -> Problem:
        return Problem.objects.get(pk=self.challenge.problem_id)

    @property
    def owner(self) -> Person:
        return self.problem.owner

    @property
    def page(self) -> str:
        return f"/challenges/{self.challenge.slug}"

    def open(self, by: Person) -> int:
        return int(client_of(by).post(f"{self.page}/workrooms").status_code)


def finished(*, places: int = 1, teams: int = 2) -> Cast:
    challenge = making.closed(teams, places=places)
    host = making.host_of(challenge)
    asked = winners.ask(by=host, challenge=challenge)
    leads = [accepted(award, host) for award in asked]
    making.score_all()
    workflow.perform(challenge, "finish", by=host)
    return Cast(making.fresh(challenge), host, leads)


def accepted(award: Award, host: Person) -> Person:
    """The team's code is handed in and accepted; gives the team's lead."""
    lead = award.team.members.get(is_lead=True).person
    winners.add_file(by=lead, award=award, stream=io.BytesIO(b"print(1)"), filename="code.zip")
    winners.accept(by=host, award=winners.hand_in(by=lead, award=award, report=REPORT))
    return lead


def todo_urls(one: Person) -> list[str]:
    return [todo.url for todo in notices.todos(one)]


def test_the_next_step_after_the_result_stands_in_front_of_host_and_owner() -> None:
    cast = finished()
    button = reverse("problems:winners_rooms", kwargs={"slug": cast.challenge.slug})
    assert button in client_of(cast.host).get(f"{cast.page}/manage/winners").text
    for url in (cast.page, f"/problems/{cast.problem.uid}"):
        assert button in client_of(cast.owner).get(url).text
        assert button not in client_of(cast.winners[0]).get(url).text
        assert button not in Client().get(url).text
    assert cast.page in todo_urls(cast.owner)
    assert cast.page in todo_urls(cast.host)
    told = Notice.objects.get(person=cast.owner, kind="problems.challenge_finished")
    assert told.url == cast.page


def test_one_press_opens_one_room_and_the_need_stays_open() -> None:
    cast = finished()
    assert cast.open(cast.owner) == 302
    assert cast.open(cast.host) == 302
    room = Workroom.objects.get()
    assert [solver.person for solver in room.solvers.all()] == cast.winners
    assert cast.problem.state == "open"
    assert cast.page not in todo_urls(cast.owner)
    url = reverse("problems:workroom", kwargs={"uid": room.uid})
    for one in (cast.owner, cast.host, *cast.winners):
        assert url in client_of(one).get(cast.page).text
        assert client_of(one).get(url).status_code == 200
    assert Notice.objects.filter(kind="problems.room_opened", person=cast.winners[0]).count() == 1


def test_every_winning_team_gets_a_room_of_its_own() -> None:
    cast = finished(places=2, teams=3)
    assert cast.open(cast.owner) == 302
    rooms = Workroom.objects.order_by("id")
    assert [room.team.name for room in rooms if room.team] == ["team 0", "team 1"]
    first, second = ({solver.person for solver in room.solvers.all()} for room in rooms)
    assert (first, second) == ({cast.winners[0]}, {cast.winners[1]})
    assert client_of(cast.winners[0]).get(f"/workrooms/{rooms[1].uid}").status_code == 404
    assert str(rooms[1].uid) not in client_of(cast.winners[0]).get(cast.page).text


def test_only_host_and_owner_once_the_result_is_declared_and_while_the_need_is_at_work() -> None:
    challenge = making.closed(2)
    host, problem = making.host_of(challenge), challenge.problem
    page = f"/challenges/{challenge.slug}/workrooms"
    assert client_of(host).post(page).status_code == 403
    cast = finished()
    speaker, outsider = person(), person()
    assert cast.problem.organisation is not None
    member(speaker, cast.problem.organisation, Membership.Role.REPRESENTATIVE)
    for one in (outsider, *cast.winners, person(roles=[Role.AUDITOR])):
        assert cast.open(one) == 403
    assert Client().post(f"{cast.page}/workrooms").status_code in (302, 403)
    assert not Workroom.objects.exists()
    assert cast.open(speaker) == 302
    workflow.perform(cast.problem, "solve", by=cast.owner)
    assert cast.open(cast.owner) == 403
    assert problem.workrooms.count() == 0


def test_without_a_winner_there_is_nobody_to_meet() -> None:
    challenge = making.closed(1)
    host = making.host_of(challenge)
    (award,) = winners.ask(by=host, challenge=challenge)
    winners.decline(by=host, award=award, reason="It reads the answers.")
    workflow.perform(challenge, "finish", by=host)
    browser = client_of(host)
    answer = browser.post(f"/api/v1/challenges/{challenge.slug}/workrooms")
    assert (answer.status_code, json.loads(answer.content)["code"]) == (403, "no_winner")
    assert f"/challenges/{challenge.slug}/workrooms" not in browser.get(f"/challenges/{challenge.slug}").text
    assert f"/challenges/{challenge.slug}" not in todo_urls(challenge.problem.owner)
    assert Notice.objects.filter(kind="problems.challenge_without_winner").exists()


def test_a_room_that_was_given_up_is_not_opened_again_by_the_same_press() -> None:
    cast = finished()
    cast.open(cast.owner)
    room = Workroom.objects.get()
    workflow.perform(room, "abandon", by=cast.owner, data={"reason": "We go another way."})
    cast.open(cast.owner)
    assert Workroom.objects.get().state == "abandoned"


def test_whoever_came_to_speak_for_the_owner_is_not_a_solver() -> None:
    challenge = open_challenge()
    lead, mate = person(), person()
    team = entered(challenge, by=lead)
    teams.accept(by=mate, invitation=teams.invite(by=lead, team=team, person=mate))
    submitted(team)
    making.score_all()
    workflow.perform(challenge, "close", by=making.host_of(challenge))
    making.score_all()
    host = making.host_of(challenge)
    (award,) = winners.ask(by=host, challenge=making.fresh(challenge))
    accepted(award, host)
    making.score_all()
    workflow.perform(challenge, "finish", by=host)
    assert challenge.problem.organisation is not None
    member(mate, challenge.problem.organisation, Membership.Role.REPRESENTATIVE)
    (room,) = handover.open_rooms(by=host, challenge=making.fresh(challenge))
    assert [solver.person for solver in room.solvers.all()] == [lead]


def test_from_the_winners_code_to_the_owners_word(django_assert_max_num_queries: Any) -> None:
    cast = finished()
    (room,) = handover.open_rooms(by=cast.owner, challenge=cast.challenge)
    solver = cast.winners[0]
    workrooms.add_milestone(by=solver, room=room, title="First run", due_on=clock.today() + timedelta(days=9))
    workflow.perform(room, "propose_plan", by=solver)
    workflow.perform(room, "agree_plan", by=cast.owner)
    version = workrooms.start_version(by=solver, room=room)
    assert version.run == REPORT
    assert [file.filename for file in version.files.all()] == ["code.zip"]
    words = {"title": "Forecast", "what": "w", "environment": "Python 3.12", "licence": "MIT"}
    version = workrooms.write_version(by=solver, version=version, **words)
    version = workflow.perform(version, "hand_over", by=solver)
    assert version.manifest["files"][0]["name"] == "code.zip"
    assert cast.problem.state == "delivered"
    version = workflow.perform(version, "try", by=cast.owner, data={"ran": True, "words": "It runs."})
    workflow.perform(version, "accept", by=cast.owner)
    assert cast.problem.state == "delivered"
    browser = client_of(cast.owner)
    browser.get(cast.page)
    with django_assert_max_num_queries(12):
        page = browser.get(f"/workrooms/{room.uid}").text
    assert f"/problems/{cast.problem.uid}" in page
    workflow.perform(cast.problem, "solve", by=cast.owner)
    assert cast.problem.state == "solved"


def test_the_same_over_rest() -> None:
    cast = finished(places=2, teams=3)
    url = f"/api/v1{cast.page}/workrooms"
    owner, winner = client_of(cast.owner), client_of(cast.winners[0])
    assert winner.post(url).status_code == 403
    assert json.loads(owner.get(url).content) == []
    made = owner.post(url)
    assert made.status_code == 201
    assert [room["team"] for room in json.loads(made.content)] == ["team 0", "team 1"]
    assert json.loads(owner.post(url).content) == json.loads(owner.get(url).content)
    assert [room["team"] for room in json.loads(winner.get(url).content)] == ["team 0"]
    assert json.loads(Client().get(url).content) == []


def test_pages_of_a_finished_challenge_ask_little(django_assert_max_num_queries: Any) -> None:
    cast = finished(places=2, teams=3)
    handover.open_rooms(by=cast.owner, challenge=cast.challenge)
    browser = client_of(cast.owner)
    for url in (cast.page, f"/problems/{cast.problem.uid}", f"{cast.page}/manage/winners"):
        browser.get(url)
        with django_assert_max_num_queries(12):
            browser.get(url)


def test_whoever_may_look_at_the_answers_does_not_compete() -> None:
    challenge = open_challenge()
    speaker = person()
    assert challenge.problem.organisation is not None
    member(speaker, challenge.problem.organisation, Membership.Role.REPRESENTATIVE)
    barred = [speaker, challenge.problem.owner, making.host_of(challenge), person(roles=[Role.SECRETARIAT])]
    for one in barred:
        page = f"/challenges/{challenge.slug}"
        assert client_of(one).post(f"{page}/enter", {"name": "us"}).status_code == 403
        assert f'{page}/data#take-part"' not in client_of(one).get(page).text
    assert not Team.objects.filter(challenge=challenge).exists()
    colleague = person()
    member(colleague, challenge.problem.organisation)
    assert client_of(colleague).post(f"/challenges/{challenge.slug}/enter", {"name": "us"}).status_code == 302
