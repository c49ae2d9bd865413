"""Preparing a challenge: each step, what is missing, and what may no longer change."""

import io

import pytest

from dure.engines.faults import Faulty
from dure.foundation import workflow
from dure.foundation.access import Denied
from dure.problems import readiness
from dure.problems.actions import baselines, challenges, leaks, preparing
from dure.problems.models import AnswerVersion, Challenge, DatasetVersion, ScorerVersion, Team
from tests.factories.people import person
from tests.factories.problems import begun_challenge
from tests.problems.hosting import making

pytestmark = pytest.mark.django_db


def missing(challenge: Challenge) -> set[str]:
    return {step.key for step in readiness.steps(making.fresh(challenge)) if not step.done}


def test_each_step_takes_one_thing_off_the_list_until_it_opens() -> None:
    challenge, host = begun_challenge(slug="steel-hardness")
    assert missing(challenge) == {"data", "answers", "columns", "metric", "phases", "checks"}
    with pytest.raises(Denied, match="not_ready") as refused:
        workflow.perform(challenge, "open", by=host)
    for words in readiness.missing(making.fresh(challenge)):
        assert words in str(refused.value.refused.message)


def test_a_prepared_challenge_opens_after_its_checks() -> None:
    challenge, host = making.prepared()
    assert missing(challenge) == {"checks"}
    with pytest.raises(Denied, match="not_ready"):
        workflow.perform(challenge, "open", by=host)
    making.score_all()
    assert readiness.check_state(making.fresh(challenge)) == "clear"
    assert workflow.perform(challenge, "open", by=host).state == "open"


def test_versions_made_while_preparing_do_not_count() -> None:
    challenge, host = making.prepared()
    preparing.choose_split(by=host, challenge=challenge, mode="rows", share=0.5)
    preparing.set_licence(by=host, challenge=challenge, licence="CC0")
    assert AnswerVersion.objects.get(challenge=challenge).number == 1
    assert ScorerVersion.objects.get(challenge=challenge).number == 1
    assert DatasetVersion.objects.get(challenge=challenge).number == 1
    answers = making.fresh(challenge).answers
    assert answers is not None
    assert answers.public_rows == 60


def test_every_fault_of_an_edited_schema_comes_at_once() -> None:
    challenge, host = making.prepared()
    schema = dict(challenge.schema)
    schema["columns"] = [{**schema["columns"][0], "kind": "nonsense", "lowest": "x"}]
    schema["truth"] = [{**schema["truth"][0], "role": "???"}]
    with pytest.raises(Faulty) as raised:
        preparing.set_schema(by=host, challenge=challenge, schema=schema)
    assert {fault.place for fault in raised.value.faults} >= {"columns[0].lowest", "truth[0].role"}


def test_a_metric_that_does_not_fit_is_refused_and_nothing_changes() -> None:
    challenge, host = making.prepared()
    with pytest.raises(Faulty, match="role_unfilled"):
        preparing.choose_metric(by=host, challenge=challenge, metric="detection_map")
    with pytest.raises(Faulty, match="second_metric_unfit"):
        preparing.choose_metric(by=host, challenge=challenge, metric="rmse", second_metric="accuracy")
    assert making.fresh(challenge).metric == "rmse"
    preparing.choose_metric(by=host, challenge=challenge, metric="rmse", second_metric="mae", target=3.0)
    assert making.fresh(challenge).second_metric == "mae"


def test_a_split_is_previewed_without_being_written() -> None:
    challenge, host = making.prepared()
    before = making.fresh(challenge).answers_id
    seen = preparing.preview_split(challenge, mode="rows", column="", share=0.25)
    assert (seen.public_rows, seen.private_rows) == (30, 90)
    assert making.fresh(challenge).answers_id == before
    with pytest.raises(Faulty, match="answers_column_missing"):
        preparing.preview_split(challenge, mode="group", column="patient", share=0.25)
    with pytest.raises(Faulty, match="split_share"):
        preparing.choose_split(by=host, challenge=challenge, mode="rows", share=1.5)
    assert making.fresh(challenge).public_share == 0.3


def test_a_baseline_is_the_first_row_of_the_board_and_holds_the_columns() -> None:
    challenge, host = making.prepared()
    making.baseline(challenge)
    making.score_all()
    board = challenge.boards.get(view="public")
    assert [row["baseline"] for row in board.rows] == [True]
    with pytest.raises(Denied, match="baselines"):
        preparing.set_schema(by=host, challenge=challenge, schema=challenge.schema)
    team = Team.objects.get(challenge=challenge)
    with pytest.raises(Denied, match="not_host"):
        baselines.remove_baseline(by=person(), team=team)
    baselines.remove_baseline(by=host, team=team)
    assert not Team.objects.filter(challenge=challenge).exists()


def test_a_baseline_is_scored_again_when_the_metric_changes() -> None:
    challenge, host = making.prepared()
    making.baseline(challenge)
    making.score_all()
    preparing.choose_metric(by=host, challenge=making.fresh(challenge), metric="mae")
    making.score_all()
    changed = making.fresh(challenge)
    evaluation = changed.submissions.get().evaluations.get(scorer=changed.scorer, answers=changed.answers)
    assert evaluation.state == "done"
    assert changed.submissions.get().evaluations.count() == 2


def test_the_ladder_is_not_turned_off_without_a_reason() -> None:
    challenge, host = making.prepared()
    with pytest.raises(Denied, match="no_reason"):
        preparing.set_rules(by=host, challenge=challenge, ladder=False, ladder_reason=" ")
    preparing.set_rules(by=host, challenge=challenge, ladder=False, ladder_reason="For learning.")
    assert making.fresh(challenge).ladder is False


def test_what_teams_build_on_is_frozen_by_the_opening() -> None:
    challenge, host = making.prepared()
    making.score_all()
    workflow.perform(challenge, "open", by=host)
    challenge = making.fresh(challenge)
    for change in (
        lambda: preparing.set_schema(by=host, challenge=challenge, schema=challenge.schema),
        lambda: preparing.choose_metric(by=host, challenge=challenge, metric="mae"),
        lambda: preparing.choose_split(by=host, challenge=challenge, mode="rows", share=0.5),
        lambda: preparing.set_rules(by=host, challenge=challenge, prize_ko="상금"),
        lambda: preparing.put_answers(by=host, challenge=challenge, stream=io.BytesIO(b"id,value\n1,2\n")),
        lambda: leaks.ask(by=host, challenge=challenge),
    ):
        with pytest.raises(Denied, match="running"):
            change()


def test_others_may_not_touch_anything() -> None:
    challenge, _host = making.prepared()
    stranger = person()
    for change in (
        lambda: preparing.set_licence(by=stranger, challenge=challenge, licence="mine"),
        lambda: preparing.set_rules(by=stranger, challenge=challenge, prize_ko="상금"),
        lambda: preparing.put_page(by=stranger, challenge=challenge, number=1, texts={"title_ko": "x"}),
        lambda: leaks.open_all_the_same(by=stranger, challenge=challenge, reason="x"),
        lambda: challenges.set_phases(by=stranger, challenge=challenge, phases=[]),
        lambda: baselines.add_baseline(
            by=stranger, challenge=challenge, name="x", stream=io.BytesIO(b""), filename="x"
        ),
    ):
        with pytest.raises(Denied, match="not_host"):
            change()
