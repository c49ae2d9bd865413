"""Winners by the tie rule, their code, and what everybody takes away."""

import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.foundation import events, notices, workflow
from dure.foundation.access import Denied
from dure.foundation.models import Notice
from dure.problems.actions import winners as actions
from dure.problems.events import ResultRecorded
from dure.problems.models import Award, Challenge, ResultRecord
from dure.problems.results import write_results
from dure.problems.scoring import boards
from dure.problems.winners import Ranked, winners
from tests.factories.people import person
from tests.factories.problems import entered, open_challenge, predictions, submitted
from tests.problems.hosting import making

ROWS = [
    Ranked("late", 1, "2026-05-02", 0.2),
    Ranked("early", 1, "2026-05-01", 0.9),
    Ranked("third", 3, "2026-04-01", 0.1),
    Ranked("fourth", 4, "2026-04-01", None),
]


def names(rows: Sequence[Ranked], **given_: object) -> list[tuple[str, int, bool]]:
    return [(one.team, one.place, one.shared) for one in winners(rows, **given_)]  # type: ignore[arg-type]  # shorter tests


def test_the_earlier_file_wins_among_equal_scores() -> None:
    assert names(ROWS, rule="earlier") == [("early", 1, False)]
    assert names(ROWS, rule="earlier", places=3) == [
        ("early", 1, False),
        ("late", 2, False),
        ("third", 3, False),
    ]


def test_the_second_metric_decides_in_its_own_direction() -> None:
    assert names(ROWS, rule="second_metric", second_direction="lower") == [("late", 1, False)]
    assert names(ROWS, rule="second_metric", second_direction="higher") == [("early", 1, False)]
    missing = [Ranked("none", 1, "2026-01-01", None), Ranked("some", 1, "2026-02-01", 5.0)]
    assert names(missing, rule="second_metric", second_direction="lower") == [("some", 1, False)]


def test_equal_scores_share_also_beyond_the_places() -> None:
    assert set(names(ROWS, rule="share")) == {("late", 1, True), ("early", 1, True)}
    assert [one[:2] for one in names(ROWS, rule="share", places=3)][2:] == [("third", 3)]


def test_who_is_passed_over_makes_room_for_the_next() -> None:
    assert names(ROWS, rule="earlier", passed_over={"early"}) == [("late", 1, False)]
    assert names(ROWS, rule="share", passed_over={"early", "late"}) == [("third", 1, False)]
    assert names(ROWS, rule="earlier", passed_over={row.team for row in ROWS}) == []


ranks = st.lists(st.integers(1, 4), min_size=1, max_size=8)


@given(ranks, st.sampled_from(["earlier", "second_metric", "share"]), st.integers(1, 4))
def test_no_rule_ever_lets_a_worse_rank_pass_a_better_one(given_: list[int], rule: str, places: int) -> None:
    rows = [Ranked(str(at), rank, f"2026-01-{at + 1:02}", float(-at)) for at, rank in enumerate(given_)]
    chosen = [one.team for one in winners(rows, rule=rule, places=places)]  # type: ignore[arg-type]  # drawn
    rank_of = {row.team: row.rank for row in rows}
    left_out = [rank_of[row.team] for row in rows if row.team not in chosen]
    assert all(rank_of[team] <= min(left_out, default=9) for team in chosen)
    assert len(chosen) >= min(places, len(rows))


def award_of(challenge: Challenge) -> Award:
    return Award.objects.exclude(state="declined").get(challenge=challenge)


def hand_in(award: Award) -> Award:
    member = award.team.members.get().person
    actions.add_file(by=member, award=award, stream=io.BytesIO(b"print(1)"), filename="code.zip")
    return actions.hand_in(by=member, award=award, report="Run make; it prints the same score.")


