"""A seminar with fewer seats than guests: who waits moves up, who comes is checked in, and the list is closed."""

from datetime import timedelta
from typing import Final

from dure.alliance.meetings import editing, seating
from dure.alliance.models import Meeting
from dure.alliance.year.meeting import voters
from dure.alliance.year.playing import Scene, Year
from dure.foundation import clock, workflow

OPENS: Final = 180
HELD: Final = 200
SEATS: Final = 20
AWAY: Final = 3
"""So many of those with a seat do not come."""
TITLE: Final = ("산업 AI 세미나 (데모)", "Seminar on AI in industry (demo)")


def scenes() -> list[Scene]:
    return [
        Scene(OPENS, "세미나 신청 시작 / registration for a seminar", open_it),
        Scene(OPENS + 5, "한 사람이 취소, 대기자가 자리를 얻음 / one cancels, the next moves up", cancel_one),
        Scene(HELD, "세미나 / the seminar", hold),
    ]


def open_it(year: Year) -> None:
    starts = clock.moment(year.day(HELD), 14)
    given = {
        "title_ko": TITLE[0],
        "title_en": TITLE[1],
        "text_ko": "현장의 사례를 나눕니다.",
        "text_en": "Cases from plants.",
        "place_ko": "데모 강당",
        "place_en": "A hall of the demo",
        "kind": "seminar",
        "host": None,
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
        "link": "",
        "seats": SEATS,
        "opens_at": clock.now(),
        "closes_at": starts,
        "audience": "members",
        "circle": None,
    }
    made = editing.make(by=year.cast.desk, given=given)
    workflow.perform(made, "announce", by=year.cast.desk)
    workflow.perform(made, "open", by=year.cast.desk)
    for guest in voters(year):
        seating.register(made, by=guest)


def cancel_one(year: Year) -> None:
    guest = voters(year)[0]
    seating.act(seminar().registrations.get(person=guest), "cancel", by=guest)


def hold(year: Year) -> None:
    made = seminar()
    with clock.at(made.starts_at):
        seated = list(made.registrations.filter(state="registered").order_by("pk"))
        for one in seated[AWAY:]:
            seating.act(one, "check_in", by=year.cast.desk)
    with clock.at(made.ends_at):
        workflow.perform(made, "hold", by=year.cast.desk)
        workflow.perform(made, "close", by=year.cast.desk)


def seminar() -> Meeting:
    return Meeting.objects.get(title_en=TITLE[1])
