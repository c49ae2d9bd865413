"""Pages of the alliance's programmes and of its desk, in all the ways to look at them: calls, events, labs, startups, figures."""

from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from dure.alliance.bulk import batches
from dure.alliance.bulk.deeds import deeds
from dure.alliance.bulk.looking import look
from dure.alliance.introductions import noting
from dure.alliance.reviews import pool
from dure.foundation import clock, workflow
from tests.alliance.introductions.test_introductions import ROUND, TO, taken_in
from tests.browser.visit import visit_all
from tests.factories import (
    alliance_events,
    calls,
    meetings,
    people,
    residents,
    roundtables,
    startups,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
LONG = "아주 긴 이름을 가진 공동연구 공모와 그 제안"


def calling() -> tuple[Any, list[str]]:
    """The secretariat with a call whose proposals wait for reviewers."""
    desk = people.person(roles=["secretariat"])
    call = calls.opened(by=desk, title_ko=LONG)
    proposals = [calls.submitted(call, title_ko=f"{LONG} {number}") for number in range(2)]
    for _ in range(2):
        given = {"address": str(people.person().email), "tracks": ["speech"], "least": 0, "most": 6}
        pool.add(call, by=desk, given=given)
    calls.close(call)
    for one in proposals:
        workflow.perform(one, "screen_pass", by=desk)
    own = f"/calls/{call.uid}"
    return desk, [own, f"{own}/assignment", f"{own}/board"]


def hosting() -> tuple[Any, list[str]]:
    """The secretariat with an event that is full, and a lab with a room that is booked."""
    desk = people.person(roles=["secretariat"])
    event = alliance_events.opened(by=desk)
    for _ in range(3):
        alliance_events.coming(event)
    lab = residents.lab(by=desk)
    someone, home = people.person(), people.organisation()
    people.member(someone, home)
    residents.working(lab, home, someone, by=desk)
    residents.booked(residents.space(lab, by=desk, name="301 회의실"), someone)
    return desk, [f"/events/{event.uid}", f"/events/{event.uid}/desk", f"/joint-labs/{lab.uid}/bookings"]


def growing() -> tuple[Any, list[str]]:
    """The secretariat with a startup that has moved in, and one that is looked at."""
    desk = people.person(roles=["secretariat"])
    case = taken_in()
    startups.scouted(by=desk)
    case.provisions.create(kind="space", what="책상 넷과 회의실 하나")
    case.checkpoints.create(number=1, due_on=clock.today())
    noting.introduce(case, by=desk, given=TO)
    noting.invest(case, by=desk, given=ROUND | {"closed_on": clock.today()})
    own = f"/startups/{case.uid}"
    return desk, [own, f"{own}/checkpoints", f"{own}/money", "/scouting"]


def overseeing() -> tuple[Any, list[str]]:
    """The secretariat at its desk, with a roundtable to prepare and a topic that waits; and the year's figures."""
    desk = people.person(roles=["secretariat"])
    meetings.planned(roundtables.topic())
    roundtables.topic()
    return desk, ["/desk/due?days=90", "/figures", "/figures/organisations"]


def doing_many() -> tuple[Any, list[str]]:
    """The secretariat that parks several topics at once, and brings a list along."""
    desk = people.person(roles=["secretariat"])
    topics = [roundtables.topic(title_ko=f"{LONG} {number}") for number in range(2)]
    deed, given = deeds()["topic_park"], {"reason": LONG}
    seen = look(deed, [topics[0].uid], by=desk, given=given)
    batch = batches.begin(deed, [topics[0].uid], by=desk, given=given, token=seen.token)
    return desk, [
        "/desk/bulk",
        "/desk/bulk/new/topic_park",
        f"/desk/bulk/{batch.uid}",
        "/lists/events/import",
    ]


@pytest.mark.parametrize(
    "who", [calling, hosting, growing, overseeing, doing_many], ids=lambda who: who.__name__
)
def test_pages_of_the_programmes_keep_their_promises(
    who: Any, browser: Browser, live_server: LiveServer
) -> None:
    with transaction.atomic():
        visitor, paths = who()
    visit_all(browser, base=live_server.url, person=visitor, paths=paths, name=f"alliance-{who.__name__}")