@pytest.mark.django_db
def test_from_close_to_result() -> None:
    challenge = making.closed(3)
    host = making.host_of(challenge)
    with pytest.raises(Denied, match="winners_not_asked"):
        workflow.perform(challenge, "finish", by=host)
    (award,) = actions.ask(by=host, challenge=challenge)
    assert award.team.name == "team 0"
    member = award.team.members.get().person
    assert [todo.url for todo in notices.todos(member) if "award" in todo.url] == [f"/awards/{award.uid}"]
    with pytest.raises(Denied, match="no_code"):
        actions.hand_in(by=member, award=award, report="only words")
    with pytest.raises(Denied, match="not_in_team"):
        actions.add_file(by=person(), award=award, stream=io.BytesIO(b"x"), filename="x")
    award = hand_in(award)
    with pytest.raises(Denied, match="not_host"):
        actions.accept(by=member, award=award)
    with pytest.raises(Denied, match="winners_open"):
        workflow.perform(challenge, "finish", by=host)
    actions.accept(by=host, award=award, reproduced=True)
    making.score_all()
    assert workflow.perform(challenge, "finish", by=host).state == "finished"
    records = ResultRecord.objects.filter(challenge=challenge).order_by("rank")
    assert [(record.rank, record.won, record.teams) for record in records] == [
        (1, True, 3),
        (2, False, 3),
        (3, False, 3),
    ]


@pytest.mark.django_db
def test_passing_over_asks_the_next_and_tells_why() -> None:
    challenge = making.closed(2)
    host = making.host_of(challenge)
    (award,) = actions.ask(by=host, challenge=challenge)
    with pytest.raises(Denied, match="no_reason"):
        actions.decline(by=host, award=award, reason=" ")
    actions.decline(by=host, award=award, reason="The code reads the test answers.")
    assert award_of(challenge).team.name == "team 1"
    told = Notice.objects.get(kind="problems.award_passed_over")
    assert "reads the test answers" in notices.text(told)
    actions.decline(by=host, award=award_of(challenge), reason="It does not run.")
    assert workflow.perform(challenge, "finish", by=host).state == "finished"
    assert ResultRecord.objects.filter(challenge=challenge, won=True).count() == 0


@pytest.mark.django_db
def test_asking_twice_asks_once() -> None:
    challenge = making.closed(2)
    host = making.host_of(challenge)
    first = actions.ask(by=host, challenge=challenge)
    assert actions.ask(by=host, challenge=challenge) == first
    assert Notice.objects.filter(kind="problems.award_asked").count() == 1


@pytest.mark.django_db
def test_results_are_written_once_and_each_is_an_event(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[ResultRecorded] = []
    monkeypatch.setattr(events, "record", heard.append)
    challenge = making.closed(2)
    heard.clear()
    assert len(write_results(challenge)) == 2
    assert write_results(challenge) == []
    assert ResultRecord.objects.filter(challenge=challenge).count() == 2
    assert sorted((event.rank, event.teams) for event in heard) == [(1, 2), (2, 2)]


@pytest.mark.django_db
def test_equal_files_share_when_the_rule_says_so_and_baselines_never_win() -> None:
    challenge = open_challenge(tie_rule="share")
    making.baseline(challenge)
    body = predictions(challenge)
    for name in ("one", "two"):
        submitted(entered(challenge, name=name), content=body)
    making.score_all()
    workflow.perform(challenge, "close", by=making.host_of(challenge))
    making.score_all()
    challenge = making.fresh(challenge)
    asked = actions.ask(by=making.host_of(challenge), challenge=challenge)
    assert {(award.team.name, award.place, award.shared) for award in asked} == {
        ("one", 1, True),
        ("two", 1, True),
    }
    assert len(boards.latest(challenge, "private").rows) == 3  # type: ignore[union-attr]  # it is there


@pytest.mark.django_db
def test_nobody_is_asked_before_the_close_or_while_scores_are_missing() -> None:
    challenge = making.with_teams(1)
    host = making.host_of(challenge)
    with pytest.raises(Denied, match="not_closed"):
        actions.ask(by=host, challenge=challenge)
    submitted(entered(challenge, name="late"))
    workflow.perform(challenge, "close", by=host)
    with pytest.raises(Denied, match="scoring"):
        actions.ask(by=host, challenge=making.fresh(challenge))


@pytest.mark.django_db
def test_a_board_from_before_the_close_decides_nothing() -> None:
    challenge = making.with_teams(2)
    host = making.host_of(challenge)
    workflow.perform(challenge, "close", by=host)
    with pytest.raises(Denied, match="scoring"):
        actions.ask(by=host, challenge=making.fresh(challenge))
    with pytest.raises(Denied, match="scoring"):
        workflow.perform(challenge, "finish", by=host)
    making.score_all()
    assert len(actions.ask(by=host, challenge=making.fresh(challenge))) == 1
