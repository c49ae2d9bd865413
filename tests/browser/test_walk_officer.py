"""An officer's Monday, in Korean: signs in, decides what waits longest, publishes last year's figures, takes the list along."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from dure.alliance.models import FiguresPublication, Joining, Topic
from dure.foundation import clock
from tests.browser.traveller import Traveller
from tests.factories import meetings, members, people, roundtables

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ADDRESS, APPLICANT = "office@example.org", "누리정밀"
TOPIC, APPLICATION = "안건: 음성 데이터를 함께 쓰기", f"가입 신청: {APPLICANT}"


def set_the_scene() -> None:
    """A topic has waited for forty days, an application for ten, and a roundtable is being prepared."""
    people.signing_in(ADDRESS, roles=["secretariat"], name_ko="한사무")
    now = clock.now()
    with clock.at(now - timedelta(days=40)):
        roundtables.topic()
    with clock.at(now - timedelta(days=10)):
        members.joining(members.outsider(name_ko=APPLICANT))
    meetings.planned(title_ko="봄 라운드테이블")


def test_a_monday_at_the_desk(browser: Browser, live_server: LiveServer) -> None:
    set_the_scene()
    with Traveller(browser, live_server.url) as office:
        _sign_in(office)
        _put_the_oldest_on_an_agenda(office)
        _accept_the_application(office)
        _publish_last_year(office)
        _take_the_list_along(office)


def _sign_in(office: Traveller) -> None:
    office.go("/")
    office.follow("로그인")
    office.fill(login=ADDRESS, password=people.PASSWORD)
    office.press("로그인")
    office.page.get_by_role("heading", name="한사무").wait_for()
    office.go("/desk")
    assert waiting(office)[:2] == [TOPIC, APPLICATION]
    office.look("officer-desk")


def waiting(office: Traveller) -> list[str]:
    """What waits for anybody, the oldest first."""
    return office.page.locator("section[aria-labelledby=h-list] tbody th").all_inner_texts()


def _put_the_oldest_on_an_agenda(office: Traveller) -> None:
    office.follow(TOPIC, within="section[aria-labelledby=h-list]")
    office.look("officer-topic")
    office.page.get_by_text("의제에 올리기", exact=True).first.click()
    office.page.locator("select[name=roundtable]").select_option(label="봄 라운드테이블")
    office.press("의제에 올리기")
    assert "의제에 오름" in office.words()
    assert Topic.objects.get().state == "scheduled"
    office.go("/desk")
    assert TOPIC not in waiting(office)


def _accept_the_application(office: Traveller) -> None:
    office.follow(APPLICATION, within="section[aria-labelledby=h-list]")
    office.page.get_by_text("가입 승인", exact=True).first.click()
    office.page.get_by_label("까닭").first.fill("함께 일하게 되어 반갑습니다.")
    office.press("가입 승인")
    assert Joining.objects.get().state == "accepted"
    office.go("/desk")
    assert APPLICATION not in waiting(office)


def _publish_last_year(office: Traveller) -> None:
    year = clock.today().year - 1
    office.go("/figures")
    office.follow(str(year), within="main")
    office.follow("공표하기", within="main")
    office.press("공표하기")
    assert FiguresPublication.objects.count() == 0  # the box was not ticked, and the page says so
    office.tick("is_read")
    office.press("공표하기")
    office.look("officer-published")
    assert FiguresPublication.objects.get().year == year
    assert str(year) in office.words()


def _take_the_list_along(office: Traveller) -> None:
    office.go("/desk")
    with office.page.expect_download() as coming:
        office.page.get_by_role("link", name="CSV").click()
    path = coming.value.path()
    lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("kind,title")
    assert len(lines) == 1 + len(waiting(office))
