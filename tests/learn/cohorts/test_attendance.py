"""Attendance: by the code in the room, by the coach, by work on the platform; hours are a sum that anybody can count again."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from dure.foundation import clock
from dure.foundation.access import Denied
from dure.learn.cohorts import codes, holding, places
from dure.learn.cohorts.checking_in import enter_code
from dure.learn.models import Attendance, ClassSession, Cohort, LearningEvent, Place
from dure.people.models import Person
from tests.factories import cohorts, people
from tests.factories.courses import open_course

pytestmark = pytest.mark.django_db
JSON: dict[str, Any] = {"content_type": "application/json"}


@pytest.fixture
def session(led: Cohort) -> ClassSession:
    """Two hours on site, of which ten minutes are a break."""
    room = cohorts.room(led.course.organisation)
    return cohorts.session(led, kind="onsite", link="", room=room, break_minutes=10)


def english(somebody: Person | None = None) -> Client:
    client = people.client_of(somebody) if somebody else Client()
    client.cookies["dure_language"] = "en"
    return client


@contextmanager
def minutes_in(session: ClassSession, minutes: float) -> Iterator[datetime]:
    """So many minutes after it began."""
    moment = session.starts_at + timedelta(minutes=minutes)
    with clock.at(moment):
        yield moment


def code_of(session: ClassSession, at: datetime) -> str:
    return codes.code_at(bytes(session.cohort.code_key), session.uid, at)


def path_of(session: ClassSession, page: str) -> str:
    return f"/cohorts/{session.cohort.uid}/sessions/{session.uid}/{page}"


def enter(session: ClassSession, place: Place, at: datetime, *, leaving: bool = False) -> Attendance:
    return enter_code(by=place.person, session=session, code=code_of(session, at), leaving=leaving)


def reason_of(caught: Any) -> str:
    return str(caught.value.refused.reason)


def test_who_enters_the_code_is_there(session: ClassSession, place: Place) -> None:
    with minutes_in(session, -5) as now:
        page = english(place.person).get(path_of(session, f"check-in?code={code_of(session, now)}"))
        assert f'value="{code_of(session, now)}"' in page.content.decode()
        sent = {"code": f" {code_of(session, now)} ", "do": "enter"}
        answer = english(place.person).post(path_of(session, "check-in"), sent, follow=True)
        assert "You are here. Welcome!" in answer.content.decode()
    row = Attendance.objects.get()
    assert (row.status, row.minutes, row.way) == ("present", 110, "code")


def test_late_and_left_early_count_for_less(session: ClassSession, place: Place) -> None:
    with minutes_in(session, 30) as now:
        assert (enter(session, place, now).status, Attendance.objects.get().minutes) == ("late", 82)
    with minutes_in(session, 90) as now:
        row = enter(session, place, now, leaving=True)
    assert (row.status, row.minutes) == ("left", 55)
    assert Attendance.objects.count() == 2
    assert holding.row_of(session, place) == row
    with minutes_in(session, 95) as now, pytest.raises(Denied) as caught:
        enter(session, place, now)
    assert reason_of(caught) == "checked_out"


@pytest.mark.parametrize(
    ("age", "counts"),
    [(0, True), (29, True), (59, True), (60, False), (90, False), (-30, False)],
    ids=str,
)
def test_a_code_counts_for_its_step_and_the_next(
    session: ClassSession, place: Place, age: int, counts: bool
) -> None:
    shown_at = session.starts_at.replace(second=0)
    with clock.at(shown_at + timedelta(seconds=age)):
        given: dict[str, Any] = {"by": place.person, "session": session, "code": code_of(session, shown_at)}
        if counts:
            assert enter_code(**given)
        else:
            with pytest.raises(Denied) as caught:
                enter_code(**given)
            assert reason_of(caught) == "wrong_code"


@pytest.mark.parametrize(
    ("minutes", "counts"), [(-16, False), (-15, True), (120, True), (121, False)], ids=str
)
def test_codes_count_only_around_the_session(
    session: ClassSession, place: Place, minutes: int, counts: bool
) -> None:
    with minutes_in(session, minutes) as now:
        if counts:
            assert enter(session, place, now)
        else:
            with pytest.raises(Denied) as caught:
                enter(session, place, now)
            assert reason_of(caught) == "code_not_now"


def test_codes_of_other_sessions_and_cohorts_do_not_count(session: ClassSession, place: Place) -> None:
    other = cohorts.session(session.cohort, session.starts_at)
    foreign = cohorts.session(cohorts.cohort(session.cohort.course, code_key=b"x" * 32), session.starts_at)
    with minutes_in(session, 1) as now:
        for code in (
            code_of(other, now),
            code_of(foreign, now),
            "",
            "\uff11\uff12\uff13\uff14\uff15\uff16",
            "000000000000",
        ):
            with pytest.raises(Denied):
                enter_code(by=place.person, session=session, code=code)


def test_five_wrong_codes_are_enough_for_five_minutes(session: ClassSession, place: Place) -> None:
    with minutes_in(session, 1) as now:
        for _try in range(5):
            with pytest.raises(Denied) as caught:
                enter_code(by=place.person, session=session, code="not it")
            assert reason_of(caught) == "wrong_code"
        with pytest.raises(Denied) as caught:
            enter(session, place, now)
        assert reason_of(caught) == "too_many_codes"
    with minutes_in(session, 6.1) as now:
        assert enter(session, place, now).minutes == 110


@pytest.mark.django_db(transaction=True)
def test_many_tries_at_once_are_not_more_than_five(tmp_path: Path) -> None:
    led = cohorts.cohort(open_course(tmp_path))
    place = places.apply(by=people.person(), cohort=led)
    session = cohorts.session(led)

    def guess(number: int) -> str:
        try:
            with minutes_in(session, 1):
                enter_code(by=place.person, session=session, code=f"x{number}")
        except Denied as denied:
            return str(denied.refused.reason)
        finally:
            connection.close()
        return "in"

    with ThreadPoolExecutor(6) as pool:
        said = list(pool.map(guess, range(20)))
    assert sorted(said) == ["too_many_codes"] * 15 + ["wrong_code"] * 5


def test_only_who_has_a_place_enters_codes_and_only_leads_see_them(
    session: ClassSession, place: Place, coach: Person
) -> None:
    with minutes_in(session, 1) as now:
        stranger = english(people.person())
        assert stranger.post(path_of(session, "check-in"), {"code": code_of(session, now)}).status_code == 403
        for who in (place.person, people.person()):
            assert english(who).get(path_of(session, "code")).status_code == 403
        page = english(coach).get(path_of(session, "code"))
        code = code_of(session, now)
        assert f"{code[:3]} {code[3:]}" in page.content.decode()
        assert "<svg" in page.content.decode()
        assert "no-store" in page["Cache-Control"]
        assert english(coach).get(f"/api/v1{path_of(session, 'code')}").json()["code"] == code
    assert english(coach).get(path_of(session, "code")).content.decode().count("big-code") == 0


def test_the_page_tells_why_a_code_is_refused(session: ClassSession, place: Place) -> None:
    with minutes_in(session, 1):
        answer = english(place.person).post(path_of(session, "check-in"), {"code": "000000x", "do": "enter"})
        assert answer.status_code == 403
        assert "This is not the code that is shown now." in answer.content.decode()


def test_a_coach_writes_everybody_at_once(
    led: Cohort, session: ClassSession, place: Place, coach: Person
) -> None:
    other = places.apply(by=people.person(), cohort=led)
    client = english(coach)
    with minutes_in(session, 130):
        client.post(path_of(session, "attendance"), {"rest": "present"})
        assert Attendance.objects.filter(status="present", minutes=110, way="staff", by=coach).count() == 2
        sent = {f"status-{place.uid}": "late", f"status-{other.uid}": "excused", f"minutes-{other.uid}": "x"}
        refused = client.post(path_of(session, "attendance"), sent)
        assert refused.status_code == 422
        assert 'value="x"' in refused.content.decode()
        sent[f"minutes-{other.uid}"] = ""
        said = client.post(path_of(session, "attendance"), sent).content.decode()
        assert said.count("Something is written already: say why it changes.") == 4
        assert "Write the minutes that count." in said
        sent |= {f"minutes-{place.uid}": "80", f"reason-{place.uid}": "Train", f"reason-{other.uid}": "Ill"}
        assert client.post(path_of(session, "attendance"), sent).status_code == 302
    assert Attendance.objects.count() == 4
    assert holding.of_session(session, [place, other])[place.pk].minutes == 80
    assert holding.of_session(session, [place, other])[other.pk].reason == "Ill"


def test_what_says_the_same_adds_nothing(session: ClassSession, place: Place, coach: Person) -> None:
    body = {"entries": [{"place": f"{place.uid}", "status": "present"}]}
    with minutes_in(session, 130):
        address = f"/api/v1{path_of(session, 'attendance')}"
        said = [people.client_of(coach).post(address, body, **JSON).json() for _time in range(2)]
    assert said == [{"written": 1}, {"written": 0}]


def test_before_a_session_only_excuses_are_written(
    session: ClassSession, place: Place, coach: Person
) -> None:
    address = f"/api/v1{path_of(session, 'attendance')}"
    with minutes_in(session, -60):
        for status, answered in (("present", 422), ("nonsense", 422), ("excused", 200)):
            body = {"entries": [{"place": f"{place.uid}", "status": status}]}
            assert people.client_of(coach).post(address, body, **JSON).status_code == answered


def test_a_coach_has_the_last_word(session: ClassSession, place: Place, coach: Person) -> None:
    body = {"entries": [{"place": f"{place.uid}", "status": "excused", "minutes": 110}]}
    with minutes_in(session, 1) as now:
        people.client_of(coach).post(f"/api/v1{path_of(session, 'attendance')}", body, **JSON)
        with pytest.raises(Denied) as caught:
            enter(session, place, now)
    assert reason_of(caught) == "attendance_written"


def test_rows_cannot_be_changed_or_deleted(session: ClassSession, place: Place) -> None:
    with minutes_in(session, 1) as now:
        row = enter(session, place, now)
    for change in (lambda: Attendance.objects.update(minutes=1), row.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_work_on_the_platform_is_proposed_and_the_coach_confirms(
    led: Cohort, place: Place, coach: Person
) -> None:
    online = cohorts.session(led)
    assert place.enrolment is not None
    for minutes in (0, 10, 20, 30):
        at = online.starts_at + timedelta(minutes=minutes)
        LearningEvent.objects.create(
            enrolment=place.enrolment, version=led.version, verb="read", object="unit/01-first", at=at
        )
    with minutes_in(online, 130):
        client = english(coach)
        assert "45 min, " in client.get(path_of(online, "attendance")).content.decode()
        assert not Attendance.objects.exists()
        client.post(path_of(online, "attendance"), {f"status-{place.uid}": "log"})
    row = Attendance.objects.get()
    assert (row.way, row.status, row.minutes, row.by) == ("log", "left", 45, coach)


def test_sessions_on_site_propose_nothing(
    led: Cohort, session: ClassSession, place: Place, coach: Person
) -> None:
    assert place.enrolment is not None
    LearningEvent.objects.create(
        enrolment=place.enrolment, version=led.version, verb="read", at=session.starts_at
    )
    with minutes_in(session, 130):
        items = english(coach).get(f"/api/v1{path_of(session, 'attendance')}").json()["items"]
    assert [one["worked"] for one in items] == [None]


def test_hours_are_the_sum_of_what_holds(
    led: Cohort, session: ClassSession, place: Place, coach: Person
) -> None:
    second = cohorts.session(led, session.starts_at + timedelta(days=1))
    off = cohorts.session(led, session.starts_at + timedelta(days=2), called_off_at=clock.now())
    with minutes_in(session, 30) as now:
        enter(session, place, now)
    with minutes_in(second, 60):
        assert holding.hours_of(led, [place])[place.pk] == holding.Hours(82, 110, 80)
    with minutes_in(second, 60):
        cohorts.session(led, session.starts_at + timedelta(days=9), title_en="Far ahead")
        mine = english(place.person).get(f"/cohorts/{led.uid}/attendance").content.decode()
        assert mine.index("First lesson") < mine.index("Far ahead")
    with minutes_in(off, 500):
        hours = holding.hours_of(led, [place])[place.pk]
        assert (hours.minutes, hours.held, hours.percent, hours.is_enough) == (82, 230, 35.7, False)
        mine = english(place.person).get(f"/cohorts/{led.uid}/attendance").content.decode()
        assert "1:22" in mine
        assert "36 %" in mine
        rest = english(place.person).get(f"/api/v1/cohorts/{led.uid}/attendance/mine").json()
        assert rest["hours"]["minutes"] == 82
        assert [one["attendance"] is None for one in rest["sessions"]] == [True, True, False]
        overview = english(coach).get(f"/cohorts/{led.uid}/attendance").content.decode()
        assert "1:22 / 3:50" in overview


def test_others_do_not_read_attendance(led: Cohort, session: ClassSession, place: Place) -> None:
    for who in (people.person(), None):
        client = english(who)
        for page in (f"/cohorts/{led.uid}/attendance", f"/cohorts/{led.uid}/attendance/export"):
            assert client.get(page).status_code == 403
            assert client.get(f"/api/v1{page}").status_code == 403
    mine = english(place.person)
    assert mine.get(f"/cohorts/{led.uid}/attendance/export").status_code == 403
    assert mine.get(path_of(session, "attendance")).status_code == 403
    assert mine.get(f"/api/v1{path_of(session, 'attendance')}").status_code == 403


def test_the_file_for_public_schemes(led: Cohort, session: ClassSession, coach: Person) -> None:
    learner = people.person(name_ko="=HYPERLINK(1)", name_en="Evil")
    place = places.apply(by=learner, cohort=led)
    with minutes_in(session, 30) as now:
        enter(session, place, now)
    with minutes_in(session, 200):
        client = people.client_of(coach)
        korean = client.get(f"/cohorts/{led.uid}/attendance/export?form=sessions&language=ko")
        assert korean.content.startswith(b"\xef\xbb\xbf")
        lines = korean.content.decode("utf-8-sig").splitlines()
        assert lines[0].startswith("날짜,회차,")
        assert ",'=HYPERLINK(1)," in lines[1]
        assert ",110," in lines[1]
        assert ",82," in lines[1]
        english_one = client.get(f"/cohorts/{led.uid}/attendance/export?form=totals&language=en")
        heading, line = english_one.content.decode("utf-8-sig").splitlines()
        assert heading.startswith("Name,Organisation,")
        assert line.startswith("Evil,,")
        assert ",82,1.37,110,74.5,80,no" in line
        assert client.get(f"/cohorts/{led.uid}/attendance/export?form=secret").status_code == 404


def test_a_representative_reads_only_their_own_people_and_no_reasons(
    led: Cohort, session: ClassSession, coach: Person
) -> None:
    firm, boss = people.organisation(), people.person(language="en")
    people.member(boss, firm, "representative")
    worker, stranger = people.person(name_en="Our worker"), people.person(name_en="Somebody else")
    people.member(worker, firm)
    ours = places.apply(by=worker, cohort=led, organisation=firm)
    theirs = places.apply(by=stranger, cohort=led)
    body = {
        "entries": [
            {"place": f"{one.uid}", "status": "excused", "reason": "Operation at the hospital"}
            for one in (ours, theirs)
        ]
    }
    people.client_of(coach).post(f"/api/v1{path_of(session, 'attendance')}", body, **JSON)
    client = english(boss)
    for page in (
        f"/cohorts/{led.uid}/attendance?organisation={firm.slug}",
        f"/cohorts/{led.uid}/attendance/export?organisation={firm.slug}&language=en",
        f"/api/v1/cohorts/{led.uid}/attendance?organisation={firm.slug}",
    ):
        said = client.get(page).content.decode()
        assert "Our worker" in said
        assert "Somebody else" not in said
        assert "hospital" not in said
    assert client.get(f"/cohorts/{led.uid}/attendance").status_code == 403
    other = people.organisation()
    assert client.get(f"/cohorts/{led.uid}/attendance?organisation={other.slug}").status_code == 403
    full = people.client_of(coach).get(f"/cohorts/{led.uid}/attendance/export").content.decode()
    assert full.count("hospital") == 2


def test_pages_ask_as_much_for_many_as_for_few(
    led: Cohort, coach: Person, django_assert_max_num_queries: Any
) -> None:
    cohorts.block(led, led.course.organisation, seats=60)
    crowd = [places.apply(by=people.person(), cohort=led) for _ in range(25)]
    found = [cohorts.session(led, cohorts.session(led).starts_at + timedelta(hours=3 * n)) for n in range(12)]
    with minutes_in(found[-1], 200):
        for one in found:
            Attendance.objects.bulk_create(
                Attendance(session=one, place=place, status="present", minutes=110, way="staff", by=coach)
                for place in crowd
            )
        client = english(coach)
        client.get("/courses")
        for page in (f"/cohorts/{led.uid}/attendance", path_of(found[0], "attendance")):
            with django_assert_max_num_queries(12):
                assert client.get(page).status_code == 200
        client = english(crowd[0].person)
        client.get("/courses")
        with django_assert_max_num_queries(12):
            client.get(f"/cohorts/{led.uid}/attendance")
