"""From what a need takes to a team that is formed: without names, by consent at each look, only for who may see the need."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from dure.foundation import clock, notices, waiting, workflow
from dure.foundation.access import Denied, Hidden, Refused
from dure.foundation.faults import Faulty
from dure.foundation.models import AuditEntry, Notice
from dure.people.actions import circles
from dure.people.exports import export_of
from dure.people.models import Person
from dure.problems.models import Problem, Workroom
from dure.talent.events import ConsentTakenBack
from dure.talent.models import AccessEntry, ConsentGrant, TeamProposal, TeamSeat
from dure.talent.profiles import consent, retention
from dure.talent.teams import access, answering, by_date, choosing, following, needing, pool
from tests.factories import matching, people, teams
from tests.factories.people import client_of
from tests.factories.problems import accepted_need
from tests.factories.teams import LEAKAGE, PYTHON, SKILLS

pytestmark = pytest.mark.django_db
JSON = "application/json"
MOST_QUERIES = 12


@pytest.fixture
def problem() -> Problem:
    return teams.sought()


@pytest.fixture
def pair() -> tuple[Person, Person]:
    """Two of different organisations who have all of it between them."""
    return teams.willing({LEAKAGE: 3}), teams.willing({PYTHON: 3})


def proposed(problem: Problem) -> set[Person]:
    """Everybody who can be proposed for it now."""
    return set(pool.pool_of(problem, SKILLS, by=problem.owner).persons.values())


def refused(denied: pytest.ExceptionInfo[Denied]) -> str:
    return denied.value.refused.reason


def take_back(person: Person) -> None:
    """As the event that follows on commit does it, without a commit."""
    consent.take_back(ConsentGrant.objects.get(person=person, withdrawn_at=None), by=person)
    following.follow(ConsentTakenBack(person=str(person.uid), purpose="teams"))


def test_only_people_who_agreed_and_may_see_the_need_are_proposed(problem: Problem) -> None:
    one, other = teams.willing({LEAKAGE: 3}), teams.willing({PYTHON: 2})
    matching.agreed(matching.seeker({LEAKAGE: 3}))
    matching.agreed(matching.seeker({LEAKAGE: 3}), people.organisation(), purpose="teams")
    matching.agreed(matching.seeker({LEAKAGE: 3}), purpose="teams", fields=["languages"])
    matching.agreed(
        matching.seeker({LEAKAGE: 3}, available_until=clock.today() - timedelta(days=1)), purpose="teams"
    )
    assert problem.organisation is not None
    speaker = teams.willing({LEAKAGE: 3})
    people.member(speaker, problem.organisation, "representative")
    assert proposed(problem) == {one, other}
    with clock.at(clock.now() + timedelta(days=91)):
        assert proposed(problem) == set()


@pytest.mark.parametrize("audience", ["public", "members", "circle", "private"])
def test_whoever_is_proposed_sees_the_need_by_its_audience(audience: str) -> None:
    member, stranger, insider = (teams.willing({LEAKAGE: 3}) for _ in range(3))
    stranger.memberships.update(ends_on=clock.today() - timedelta(days=1))
    circle = circles.create_circle(by=member, kind="shared")
    circles.add_person(circle, insider, by=member)
    made = accepted_need(audience=audience, circle=circle if audience == "circle" else None)
    Problem.objects.filter(pk=made.pk).update(audience=audience)
    problem = teams.sought(Problem.objects.get(pk=made.pk))
    seeing = {
        one
        for one in (member, stranger, insider)
        if Problem.objects.visible_to(one).filter(pk=problem.pk).exists()
    }
    assert proposed(problem) == seeing
    assert len(seeing) == {"public": 3, "members": 2, "circle": 1, "private": 0}[audience]


def test_the_owner_confirms_skills_and_reads_teams_without_names(
    pair: tuple[Person, Person], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    problem = accepted_need(owner=people.person(language="en"), hurts_en="We fear data leakage.")
    browser = client_of(problem.owner)
    url = f"/problems/{problem.uid}/team"
    assert url in browser.get(f"/problems/{problem.uid}").content.decode()
    page = browser.get(url).content.decode()
    assert "<mark>data leakage</mark>" in page
    for slug, level in SKILLS:
        browser.post(url, {"skill": slug, "level": level})
    assert browser.post(url, {"least": 4, "most": 2, "target": 80}).status_code == 422
    assert browser.post(url, {"least": 2, "most": 3, "target": 50}).status_code == 302
    browser.get(url)
    with django_assert_max_num_queries(MOST_QUERIES):
        page = browser.get(f"{url}/proposals").content.decode()
    assert "In new situations" in page
    assert "very likely covered" in page
    for person in pair:
        for said in (person.name_en, person.name_ko, str(person.uid), str(person.email)):
            assert said not in page
        entry = AccessEntry.objects.get(person=person)
        assert (entry.by, entry.organisation, entry.purpose) == (problem.owner, problem.organisation, "teams")
    assert AuditEntry.objects.filter(action="team_need.stated").exists()


def test_pages_of_teams_take_a_fixed_number_of_queries(
    problem: Problem, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    counts: list[list[int]] = []
    for _ in range(2):
        for skills in ({LEAKAGE: 3}, {PYTHON: 3}, {LEAKAGE: 2, PYTHON: 2}):
            teams.willing(skills)
        AccessEntry.objects.all().delete()
        browser, made = client_of(problem.owner), []
        browser.get(f"/problems/{problem.uid}")
        for url in (f"/problems/{problem.uid}/team", f"/problems/{problem.uid}/team/proposals"):
            with django_assert_max_num_queries(MOST_QUERIES) as seen:
                browser.get(url)
            made.append(len(seen))
        proposal = teams.chosen(problem)
        AccessEntry.objects.all().delete()
        with django_assert_max_num_queries(MOST_QUERIES) as seen:
            browser.get(f"/team-proposals/{proposal.uid}")
        counts.append([*made, len(seen)])
    assert counts[0][1:] == counts[1][1:]


def test_nobody_else_looks_for_a_team(problem: Problem, client: Client) -> None:
    urls = [f"/problems/{problem.uid}/team", f"/problems/{problem.uid}/team/proposals"]
    assert problem.curator is not None
    others = [people.person(), problem.curator, people.person(roles=["auditor"])]
    for url in urls:
        assert client.get(url).status_code == 403
        for someone in others:
            assert client_of(someone).get(url).status_code == 403
            assert client_of(someone).get(f"/api/v1{url}").status_code == 403
        assert client_of(people.person(roles=["secretariat"])).get(url).status_code == 200
    Problem.objects.filter(pk=problem.pk).update(audience="private")
    assert client_of(others[0]).get(urls[0]).status_code == 404
    Problem.objects.filter(pk=problem.pk).update(state="delivered")
    assert client_of(problem.owner).get(urls[0]).status_code == 403


def test_all_say_yes_then_names_are_read_and_the_secretariat_opens_a_workroom(
    problem: Problem, pair: tuple[Person, Person]
) -> None:
    proposal = teams.chosen(problem)
    first, second = pair
    notice = Notice.objects.get(person=first)
    assert "proposed for a team" in notices.text(notice)
    own, owner = client_of(first), client_of(problem.owner)
    page = own.get(notice.url).content.decode()
    assert "1 other person: Industry 1" in page
    assert "probability of" in page
    assert second.name_en not in page
    assert own.get(f"/team-proposals/{proposal.uid}").status_code == 404
    assert owner.get(notice.url).status_code == 404
    assert [one.url for one in waiting.todos(first)] == [notice.url]
    own.post(f"{notice.url}/act", {"action": "accept"})
    assert first.name_en not in owner.get(f"/team-proposals/{proposal.uid}").content.decode()
    answering.answer(teams.seat_of(second), "accept", by=second)
    proposal.refresh_from_db()
    assert proposal.state == "formed"
    for reader in (owner, own):
        page = reader.get(f"/team-proposals/{proposal.uid}").content.decode()
        assert first.name_en in page
        assert second.name_en in page
    assert "is formed" in notices.text(Notice.objects.filter(person=problem.owner).latest("pk"))
    secretary = client_of(people.person(roles=["secretariat"]))
    assert owner.post(f"/team-proposals/{proposal.uid}/room").status_code == 403
    assert secretary.post(f"/team-proposals/{proposal.uid}/room").status_code == 302
    room = Workroom.objects.get()
    assert {solver.person for solver in room.solvers.all()} == set(pair)


def test_a_no_leaves_a_place_that_somebody_else_is_asked_for(
    problem: Problem, pair: tuple[Person, Person]
) -> None:
    proposal = teams.chosen(problem)
    stays, leaves = pair
    spare = teams.willing({PYTHON: 3})
    answering.answer(teams.seat_of(stays), "accept", by=stays)
    answering.answer(teams.seat_of(leaves), "decline", by=leaves, data={"reason": "No time this year."})
    url = f"/team-proposals/{proposal.uid}"
    owner = client_of(problem.owner)
    page = owner.get(url).content.decode()
    assert "1 place is free" in page
    assert "No time this year." in page
    assert leaves.name_en not in page
    assert [one.url for one in waiting.todos(problem.owner)] == [url]
    owner.post(f"{url}/refill", {"until": teams.in_a_week().isoformat()})
    assert teams.seat_of(spare).state == "proposed"
    assert leaves not in proposed(problem)
    with pytest.raises(Denied) as denied:
        choosing.refill(proposal, until=teams.in_a_week(), by=problem.owner)
    assert refused(denied) == "team_nothing_free"
    answering.answer(teams.seat_of(spare), "accept", by=spare)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.size) == ("formed", 2)


def test_when_all_say_no_the_team_is_empty_and_can_be_asked_anew(
    problem: Problem, pair: tuple[Person, Person]
) -> None:
    proposal = teams.chosen(problem)
    for person in pair:
        answering.answer(teams.seat_of(person), "decline", by=person)
    page = client_of(problem.owner).get(f"/team-proposals/{proposal.uid}").content.decode()
    assert "2 places are free" in page
    with pytest.raises(Denied) as denied:
        choosing.refill(proposal, until=teams.in_a_week(), by=problem.owner)
    assert refused(denied) == "team_nobody"
    fresh = {teams.willing({LEAKAGE: 3}), teams.willing({PYTHON: 3})}
    choosing.refill(proposal, until=teams.in_a_week(), by=problem.owner)
    assert {seat.person for seat in TeamSeat.objects.filter(state="proposed")} == fresh


def test_whoever_takes_the_consent_back_disappears_at_once(
    problem: Problem, pair: tuple[Person, Person]
) -> None:
    proposal = teams.chosen(problem)
    stays, leaves = pair
    owner = client_of(problem.owner)
    url = f"/api/v1/team-proposals/{proposal.uid}"
    answering.answer(teams.seat_of(leaves), "accept", by=leaves)
    assert len(owner.get(url).json()["asked"]) == 2
    consent.take_back(ConsentGrant.objects.get(person=leaves), by=leaves)
    seen = owner.get(url).json()
    assert (len(seen["asked"]), seen["free"]) == (1, 1)
    assert client_of(stays).get(f"/api/v1/team-seats/{teams.seat_of(stays).uid}").json()["kinds"] == []
    following.follow(ConsentTakenBack(person=str(leaves.uid), purpose="be_found"))
    assert teams.seat_of(leaves).state == "accepted"
    following.follow(ConsentTakenBack(person=str(leaves.uid), purpose="teams"))
    assert teams.seat_of(leaves).state == "released"
    answering.answer(teams.seat_of(stays), "accept", by=stays)
    proposal.refresh_from_db()
    assert proposal.state == "proposed"


def test_time_ends_what_nobody_answers(problem: Problem, pair: tuple[Person, Person]) -> None:
    proposal = teams.chosen(problem)
    one, other = pair
    answering.answer(teams.seat_of(one), "accept", by=one)
    assert by_date.seats_due(clock.now()) == 0
    late = clock.now() + timedelta(days=9)
    with clock.at(late):
        seat = teams.seat_of(other)
        with pytest.raises(Denied) as denied:
            answering.answer(seat, "accept", by=other)
        assert refused(denied) == "seat_too_late"
        assert (by_date.seats_due(late), by_date.seats_due(late)) == (1, 0)
        assert teams.seat_of(other).state == "expired"
        assert by_date.fall_through(late) == 0
    gone = late + timedelta(days=14)
    with clock.at(gone):
        assert (by_date.fall_through(gone), by_date.fall_through(gone)) == (1, 0)
    proposal.refresh_from_db()
    assert (proposal.state, teams.seat_of(one).state) == ("fell_through", "released")
    assert "does not come about" in notices.text(Notice.objects.filter(person=one).latest("pk"))


def test_consent_that_runs_out_frees_a_seat_by_the_clock(
    problem: Problem, pair: tuple[Person, Person]
) -> None:
    teams.chosen(problem)
    ConsentGrant.objects.filter(person=pair[0]).update(expires_on=clock.today() - timedelta(days=1))
    assert (by_date.seats_due(clock.now()), by_date.seats_due(clock.now())) == (1, 0)
    assert teams.seat_of(pair[0]).state == "released"


def test_a_withdrawn_proposal_frees_its_people_for_others(
    problem: Problem, pair: tuple[Person, Person]
) -> None:
    proposal = teams.chosen(problem)
    assert proposed(problem) == set()
    with pytest.raises(Denied):
        workflow.perform(proposal, "withdraw", by=problem.owner)
    workflow.perform(proposal, "withdraw", by=problem.owner, data={"reason": "Solved it ourselves."})
    assert proposed(problem) == set(pair)
    assert {seat.state for seat in TeamSeat.objects.all()} == {"released"}
    with pytest.raises(Denied) as denied:
        answering.answer(teams.seat_of(pair[0]), "decline", by=pair[0])
    assert denied.value.conflict


def test_a_seat_is_hidden_with_its_need_and_from_everybody_else(
    problem: Problem, pair: tuple[Person, Person]
) -> None:
    teams.chosen(problem)
    seat = teams.seat_of(pair[0])
    for someone in (pair[1], problem.owner, people.person(roles=["secretariat"])):
        with pytest.raises(Hidden):
            access.access_seat(someone, seat.uid)
    Problem.objects.filter(pk=problem.pk).update(audience="private")
    with pytest.raises(Hidden):
        access.access_seat(pair[0], seat.uid)
    assert list(waiting.todos(pair[0])) == []


def test_only_a_team_that_still_stands_there_can_be_chosen(
    problem: Problem, pair: tuple[Person, Person]
) -> None:
    listed = choosing.shown_for(problem, needing.need_of(problem), by=problem.owner)
    assert listed is not None
    assert listed.count == len(pair)
    with pytest.raises(Denied) as denied:
        choosing.choose(problem, listed.rows[0].team, until=clock.today(), by=problem.owner)
    assert refused(denied) == "team_wrong_day"
    take_back(pair[0])
    with pytest.raises(Denied) as denied:
        choosing.choose(problem, listed.rows[0].team, until=teams.in_a_week(), by=problem.owner)
    assert denied.value.conflict
    assert not TeamProposal.objects.exists()


def test_every_fault_of_what_is_looked_for_is_said_at_once(problem: Problem) -> None:
    wrong = [("no-such-skill", 2), (LEAKAGE, 9), (LEAKAGE, 2)]
    with pytest.raises(Faulty) as faulty:
        needing.state(problem, wrong, by=problem.owner, least=1, most=2, target=80)
    assert {fault.code for fault in faulty.value.faults} == {
        "team_skill_unknown",
        "team_skill_twice",
        "team_skill_level",
    }
    with pytest.raises(Faulty) as faulty:
        needing.size(problem, by=problem.owner, least=3, most=9, target=81)
    assert {fault.code for fault in faulty.value.faults} == {"team_sizes", "team_target"}


def test_the_same_over_rest(pair: tuple[Person, Person]) -> None:
    problem = accepted_need(owner=people.person(language="en"))
    owner, url = client_of(problem.owner), f"/api/v1/problems/{problem.uid}/team"
    body = {"skills": [{"skill": slug, "level": level} for slug, level in SKILLS], "target": 50}
    assert owner.put(url, body, content_type=JSON).json()["least"] == 2
    teams_now = owner.get(f"{url}/proposals").json()
    assert teams_now["count"] == 2
    (only,) = teams_now["items"]
    assert only["is_exact"]
    given = {"team": only["team"], "until": teams.in_a_week().isoformat()}
    made = owner.post(f"{url}/proposals", given, content_type=JSON)
    assert made.status_code == 201
    assert owner.get(f"{url}/chosen").json()["count"] == 1
    for person in pair:
        own = client_of(person)
        (seat,) = own.get("/api/v1/me/team-seats").json()["items"]
        answer = own.post(
            f"/api/v1/team-seats/{seat['uid']}/actions", {"action": "accept"}, content_type=JSON
        )
        assert answer.json()["state"] == "accepted"
    found = owner.get(f"/api/v1/team-proposals/{made.json()['uid']}").json()
    assert {one["name"] for one in found["members"]} == {person.name_en for person in pair}
    assert found["asked"] == []


def test_what_a_person_takes_along_and_what_a_deletion_leaves(
    problem: Problem, pair: tuple[Person, Person]
) -> None:
    proposal = teams.chosen(problem)
    with zipfile.ZipFile(io.BytesIO(export_of(problem.owner))) as found_along:
        assert str(proposal.uid).encode() in found_along.read("proposed_teams.json")
    retention.delete(pair[0], why=retention.ASKED)
    assert not TeamSeat.objects.filter(person=pair[0]).exists()
    found = client_of(problem.owner).get(f"/api/v1/team-proposals/{proposal.uid}").json()
    assert (found["free"], len(found["asked"])) == (1, 1)


def test_a_guard_says_why_a_team_is_not_formed(problem: Problem, pair: tuple[Person, Person]) -> None:
    proposal = teams.chosen(problem)
    answering.answer(teams.seat_of(pair[0]), "accept", by=pair[0])
    decision = workflow.decide(proposal, "form", by=problem.owner)
    assert isinstance(decision, Refused)
    assert decision.reason == "by_clock"
