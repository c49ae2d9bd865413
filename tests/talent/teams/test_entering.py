"""A team that is formed takes part in the challenge: one enters, the others are invited, and nobody is put in."""

import pytest
from pytest_django import DjangoAssertNumQueries

from dure.foundation import notices, waiting
from dure.foundation.access import Denied
from dure.foundation.models import Notice
from dure.people.models import Person
from dure.problems.actions.terms import accept_terms
from dure.problems.actions.terms_choice import choose_terms
from dure.problems.models import Challenge, Team, TeamInvitation
from dure.talent.models import TeamProposal
from dure.talent.teams import answering, choosing, entering, needing
from tests.factories import people, teams
from tests.factories.people import client_of
from tests.factories.problems import accepted_need, entered, open_challenge
from tests.factories.teams import LEAKAGE, PYTHON, SKILLS

pytestmark = pytest.mark.django_db
JSON = "application/json"
MOST_QUERIES = 12


@pytest.fixture
def pair() -> tuple[Person, Person]:
    return teams.willing({LEAKAGE: 3}), teams.willing({PYTHON: 3})


@pytest.fixture
def challenge() -> Challenge:
    """Open, with terms to be accepted; its need looks for a team."""
    need = accepted_need(owner=people.person(language="en"))
    assert need.curator is not None
    choose_terms(by=need.curator, problem=need, template="data_use", values={})
    made = open_challenge(problem=need)
    needing.state(made.problem, SKILLS, by=made.problem.owner, least=2, most=5, target=50)
    return made


@pytest.fixture
def formed(challenge: Challenge, pair: tuple[Person, Person]) -> TeamProposal:
    made = teams.chosen(challenge.problem)
    for person in pair:
        answering.answer(teams.seat_of(person), "accept", by=person)
    return TeamProposal.objects.select_related("problem__challenge").get(pk=made.pk)


def agree(challenge: Challenge, *persons: Person) -> None:
    for person in persons:
        accept_terms(by=person, problem=challenge.problem)


def test_one_enters_the_other_is_invited_and_each_accepts_the_terms(
    challenge: Challenge,
    pair: tuple[Person, Person],
    formed: TeamProposal,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    url = f"/team-proposals/{formed.uid}"
    first, second = (client_of(one) for one in pair)
    assert [one.url for one in waiting.todos(pair[0])] == [url]
    first.get(url)
    with django_assert_max_num_queries(MOST_QUERIES):
        page = first.get(url).content.decode()
    assert "Read and accept the terms first." in page
    assert f"/challenges/{challenge.slug}/data#take-part" in page
    assert client_of(pair[0]).get(f"/api/v1{url}").json()["entry"]["refused"] == "terms"
    assert first.post(f"{url}/enter").status_code == 403
    assert not Team.objects.filter(challenge=challenge).exists()
    agree(challenge, pair[0])
    assert "Enter and invite the others" in first.get(url).content.decode()
    assert first.post(f"{url}/enter", {"name": "Leak and Python"}).status_code == 302
    team = Team.objects.get(challenge=challenge)
    assert (team.name, [one.person for one in team.members.all()]) == ("Leak and Python", [pair[0]])
    told = Notice.objects.filter(person=pair[1]).latest("pk")
    assert "invites you to the team Leak and Python" in notices.text(told)
    assert second.post(f"{url}/enter").status_code == 403
    agree(challenge, pair[1])
    assert "Join the team “Leak and Python”" in second.get(url).content.decode()
    second.post(f"{url}/enter")
    assert set(Team.objects.get(challenge=challenge).members.values_list("person", flat=True)) == {
        one.pk for one in pair
    }
    assert "You are in the team “Leak and Python”" in first.get(url).content.decode()
    assert [list(waiting.todos(one)) for one in pair] == [[], []]


def test_nobody_else_enters_or_reads_who_takes_part(
    challenge: Challenge, pair: tuple[Person, Person], formed: TeamProposal
) -> None:
    agree(challenge, *pair)
    for someone in (challenge.problem.owner, people.person(roles=["secretariat"])):
        browser = client_of(someone)
        assert (
            "Take part in the challenge together"
            not in browser.get(f"/team-proposals/{formed.uid}").content.decode()
        )
        assert browser.get(f"/api/v1/team-proposals/{formed.uid}").json()["entry"] is None
        assert browser.post(f"/team-proposals/{formed.uid}/enter").status_code == 403
    assert client_of(people.person()).post(f"/team-proposals/{formed.uid}/enter").status_code == 404


def test_one_team_a_person_and_no_larger_team_than_the_host_allows(
    challenge: Challenge, pair: tuple[Person, Person], formed: TeamProposal
) -> None:
    agree(challenge, *pair)
    other = entered(challenge, by=pair[1], name="Another")
    found = entering.enter(formed, by=pair[0])
    assert found.left_out[pair[1].pk].reason == "in_a_team"
    url = f"/api/v1/team-proposals/{formed.uid}"
    seen = client_of(pair[0]).get(url).json()["entry"]
    assert {one["place"] for one in seen["members"]} == {"inside", "elsewhere"}
    stranger = people.person()
    TeamInvitation.objects.create(team=other, person=stranger, invited_by=pair[1])
    other.members.create(challenge=challenge, person=stranger)
    refused = client_of(pair[1]).post(f"{url}/enter", {}, content_type=JSON)
    assert (refused.status_code, refused.json()["code"]) == (403, "in_other_team")
    Challenge.objects.filter(pk=challenge.pk).update(team_size=1)
    refused = client_of(pair[0]).post(f"{url}/enter", {}, content_type=JSON)
    assert refused.json()["code"] == "team_larger_than_allowed"


def test_no_team_is_proposed_that_the_challenge_would_not_take(
    challenge: Challenge, pair: tuple[Person, Person]
) -> None:
    Challenge.objects.filter(pk=challenge.pk).update(team_size=1)
    problem = Challenge.objects.select_related("problem").get(pk=challenge.pk).problem
    listed = choosing.shown_for(problem, needing.need_of(problem), by=problem.owner)
    assert listed is not None
    assert {len(one.members) for one in listed.rows} == {1}


def test_after_the_close_nobody_is_asked_to_enter(
    challenge: Challenge, pair: tuple[Person, Person], formed: TeamProposal
) -> None:
    Challenge.objects.filter(pk=challenge.pk).update(state="closed")
    assert list(waiting.todos(pair[0])) == []
    with pytest.raises(Denied) as denied:
        entering.enter(formed, by=pair[0])
    assert denied.value.refused.reason == "team_no_challenge"
