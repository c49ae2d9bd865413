"""The whole way of one need, in the browser: a newcomer posts it, it is asked about, opened, fought for, corrected and declared."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from dure.foundation.access import Role
from tests.browser.journey import contesting, ending, hosting, posting
from tests.browser.test_taking_part import scorer
from tests.browser.traveller import Traveller
from tests.factories.people import person

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@dataclass
class Cast:
    """Who walks. The newcomer and the talents come through the front door; office and host work here already."""

    newcomer: Traveller
    office: Traveller
    host: Traveller
    first: Traveller
    second: Traveller
    reader: Traveller


@contextmanager
def travelling(browser: Browser, base: str) -> Iterator[Cast]:
    office = person("office@example.org", roles=[Role.SECRETARIAT], name_ko="한사무", name_en="Samu Han")
    host = person("host@example.org", name_ko="이주최", name_en="Juchoe Lee")
    first = person("first@example.org", name_ko="김하나", name_en="Hana Kim")
    second = person("second@example.org", name_ko="", name_en="Deul Park")
    with ExitStack() as stack:

        def enter(**how: object) -> Traveller:
            return stack.enter_context(Traveller(browser, base, **how))  # type: ignore[arg-type]  # passed on

        yield Cast(
            newcomer=enter(),
            office=enter(person=office),
            host=enter(person=host),
            first=enter(person=first),
            second=enter(person=second, language="en", scheme="dark"),
            reader=enter(language="en"),
        )


def test_the_whole_way_of_a_need(browser: Browser, live_server: LiveServer) -> None:
    with travelling(browser, live_server.url) as cast, scorer():
        posting.the_organisation_is_registered_and_invites(cast.office)
        posting.the_newcomer_makes_an_account(cast.newcomer)
        posting.the_newcomer_posts_a_need(cast.newcomer)
        posting.the_secretariat_asks_and_the_newcomer_answers(cast.office, cast.newcomer)
        posting.the_secretariat_accepts_and_sets_the_route(cast.office)
        hosting.the_host_prepares_and_opens(cast.host)
        contesting.the_teams_take_part(cast.first, cast.second)
        contesting.the_files_are_judged(cast.first, cast.second)
        contesting.hostile_files_are_refused(cast.second)
        contesting.the_board_is_read(cast.reader)
        ending.the_answers_are_corrected(cast.host, cast.first)
        ending.it_is_closed_and_declared(cast.host, cast.first, cast.second)
