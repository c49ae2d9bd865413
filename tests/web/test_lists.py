"""Every list asks the database the same with three rows as with forty, and never much."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dure.foundation import audit, clock, workflow
from dure.foundation.models import Notice
from dure.people.actions import invitations, tokens
from dure.people.models import Organisation, Person
from dure.problems.actions import talk, workrooms
from dure.problems.models import Problem, Team
from tests.factories.people import client_of, member, organisation, person
from tests.factories.problems import accepted_need, draft_need, entered, open_challenge

pytestmark = pytest.mark.django_db
FEW, MORE, MOST = 3, 37, 12
REST = "/api/v1"
FEWER = 12  # a person has at most some twenty live tokens


@dataclass(frozen=True, slots=True)
class Place:
    """Who looks, and what the lists are about."""

    reader: Person
    firm: Organisation
    problem: Problem
    team: Team


@pytest.fixture
def place() -> Place:
    firm, reader = organisation(), person(roles=["secretariat", "auditor", "operator"])
    team = entered(open_challenge(rows=30))
    return Place(reader, firm, team.challenge.problem, team)


def tell(place: Place, count: int) -> None:
    Notice.objects.bulk_create(
        Notice(person=place.reader, kind="people.role_changed", params={}, url="/", created_at=clock.now())
        for _ in range(count)
    )


def trail(place: Place, count: int) -> None:
    for _ in range(count):
        audit.write(by=person(), action="team.enter", obj=place.team)


def people(place: Place, count: int) -> None:
    for _ in range(count):
        member(person(audience="public", headline_en="Talent"), place.firm)


def organisations(_place: Place, count: int) -> None:
    for _ in range(count):
        member(person(), organisation())


def invite(place: Place, count: int) -> None:
    for at in range(count):
        invitations.invite(by=place.reader, email=f"in{Notice.objects.count()}-{count}-{at}@example.org")


def make_tokens(place: Place, count: int) -> None:
    for at in range(min(count, FEWER)):
        tokens.create_token(place.reader, name=f"{count} {at}", scopes=["read"], days=1)


def needs(_place: Place, count: int) -> None:
    for _ in range(count):
        accepted_need()


def posted(_place: Place, count: int) -> None:
    for _ in range(count):
        need = draft_need()
        workflow.perform(need, "post", by=need.owner)


def running(_place: Place, count: int) -> None:
    for _ in range(min(count, FEWER)):
        open_challenge(rows=10)


def threads(place: Place, count: int) -> None:
    for at in range(count):
        talk.start_thread(by=person(), problem=place.problem, title=f"Question {at}", body="Why?")


def rooms(_place: Place, count: int) -> None:
    for _ in range(count):
        curator = person()
        need = accepted_need(curator=curator)
        Problem.objects.filter(pk=need.pk).update(route="team")
        need.refresh_from_db()
        workrooms.open_room(by=curator, problem=need, solvers=[person()])


LISTS: dict[str, tuple[Callable[[Place, int], None], Callable[[Place], str]]] = {
    "notices": (tell, lambda _place: "/notices"),
    "front": (tell, lambda _place: "/"),
    "trail": (trail, lambda _place: "/audit"),
    "people": (people, lambda _place: "/people"),
    "members": (people, lambda place: f"/organisations/{place.firm.slug}/people"),
    "organisation": (people, lambda place: f"/organisations/{place.firm.slug}"),
    "accounts": (people, lambda _place: "/accounts"),
    "organisations": (organisations, lambda _place: "/organisations"),
    "invitations": (invite, lambda _place: "/invitations"),
    "tokens": (make_tokens, lambda _place: "/me/tokens"),
    "needs": (needs, lambda _place: "/problems"),
    "triage": (posted, lambda _place: "/problems/triage"),
    "waiting": (posted, lambda _place: "/"),
    "threads": (threads, lambda place: f"/problems/{place.problem.uid}/talk"),
    "found": (people, lambda _place: "/search?q=Talent"),
    "rooms": (rooms, lambda _place: "/workrooms"),
    "rest-notices": (tell, lambda _place: f"{REST}/me/notices"),
    "rest-trail": (trail, lambda _place: f"{REST}/audit"),
    "rest-people": (people, lambda _place: f"{REST}/people"),
    "rest-members": (people, lambda place: f"{REST}/organisations/{place.firm.uid}/memberships"),
    "rest-organisation": (people, lambda place: f"{REST}/organisations/{place.firm.uid}/people"),
    "rest-accounts": (people, lambda _place: f"{REST}/accounts"),
    "rest-organisations": (organisations, lambda _place: f"{REST}/organisations"),
    "rest-invitations": (invite, lambda _place: f"{REST}/invitations"),
    "rest-tokens": (make_tokens, lambda _place: f"{REST}/me/tokens"),
    "rest-needs": (needs, lambda _place: f"{REST}/problems"),
    "rest-challenges": (running, lambda _place: f"{REST}/challenges"),
    "rest-threads": (threads, lambda place: f"{REST}/problems/{place.problem.uid}/threads"),
    "rest-rooms": (rooms, lambda _place: f"{REST}/workrooms"),
}


def queries_of(place: Place, path: str) -> list[str]:
    client = client_of(place.reader)
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(path)
    assert answer.status_code == 200
    return [query["sql"][:200] for query in seen.captured_queries]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_the_same_with_more_rows(place: Place, name: str) -> None:
    add, path = LISTS[name]
    add(place, FEW)
    few = queries_of(place, path(place))
    add(place, MORE)
    many = queries_of(place, path(place))
    assert len(many) == len(few), "\n".join(many)
    assert len(many) <= MOST, "\n".join(many)
