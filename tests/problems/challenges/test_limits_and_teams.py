"""Limits hold for people and not only for teams; a team that everybody left leaves the board."""

import io
from datetime import timedelta

import pytest

from dure.foundation import clock, workflow
from dure.foundation.access import Denied
from dure.people.models import Person
from dure.problems import quota, rules_hosting
from dure.problems.actions import rescores, submissions, teams
from dure.problems.models import Board, Challenge, Team
from dure.problems.scoring import boards
from tests.factories.people import client_of, person
from tests.factories.problems import entered, open_challenge, predictions
from tests.problems.hosting import making

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def used(team: Team) -> tuple[int, int]:
    found = quota.quota_of(team, team.challenge.phases.get())
    return found.today, found.total


def hand_in(by: Person, challenge: Challenge, *, seed: int = 0) -> None:
    body = predictions(challenge, seed=seed)
    submissions.submit(by=by, challenge=challenge, stream=io.BytesIO(body), filename="p.csv")


def joined(team: Team, guest: Person) -> Team:
    lead = team.members.get(is_lead=True).person
    return teams.accept(by=guest, invitation=teams.invite(by=lead, team=team, person=guest))


def test_who_leaves_and_begins_anew_gets_no_fresh_limits() -> None:
    challenge = open_challenge(rows=30)
    challenge.phases.update(per_day=2)
    one = person()
    first = entered(challenge, by=one, name="first")
    hand_in(one, challenge)
    hand_in(one, challenge, seed=1)
    teams.leave(by=one, team=first)
    second = entered(challenge, by=one, name="second")
    assert used(second) == (2, 2)
    with pytest.raises(Denied, match="day_quota"):
        hand_in(one, challenge, seed=2)
    with clock.at(clock.now() + timedelta(days=1)):
        hand_in(one, challenge, seed=2)
        assert used(second) == (1, 3)


def test_people_bring_what_they_used_and_no_more() -> None:
    """A teammate's files in the team one left are not one's own; those of the new team all count."""
    challenge = open_challenge(rows=30)
    stays, moves, other = person(), person(), person()
    old = joined(entered(challenge, by=stays, name="old"), moves)
    hand_in(stays, challenge)
    hand_in(moves, challenge, seed=1)
    new = entered(challenge, by=other, name="new")
    hand_in(other, challenge, seed=2)
    teams.leave(by=moves, team=old)
    joined(new, moves)
    assert used(new) == (2, 2)
    assert used(old) == (2, 2)
    teams.leave(by=moves, team=new)
    assert used(new) == (1, 1)


def test_another_challenge_has_limits_of_its_own() -> None:
    one, two = open_challenge(rows=30), open_challenge(rows=30)
    someone = person()
    entered(one, by=someone)
    hand_in(someone, one)
    assert used(entered(two, by=someone)) == (0, 0)


def test_a_team_that_everybody_left_leaves_the_board_and_cannot_win() -> None:
    challenge = making.with_teams(2)
    gone = challenge.teams.get(name="team 0")
    lead = gone.members.get().person
    assert "team is dissolved" in english(lead, f"/challenges/{challenge.slug}/team")
    teams.leave(by=lead, team=gone)
    making.score_all()
    challenge = making.fresh(challenge)
    assert names(challenge, "public") == ["team 1"]
    workflow.perform(challenge, "close", by=making.host_of(challenge))
    making.score_all()
    challenge = making.fresh(challenge)
    assert names(challenge, "private") == ["team 1"]
    (winner,) = rules_hosting.prospective(challenge)
    assert winner.team == str(challenge.teams.get(name="team 1").uid)
    assert gone.submissions.count() == 1


def english(one: Person, url: str) -> str:
    client = client_of(one)
    client.cookies["dure_language"] = "en"
    return str(client.get(url).content.decode())


def names(challenge: Challenge, view: str) -> list[str]:
    board = boards.latest(challenge, view)
    assert board is not None
    return [row["name"] for row in board.rows]


def test_a_rescore_ends_although_a_team_is_gone() -> None:
    challenge = making.with_teams(2)
    gone = challenge.teams.get(name="team 0")
    teams.leave(by=gone.members.get().person, team=gone)
    rescores.change_answers(
        by=making.host_of(challenge), challenge=challenge, truth=making.corrected(challenge), note_en="x"
    )
    making.score_all()
    assert rescores.running(challenge) is None
    board = boards.latest(making.fresh(challenge), Board.View.PUBLIC)
    assert board is not None
    assert board.scored == 1


def test_the_second_metric_stands_on_the_final_board_only() -> None:
    challenge = making.with_teams(1, second_metric="mae")
    page = f"/challenges/{challenge.slug}/leaderboard"
    host = making.host_of(challenge)
    assert "Mean absolute error" not in english(host, page)
    workflow.perform(challenge, "close", by=host)
    making.score_all()
    text = english(host, page)
    assert "Mean absolute error" in text
    row = client_of(host).get(f"/api/v1{page}").json()["rows"][0]
    assert f"{row['second']:.4f}" in text
    table = client_of(host).get(f"/api/v1{page}.csv").content.decode("utf-8-sig").splitlines()
    assert table[0].split(",")[-1] == "reproduced"
    assert f"{row['second']:.4f}"[:5] in table[1]
