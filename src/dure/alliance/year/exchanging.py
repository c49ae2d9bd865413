"""An exchange of thirty students with a partner abroad, from the call to the return: talent plays it, the year says when."""

from typing import Final

from dure.alliance.year.playing import Scene, Year
from dure.talent import api as talent

CALLED: Final = 20
CLOSES: Final = 45
LEAVES: Final = 95
REPORTS: Final = 130
COMES_BACK: Final = 245
HOST: Final = "year-lakeside-university"
RUNNER: Final = "year-narae-university"
KEEPERS: Final = ("year-haneul-telecom", "year-moru-steel")


def scenes(year: Year) -> list[Scene]:
    cast = _cast(year)
    days = {"starts_on": year.day(LEAVES), "ends_on": year.day(COMES_BACK), "rank_until": year.day(CLOSES)}
    return [
        Scene(
            CALLED,
            "교환 모집 공고 / an exchange is called",
            lambda _year: talent.exchange.call(cast, **days),
        ),
        Scene(
            CALLED + 12, "그룹의 희망 순서 / students rank groups", lambda _year: talent.exchange.rank(cast)
        ),
        Scene(CLOSES + 4, "배정 / seats are placed", lambda _year: talent.exchange.decide(cast)),
        Scene(LEAVES, "출국 / thirty leave", lambda _year: talent.exchange.leave(cast)),
        Scene(REPORTS, "월 보고 / monthly reports", lambda _year: talent.exchange.report(cast)),
        Scene(
            COMES_BACK + 6,
            "귀국 보고와 종료 / they are back, the exchange ends",
            lambda _year: talent.exchange.come_home(cast),
        ),
    ]


def _cast(year: Year) -> talent.exchange.Exchange:
    cast = year.cast
    return talent.exchange.Exchange(
        desk=cast.desk,
        runner=cast.homes[RUNNER],
        host=cast.homes[HOST],
        supervisor=cast.speakers[HOST],
        keepers={cast.homes[slug]: cast.speakers[slug] for slug in KEEPERS},
        students=cast.students,
    )
