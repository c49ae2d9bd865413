"""What an applicant reads: its own standing, the cut-off and the reason, and nobody else's name."""

from dataclasses import asdict

from hypothesis import given

from dure.engines.placement import CutOff, Explainer, Limit, Line, Opening, Why, draw, solve
from tests.engines.placement.markets import EXAMPLE, PLAINS, SEED, Plain, solved


def lines_of(plain: Plain, name: str) -> list[Line]:
    market = plain.market()
    drawn = draw(market, SEED)
    explainer = Explainer.of(market, drawn, solve(market, drawn))
    return explainer.lines(market.applicants.index(name))


def hosting(*limits: Limit, **classes: int) -> Plain:
    """One host with two seats that everybody ranks."""
    return Plain(
        openings=(Opening(key="host", capacity=2, limits=limits),),
        rankings=dict.fromkeys(classes, (("host",),)),
        classes={"host": {name: number for name, number in classes.items() if number}},
        groups={"busan": tuple({"p3", "p4"}.intersection(classes))},
    )


def test_a_seat_and_a_full_opening() -> None:
    plain = hosting(p1=1, p2=2, p3=3)
    assert lines_of(plain, "p2") == [
        Line(opening="host", tier=1, priority=2, place=2, ranked=3, why=Why.SEAT)
    ]
    assert lines_of(plain, "p3") == [
        Line(
            opening="host",
            tier=1,
            priority=3,
            place=3,
            ranked=3,
            why=Why.FULL,
            cut_off=CutOff(priority=2, by_lottery=False),
        )
    ]


def test_the_lottery_decided_within_a_class() -> None:
    plain = hosting(p1=1, p2=2, p3=2)
    (loser,) = (name for name in ("p2", "p3") if lines_of(plain, name)[0].why is Why.FULL)
    assert lines_of(plain, loser)[0].cut_off == CutOff(priority=2, by_lottery=True)


def test_who_is_not_acceptable_has_no_place() -> None:
    (line,) = lines_of(hosting(p1=1, p2=0), "p2")
    assert (line.why, line.place, line.ranked, line.cut_off) == (Why.NOT_ACCEPTABLE, 0, 1, None)


def test_a_reached_quota_is_named_with_the_cut_off_within_the_group() -> None:
    plain = hosting(Limit(group="busan", quota=1), p1=3, p3=1, p4=2)
    (line,) = lines_of(plain, "p4")
    assert (line.why, line.group, line.cut_off) == (Why.QUOTA, "busan", CutOff(priority=1, by_lottery=False))


def test_a_seat_kept_for_others_is_said_to_be() -> None:
    plain = hosting(Limit(group="busan", reserve=1), p1=1, p2=2, p3=3)
    (line,) = lines_of(plain, "p2")
    assert (line.why, line.place, line.cut_off) == (Why.RESERVED, 2, CutOff(priority=1, by_lottery=False))


def test_a_quota_that_did_not_matter_is_no_reason() -> None:
    plain = hosting(Limit(group="busan", quota=1), p1=1, p3=1, p4=2)
    assert lines_of(plain, "p4")[0].why is Why.FULL


def test_what_lies_below_the_own_seat_was_not_asked() -> None:
    reasons = [line.why for line in lines_of(EXAMPLE, "p1")]
    assert reasons == [Why.SEAT, Why.HIGHER_CHOICE]


@given(PLAINS)
def test_every_applicant_reads_one_line_per_choice_and_one_seat_at_most(plain: Plain) -> None:
    frozen, drawn, places = solved(plain)
    explainer = Explainer.of(frozen.market, drawn, places)
    for index, name in enumerate(frozen.market.applicants):
        lines = explainer.lines(index)
        assert sorted(line.opening for line in lines) == sorted(sum(plain.rankings[name], ()))
        assert [line.tier for line in lines] == sorted(line.tier for line in lines)
        seats = [line.opening for line in lines if line.why is Why.SEAT]
        assert seats == ([frozen.market.openings[places[index]].key] if places[index] >= 0 else [])
        assert all(0 <= line.place <= line.ranked for line in lines)
        others = set(frozen.market.applicants) - {name}
        assert others.isdisjoint(str(value) for line in lines for value in asdict(line).values())
