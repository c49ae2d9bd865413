"""Pages of talent in all the ways to look at them: for who looks for work, who offers it, and who audits."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from dure.foundation import clock
from dure.talent.models import ConsentGrant, Profile
from tests.browser.visit import visit_all
from tests.factories import applications, audits, intakes, openings, people, rounds, talent, teams

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SKILL = "data-leakage"


def looking() -> tuple[Any, list[str]]:
    """Somebody with evidence, wishes and an application, to whom an opening is suggested."""
    person = people.person()
    talent.fact(person)
    talent.fact(person, kind="claim", skill="calibration")
    made = openings.opening(must={SKILL: 2}, nice={"calibration": 3})
    wishes = {"kinds": ["job"], "regions": ["KR-11"], "languages": {"ko": 6}}
    Profile.objects.filter(person=person).update(**wishes)
    applied = applications.applied(applications.hiring().opening, person)
    stay = intakes.stay(person)
    asked = _asked(person)
    own = ["", f"/skills/{SKILL}", "/claims", "/endorsements", "/profile", "/consent", "/looks", "/data"]
    return person, [
        *(f"/me/talent{page}" for page in own),
        "/me/matches",
        f"/openings/{made.uid}",
        f"/openings/{made.uid}/apply",
        "/me/applications",
        f"/applications/{applied.uid}",
        "/me/stays",
        f"/stays/{stay.uid}",
        "/me/team-seats",
        f"/team-seats/{asked.uid}",
        "/me/demographics",
    ]


def _asked(person: Any) -> Any:
    """A seat in a team of two, for which this person and somebody else were asked."""
    teams.willing({teams.PYTHON: 3})
    until = clock.today() + timedelta(days=30)
    ConsentGrant.objects.create(person=person, purpose="teams", fields=["skills"], expires_on=until)
    teams.chosen(teams.sought())
    return teams.seat_of(person)


def offering() -> tuple[Any, list[str]]:
    """A representative with an opening that somebody applied for, somebody to find, and an intake that they host."""
    hiring = applications.hiring()
    opening, speaker = hiring.opening, hiring.speaker
    applied = hiring.applied()
    found = people.person()
    talent.fact(found)
    Profile.objects.filter(person=found).update(kinds=[opening.kind], regions=["KR-11"], remote=True)
    until = opening.deadline.date()
    ConsentGrant.objects.create(person=found, purpose="be_found", fields=["skills"], expires_on=until)
    host = intakes.host(intakes.intake(opening.organisation), opening.organisation)
    intakes.stay(people.person(), host, state="away")
    page, intake = f"/openings/{opening.uid}", f"/intakes/{host.intake.uid}"
    return speaker, [
        "/openings",
        "/openings/new",
        "/openings/import",
        page,
        f"{page}/edit",
        f"{page}/applications",
        f"{page}/interviews",
        f"{page}/candidates",
        f"/applications/{applied.uid}",
        "/intakes",
        "/intakes/new",
        intake,
        f"{intake}/hosts",
        f"{intake}/participants",
        "/placement-rounds",
        f"/placement-rounds/{rounds.draft(opening.organisation).uid}",
    ]


def seeking() -> tuple[Any, list[str]]:
    """The owner of a need for which two can be proposed, with a team that was asked."""
    problem = teams.sought()
    for skills in ({teams.LEAKAGE: 3}, {teams.PYTHON: 3}):
        teams.willing(skills)
        teams.willing(skills)
    made = teams.chosen(problem)
    page = f"/problems/{problem.uid}/team"
    return problem.owner, [
        f"/problems/{problem.uid}",
        page,
        f"{page}/proposals",
        f"/team-proposals/{made.uid}",
    ]


def auditing() -> tuple[Any, list[str]]:
    """An auditor with a report."""
    groups = [({"sex": "female"}, 20, 1), ({"sex": "male"}, 20, 17)]
    report = audits.report(audits.decided(people.organisation(), groups=groups))
    return audits.auditor(), ["/audits", f"/audits/{report.uid}", "/matches/outcomes"]


def ranking() -> tuple[Any, list[str]]:
    """Somebody whom a round has placed."""
    prepared, person = rounds.draft(), people.person()
    seat = rounds.seat(prepared)
    found = rounds.opened(prepared)
    rounds.ranked(found, [seat], person=person)
    solved = rounds.solved(found)
    page = f"/placement-rounds/{solved.uid}"
    return person, ["/placement-rounds", page]


@pytest.mark.parametrize("who", [looking, offering, seeking, auditing, ranking], ids=lambda who: who.__name__)
def test_pages_of_talent_keep_their_promises(who: Any, browser: Browser, live_server: LiveServer) -> None:
    with transaction.atomic():
        visitor, paths = who()
    visit_all(browser, base=live_server.url, person=visitor, paths=paths, name=f"talent-{who.__name__}")
