"""Pages of cohorts in all the ways to look at them: for who leads, who learns, and who represents a sponsor."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from dure.learn.cohorts import news, places
from dure.learn.models import Cohort
from dure.people.models import Membership, Person
from tests.browser.visit import visit_all
from tests.factories import cohorts, people
from tests.factories.courses import open_course

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def led(tmp_path: Path) -> Cohort:
    """A cohort in a programme: somebody has a place, somebody waits for a decision, something is announced."""
    course = open_course(tmp_path)
    programme = cohorts.programme(course.organisation)
    made = cohorts.cohort(course, seats=3, admission="selected", programme=programme, term="2026-2")
    coach = made.coaches.get()
    worker, speaker = people.person(), people.person()
    people.member(worker, course.organisation)
    people.member(speaker, course.organisation, Membership.Role.REPRESENTATIVE)
    place = places.apply(by=worker, cohort=made, organisation=course.organisation)
    places.act(place, "accept", by=coach)
    places.apply(by=people.person(), cohort=made, motive="I mend engines.")
    news.announce(by=coach, cohort=made, title="Room", body="We meet in **B**.")
    return made


def seen_by(led: Cohort, who: str) -> tuple[Person, list[str]]:
    """Somebody, and the pages that are theirs."""
    page = f"/cohorts/{led.uid}"
    inside = led.places.get(state="in").person
    home = led.course.organisation
    assert led.programme is not None
    if who == "coach":
        forms = [f"/courses/{led.course.slug}/cohorts/new", f"{page}/edit", "/programmes/new"]
        return led.coaches.get(), [page, f"{page}/people", f"{page}/seats", f"{page}/news", *forms]
    if who == "learner":
        return inside, ["/cohorts", page, f"{page}/news", "/programmes", f"/programmes/{led.programme.slug}"]
    if who == "applicant":
        return people.person(), [page]
    speaker = home.memberships.get(role=Membership.Role.REPRESENTATIVE).person
    return speaker, [page, f"{page}/sponsor/{home.slug}"]


@pytest.mark.parametrize("who", ["coach", "learner", "applicant", "representative"])
def test_pages_of_cohorts_keep_their_promises(
    who: str, led: Cohort, browser: Browser, live_server: LiveServer
) -> None:
    visitor, paths = seen_by(led, who)
    visit_all(browser, base=live_server.url, person=visitor, paths=paths, name=f"cohort-{who}")
