"""A stay from the place to a year after the return."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from dure.foundation import clock, notices, workflow
from dure.foundation import waiting as todos
from dure.foundation.access import SYSTEM, Denied, Refused
from dure.foundation.faults import Faulty
from dure.foundation.models import Notice
from dure.people.exports import export_of
from dure.talent.events import OfferAccepted
from dure.talent.intakes import by_date, caring, following, making, seating
from dure.talent.models import IntakeSponsor, Stay
from tests.factories import intakes, people
from tests.factories.people import client_of

pytestmark = pytest.mark.django_db


def titles(person: Any) -> list[str]:
    return [todo.url for todo in todos.todos(person)]


def test_who_accepts_an_offer_of_a_host_has_a_place_once_with_a_list_of_what_to_do() -> None:
    host, someone = intakes.host(intakes.intake()), people.person(language="en")
    event = OfferAccepted(
        application="a",
        opening=str(host.opening.uid),
        organisation=str(host.opening.organisation.uid),
        person=str(someone.uid),
    )
    following.follow(event)
    following.follow(event)
    stay = Stay.objects.get()
    assert (stay.person, stay.source, stay.state) == (someone, "a", "preparing")
    assert {duty.kind for duty in stay.duties.all()} == {
        "visa",
        "housing",
        "confidentiality",
        "insurance",
        "safety",
    }
    assert titles(someone) == [f"/stays/{stay.uid}"]


def test_an_offer_of_any_other_opening_changes_nothing() -> None:
    someone, other = people.person(), people.organisation()
    following.follow(
        OfferAccepted(
            application="a", opening=str(other.uid), organisation=str(other.uid), person=str(someone.uid)
        )
    )
    assert not Stay.objects.exists()


def test_a_host_takes_no_more_than_its_seats() -> None:
    host = intakes.host(intakes.intake(), seats=1)
    seating.seat(host, people.person(), by=SYSTEM)
    with pytest.raises(Denied) as denied:
        seating.seat(host, people.person(), by=SYSTEM)
    assert denied.value.refused.reason == "host_is_full"


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_share_the_last_seat() -> None:
    host, ends = intakes.host(intakes.intake(), seats=1), []

    def take(person: Any) -> None:
        try:
            ends.append(seating.seat(host, person, by=SYSTEM).state)
        except Denied as denied:
            ends.append(denied.refused.reason)
        finally:
            connection.close()

    threads = [Thread(target=take, args=(one,)) for one in (people.person(), people.person())]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["host_is_full", "preparing"]


def test_a_seat_is_paid_for_by_ones_own_organisation_first() -> None:
    made = intakes.intake()
    own, other = people.organisation(), people.organisation()
    for payer, seats in ((other, 5), (own, 1)):
        IntakeSponsor.objects.create(intake=made, organisation=payer, seats=seats)
    host, first, second = intakes.host(made), people.person(), people.person()
    for someone in (first, second):
        people.member(someone, own)
    found = [seating.seat(host, someone, by=SYSTEM).sponsor for someone in (first, second)]
    assert [one.organisation for one in found if one] == [own, other]


def test_it_begins_only_when_all_that_is_needed_is_done_and_a_supervisor_is_named() -> None:
    host = intakes.host(intakes.intake())
    stay = intakes.stay(people.person(), host)
    by = intakes.representative(host.opening.organisation)
    assert _refused(stay, "leave", by) == "no_supervisor"
    caring.name_supervisor(stay, by=by, supervisor=intakes.supervisor_of(host))
    assert _refused(stay, "leave", by) == "stay_not_ready"
    *ticked, waived = stay.duties.filter(is_needed=True)
    for duty in ticked:
        caring.tick(stay, duty, by=stay.person, is_done=True)
    with pytest.raises(Faulty):
        caring.waive(stay, waived, by=by, reason=" ")
    with pytest.raises(Denied):
        caring.waive(stay, waived, by=stay.person, reason="I need none")
    caring.waive(stay, waived, by=by, reason="Is a citizen there.")
    assert workflow.perform(stay, "leave", by=by).state == "away"


def _refused(stay: Stay, action: str, by: Any) -> str:
    decision = workflow.decide(stay, action, by=by, data={})
    assert isinstance(decision, Refused)
    return decision.reason


def test_a_supervisor_belongs_to_the_host_and_is_somebody_else() -> None:
    host = intakes.host(intakes.intake())
    stay = intakes.stay(people.person(), host)
    people.member(stay.person, host.opening.organisation)
    by = people.person(roles=["secretariat"])
    for wrong in (people.person(), stay.person):
        with pytest.raises(Faulty):
            caring.name_supervisor(stay, by=by, supervisor=wrong)


def test_both_sides_report_months_of_the_stay_and_of_nothing_else() -> None:
    stay = intakes.stay(people.person(), state="away")
    with clock.at(_noon(stay.starts_on + timedelta(days=40))):
        months = caring.months_of(stay)
        assert months[-1] == stay.starts_on.replace(day=1)
        words = {"did": "Read papers.", "next_steps": "", "trouble": ""}
        for by in (stay.person, stay.supervisor):
            caring.report(stay, by=by, month=months[-1], given=words)  # type: ignore[arg-type]
        caring.report(stay, by=stay.person, month=months[-1], given={**words, "did": "Read more."})
        with pytest.raises(Faulty):
            caring.report(stay, by=stay.person, month=date(2020, 1, 1), given=words)
        with pytest.raises(Denied):
            caring.report(stay, by=people.person(), month=months[-1], given=words)
    assert sorted(stay.reports.values_list("side", "did")) == [
        ("host", "Read papers."),
        ("participant", "Read more."),
    ]


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def test_a_call_for_help_reaches_who_runs_the_intake_and_is_not_read_by_the_host() -> None:
    home = people.organisation()
    host = intakes.host(intakes.intake(home))
    stay = intakes.stay(people.person(language="en"), host, state="away")
    runner, at_host = intakes.representative(home), intakes.representative(host.opening.organisation)
    with clock.at(_noon(stay.starts_on + timedelta(days=3))):
        words = {"did": "Little.", "next_steps": "", "trouble": "My desk is in a cellar."}
        written = caring.report(stay, by=stay.person, month=stay.starts_on, given=words)
        assert titles(runner) == [f"/stays/{stay.uid}"]
        assert "My desk is in a cellar." in client_of(runner).get(f"/stays/{stay.uid}").content.decode()
        seen = client_of(at_host).get(f"/stays/{stay.uid}").content.decode()
        over_rest = client_of(at_host).get(f"/api/v1/stays/{stay.uid}").content.decode()
        assert "Little." in seen
        assert "My desk is in a cellar." not in seen + over_rest
        with pytest.raises(Denied):
            caring.answer_trouble(stay, written, by=at_host, answer="We know.")
        caring.answer_trouble(stay, written, by=runner, answer="You move on Monday.")
        assert titles(runner) == []
        assert "You move on Monday." in client_of(stay.person).get(f"/stays/{stay.uid}").content.decode()


def test_reports_are_asked_for_once_a_month_of_the_sides_that_are_silent() -> None:
    stay = intakes.stay(people.person(), state="away")
    first = (stay.starts_on.replace(day=28) + timedelta(days=4)).replace(day=1)
    with clock.at(_noon(first + timedelta(days=1))):
        assert by_date.ask_for_reports(clock.now()) == 0
    with clock.at(_noon(first + timedelta(days=4))):
        assert by_date.ask_for_reports(clock.now()) == 1
        assert by_date.ask_for_reports(clock.now()) == 0
    told = Notice.objects.filter(kind="talent.stay_report_due").values_list("person_id", flat=True)
    assert set(told) == {stay.person_id, stay.supervisor_id}


def test_a_stay_ends_by_date_once() -> None:
    stay = intakes.stay(people.person(), state="away")
    with clock.at(_noon(stay.ends_on)):
        assert by_date.end(clock.now()) == 0
    with clock.at(_noon(stay.ends_on + timedelta(days=2))):
        assert by_date.end(clock.now()) == 1
        assert by_date.end(clock.now()) == 0
    stay.refresh_from_db()
    assert stay.state == "returned"


def test_it_is_completed_with_a_return_report_and_a_year_later_asks_where_one_is_once() -> None:
    stay = intakes.stay(people.person(), state="returned")
    by = people.person(roles=["secretariat"])
    assert _refused(stay, "complete", by) == "no_return_report"
    caring.report_return(stay, by=stay.person, text="I learned to listen.")
    stay = workflow.perform(stay, "complete", by=by)
    with pytest.raises(Denied):
        caring.say_later(stay, by=stay.person, later="host")
    later = _noon(stay.ends_on + timedelta(days=366))
    with clock.at(later):
        assert by_date.ask_later(clock.now()) == 1
        assert by_date.ask_later(clock.now()) == 0
        stay.refresh_from_db()
        caring.say_later(stay, by=stay.person, later="host")
        with pytest.raises(Faulty):
            caring.say_later(stay, by=stay.person, later="member")


def test_the_stipend_has_a_schedule_and_is_never_paid_in_the_future() -> None:
    stay = intakes.stay(people.person(), state="away")
    by = people.person(roles=["secretariat"])
    planned = caring.plan_stipend(stay, by=by, due_on=stay.starts_on, amount=1_500_000, currency="KRW")
    with pytest.raises(Faulty):
        caring.note_paid(stay, planned, by=by, paid_on=clock.today() + timedelta(days=1))
    caring.note_paid(stay, planned, by=by, paid_on=clock.today())
    planned.refresh_from_db()
    assert planned.paid_on == clock.today()
    with pytest.raises(Denied):
        caring.plan_stipend(stay, by=stay.person, due_on=stay.starts_on, amount=1, currency="KRW")


def test_credit_is_given_by_the_institution_itself() -> None:
    stay = intakes.stay(people.person(), state="away")
    school = people.organisation()
    given = {"institution": school, "course": "Field work", "points": 3}
    with pytest.raises(Denied):
        caring.give_credit(stay, by=stay.supervisor, **given)  # type: ignore[arg-type]
    assert caring.give_credit(stay, by=intakes.representative(school), **given).points == 3  # type: ignore[arg-type]


def test_every_part_can_be_written_on_the_page() -> None:
    host = intakes.host(intakes.intake())
    stay = intakes.stay(people.person(language="en"), host)
    by = client_of(intakes.representative(host.opening.organisation))
    supervisor = intakes.supervisor_of(host)
    base = f"/stays/{stay.uid}"
    duty = {"kind": "other", "what_ko": "노트북 받기", "what_en": "Get a laptop", "due_on": "2027-01-05"}
    posts = (
        ("supervisor", {"supervisor": supervisor.pk}),
        ("duty", {f"duty-{name}": value for name, value in duty.items()}),
        ("stipend", {"stipend-due_on": "2027-02-01", "stipend-amount": "5", "stipend-currency": "KRW"}),
    )
    for what, data in posts:
        assert by.post(f"{base}/write/{what}", data).status_code == 302, what
    page = by.get(base).content.decode()
    assert supervisor.name_en in page
    assert "Get a laptop" in page
    assert by.post(f"{base}/write/stipend", {"stipend-amount": "-1"}).status_code == 422
    assert by.post(f"{base}/write/nothing", {}).status_code == 404


def test_nobody_else_knows_of_a_stay() -> None:
    stay = intakes.stay(people.person())
    someone = client_of(people.person())
    assert someone.get(f"/stays/{stay.uid}").status_code == 404
    assert someone.get(f"/api/v1/stays/{stay.uid}").status_code == 404
    page = someone.get(f"/intakes/{stay.intake.uid}/participants").content.decode()
    assert stay.person.name_ko not in page


def test_pages_ask_as_much_for_thirty_as_for_two(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    home = people.organisation()
    host = intakes.host(intakes.intake(home), seats=40)
    by = client_of(intakes.representative(home))
    for _ in range(2):
        seating.seat(host, people.person(), by=SYSTEM)
    addresses = (f"/intakes/{host.intake.uid}", f"/intakes/{host.intake.uid}/participants", "/intakes")
    few = {}
    for address in addresses:
        with django_assert_max_num_queries(12) as asked:
            by.get(address)
        few[address] = len(asked.captured_queries)
    for _ in range(28):
        seating.seat(host, people.person(), by=SYSTEM)
    for address in addresses:
        with django_assert_max_num_queries(few[address]):
            by.get(address)


def test_a_person_takes_their_stays_along() -> None:
    stay = intakes.stay(people.person(), state="returned")
    caring.report_return(stay, by=stay.person, text="I learned to listen.")
    assert b"I learned to listen." in _file(stay.person)


def _file(person: Any) -> bytes:
    with zipfile.ZipFile(io.BytesIO(export_of(person))) as archive:
        return archive.read("stays.json")


def test_a_cancelled_intake_tells_everybody_who_had_a_place() -> None:
    stay = intakes.stay(people.person())
    workflow.perform(stay.intake, "cancel", by=people.person(roles=["secretariat"]), data={"reason": "War."})
    kinds = [notice.kind for notice in notices.latest(stay.person, 5)]
    assert "talent.intake_cancelled" in kinds


def test_making_gives_a_host_up_only_when_nobody_goes_there() -> None:
    stay = intakes.stay(people.person())
    with pytest.raises(Faulty):
        making.remove_host(stay.host, by=people.person(roles=["secretariat"]))
