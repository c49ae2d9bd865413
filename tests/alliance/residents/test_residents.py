"""A joint lab: who comes in, who leaves what behind, who sees whom, and who uses which room when."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from dure.alliance.models import Resident, SpaceBooking
from dure.alliance.residents import booking, by_date, keeping, leaving, queries
from dure.foundation import clock
from dure.foundation.access import Denied
from dure.foundation.faults import Faulty
from dure.foundation.models import Notice
from dure.people import api as people_api
from tests.factories import agreements, people, residents

pytestmark = pytest.mark.django_db


def client_of(person: Any) -> Any:
    return people.client_of(person)


def codes(raised: Any) -> list[str]:
    return [fault.code for fault in raised.value.faults]


def test_nobody_comes_in_before_the_checklist_is_done_and_nobody_has_left_before_all_is_taken_back() -> None:
    desk, lab = agreements.secretary(), residents.lab()
    place = residents.space(lab, kind="desk", name="A-1", capacity=1)
    stay = residents.expected(lab, desk=place)
    with pytest.raises(Denied) as early:
        keeping.act(stay, "arrive", by=desk)
    assert early.value.refused.reason == "resident_checklist"
    for kind in ("pledge", "safety", "card", "card"):
        keeping.give(stay, kind, by=desk)
    stay = keeping.act(stay, "arrive", by=desk)
    room = residents.space(lab)
    ahead = residents.booked(room, stay.person)  # type: ignore[arg-type]  # the account is there
    left = keeping.act(stay, "leave", by=desk)
    assert (left.desk, left.until) == (None, clock.today())
    ahead.refresh_from_db()
    assert ahead.cancelled_at is not None
    with pytest.raises(Denied) as out:
        keeping.act(left, "finish", by=desk)
    assert out.value.refused.reason == "resident_still_out"
    keeping.take_back(left, "card", by=desk)
    assert keeping.act(left, "finish", by=desk).state == "left"
    with pytest.raises(Denied):
        keeping.take_back(left, "card", by=desk)


def test_the_clock_ends_a_stay_after_its_last_day_and_once() -> None:
    lab = residents.lab()
    stay = residents.working(lab, until=clock.today() + timedelta(days=3))
    with clock.at(clock.now() + timedelta(days=3)):
        assert by_date.leave(clock.now()) == 0
    with clock.at(clock.now() + timedelta(days=4)):
        assert [by_date.leave(clock.now()), by_date.leave(clock.now())] == [1, 0]
    stay.refresh_from_db()
    assert (stay.state, stay.until) == ("leaving", clock.today() + timedelta(days=3))
    assert Notice.objects.filter(person=stay.person, kind="alliance.resident_leaves").count() == 1


def test_a_desk_is_of_one_and_a_person_enters_once() -> None:
    lab, home = residents.lab(), people.organisation()
    place = residents.space(lab, kind="desk", name="A-1", capacity=1)
    first = residents.expected(lab, home, desk=place)
    with pytest.raises(Faulty) as taken:
        residents.expected(lab, home, desk=place)
    assert codes(taken) == ["desk_taken"]
    with pytest.raises(Faulty) as wrong:
        residents.expected(lab, home, first.person, until=clock.today() - timedelta(days=1))
    assert codes(wrong) == ["resident_days", "resident_twice"]
    with pytest.raises(Faulty) as stranger:
        residents.expected(lab, home, people.person())
    assert codes(stranger) == ["resident_unknown"]


def test_the_database_keeps_two_bookings_apart_and_lets_the_next_begin_where_one_ends() -> None:
    lab = residents.lab()
    room, other = residents.space(lab), residents.space(lab, name="302")
    someone: Any = residents.working(lab).person
    first = residents.booked(room, someone)
    with pytest.raises(Faulty) as taken:
        residents.booked(
            room, someone, starts_at=first.starts_at + timedelta(minutes=59), ends_at=first.ends_at
        )
    assert codes(taken) == ["booking_taken"]
    with pytest.raises(IntegrityError), transaction.atomic():
        SpaceBooking.objects.create(space=room, starts_at=first.starts_at, ends_at=first.ends_at)
    after = first.ends_at + timedelta(hours=1)
    residents.booked(room, someone, starts_at=first.ends_at, ends_at=after)
    residents.booked(other, someone)
    booking.cancel(first, by=someone)
    again = residents.booked(room, someone, starts_at=first.starts_at, ends_at=first.ends_at)
    assert again.cancelled_at is None


def test_all_that_is_wrong_with_a_booking_is_said_at_once_and_strangers_book_nothing() -> None:
    lab = residents.lab()
    room = residents.space(lab)
    someone: Any = residents.working(lab).person
    past = clock.now() - timedelta(days=1)
    with pytest.raises(Faulty) as wrong:
        residents.booked(room, someone, starts_at=past, ends_at=past, people_count=9)
    assert codes(wrong) == ["booking_times", "booking_many"]
    with pytest.raises(Denied):
        residents.booked(room, people.person())


def test_rivals_side_by_side_see_their_own_people_and_of_others_bookings_only_that_it_is_taken() -> None:
    lab, home, rival = residents.lab(), people.organisation(), people.organisation()
    room = residents.space(lab)
    mine: Any = residents.working(lab, home)
    other: Any = residents.working(lab, rival)
    made = residents.booked(room, mine.person, what="Secret plan")
    week, people_page = f"/joint-labs/{lab.uid}/bookings", f"/joint-labs/{lab.uid}/residents"
    day = f"?day={clock.today() + timedelta(days=0)}"
    speaker = client_of(people.representative(rival))
    for client in (client_of(other.person), speaker):
        shown = client.get(week + day).content.decode()
        assert "Secret plan" not in shown
        assert mine.person.name not in client.get(people_page).content.decode()
        assert client.get(f"{people_page}/{mine.uid}").status_code == 404
        assert client.get(f"/api/v1{week}").json()["items"][0]["what"] == ""
        assert client.post(f"{week}/{made.uid}").status_code == 404
    assert str(other.uid) in speaker.get(people_page).content.decode()
    assert client_of(people.person()).get(week).status_code == 404
    assert client_of(agreements.secretary()).post(f"{week}/{made.uid}").status_code == 302
    assert Notice.objects.filter(person=mine.person, kind="alliance.booking_gone").count() == 1


def test_a_keeper_does_it_all_on_pages() -> None:
    keeper = people.person(language="en")
    lab = residents.lab(keepers=keeper.email)
    client, page = client_of(keeper), f"/joint-labs/{lab.uid}"
    home, someone = people.organisation(), people.person()
    people.member(someone, home)
    assert client.post(f"{page}/spaces", {"kind": "desk", "name": "A-1", "capacity": 1}).status_code == 302
    assert client.post(f"{page}/spaces", {"kind": "room", "name": "A-1", "capacity": 1}).status_code == 422
    said = {"employer": home.pk, "address": someone.email, "since": str(clock.today())}
    assert client.post(f"{page}/residents/new", {**said, "address": "x@example.org"}).status_code == 422
    assert client.post(f"{page}/residents/new", said).status_code == 302
    stay = Resident.objects.get()
    own = f"{page}/residents/{stay.uid}"
    for line in ("pledge", "safety", "card"):
        assert client.post(own, {"give": line}).status_code == 302
    assert client.post(own, {"action": "arrive"}).status_code == 302
    place = lab.spaces.get()
    assert client.post(own, {"desk": place.pk}).status_code == 302
    assert Resident.objects.get().desk == place
    assert queries.occupancy(lab, clock.today()) == queries.Occupancy(1, 0, 0, 1, 1, 0, 0.0)
    assert client.get(f"{page}/residents?as=csv").content.decode().count("\n") == 2
    assert client_of(someone).post(own, {"give": "network"}).status_code == 403


def test_a_sheet_is_looked_at_first_and_entered_whole_or_not_at_all() -> None:
    lab, home = residents.lab(), people.organisation()
    new, known = people.person(), residents.expected(lab, home)
    people.member(new, home)
    residents.space(lab, kind="desk", name="A-1", capacity=1)
    client, page = client_of(agreements.secretary()), f"/joint-labs/{lab.uid}/residents/sheet"
    head = "address,employer,since,desk\n"
    right = head + f"{new.email},{home.slug},2026-03-02,A-1\n{known.person.email},{home.slug},2026-03-02,\n"  # type: ignore[union-attr]  # the account is there
    wrong = right + f"nobody@example.org,{home.slug},soon,A-1\nx@example.org,none,2026-03-02,B-9\n"

    def sent(text: str, **more: str) -> Any:
        return client.post(page, {"file": SimpleUploadedFile("r.csv", text.encode()), **more})

    shown = sent(wrong).content.decode()
    assert all(f"line {line}" in shown or f"{line}번째" in shown or f"{line}행" in shown for line in (4, 5))
    assert sent(wrong, is_real="on").status_code == 422
    assert sent(right).status_code == 200
    assert lab.residents.count() == 1
    assert sent(right, is_real="on").status_code == 302
    assert lab.residents.get(person=new).desk is not None


def test_a_deleted_account_leaves_the_lab_and_the_count_stays() -> None:
    lab = residents.lab()
    room = residents.space(lab)
    stay: Any = residents.working(lab)
    residents.booked(room, stay.person)
    assert len(leaving.exported(stay.person)["booked"]) == 1
    leaving.forget(people_api.AccountDeleted(person=stay.person_id))
    stay.refresh_from_db()
    gone = SpaceBooking.objects.get()
    assert (stay.state, stay.person, gone.person, gone.what) == ("leaving", None, None, "")
    assert gone.cancelled_at is not None


def test_two_hundred_residents_are_paged_and_each_page_takes_at_most_twelve_queries(
    django_assert_max_num_queries: Any,
) -> None:
    lab, home = residents.lab(), people.organisation()
    room = residents.space(lab)
    someone: Any = residents.working(lab, home)
    residents.booked(room, someone.person)
    made = people_api.Person.objects.bulk_create(
        people_api.Person(email=f"r{n}@lab.example", name_ko=f"입주{n}", name_en=f"Resident {n}")
        for n in range(200)
    )
    Resident.objects.bulk_create(
        Resident(lab=lab, person=one, employer=home, since=clock.today(), state="working") for one in made
    )
    own = f"/joint-labs/{lab.uid}"
    paths = ["/joint-labs", own, f"{own}/residents", f"{own}/bookings", f"{own}/residents/{someone.uid}"]
    kept = ["spaces", "residents/new", "residents/sheet"]
    for reader, all_paths in (
        (someone.person, paths),
        (agreements.secretary(), [*paths, *(f"{own}/{one}" for one in kept)]),
    ):
        client = client_of(reader)
        for path in all_paths:
            client.get(path)
            with django_assert_max_num_queries(12):
                assert client.get(path).status_code == 200
