"""New answers or a new metric while teams hand in: everything is scored again, nothing is lost, teams hear what moved."""

import pytest

from dure.foundation import clock, notices
from dure.foundation.access import Denied
from dure.foundation.models import Notice
from dure.problems.actions import rescores
from dure.problems.models import Board, Evaluation
from tests.factories.people import person
from tests.factories.problems import entered, submitted
from tests.problems.hosting import making, telling

pytestmark = pytest.mark.django_db


def test_new_answers_score_everything_again_and_keep_the_old() -> None:
    challenge = making.with_teams(3)
    host = making.host_of(challenge)
    before = {one.submission_id: one.public_score for one in Evaluation.objects.all()}
    old = challenge.answers
    rescores.change_answers(
        by=host, challenge=challenge, truth=making.corrected(challenge), note_en="The scale was wrong."
    )
    running = rescores.running(challenge)
    assert running is not None
    assert rescores.progress(running) == rescores.Progress(done=0, all=3)
    assert notices_of("problems.rescored") == []
    making.score_all()
    assert rescores.progress(running) == rescores.Progress(done=3, all=3)
    assert rescores.running(challenge) is None
    kept = Evaluation.objects.filter(answers=old)
    assert {one.submission_id: one.public_score for one in kept} == before
    new = making.fresh(challenge).answers
    assert new is not None
    assert new.number == 2
    for submission in challenge.submissions.all():
        evaluation = submission.evaluations.get(answers=new, scorer=challenge.scorer)
        assert evaluation.state == "done"
        assert evaluation.public_score != before[submission.pk]
    assert Board.objects.filter(challenge=challenge, view="public").count() == 2


def notices_of(kind: str) -> list[str]:
    return [notices.text(notice) for notice in Notice.objects.filter(kind=kind).order_by("id")]


def test_teams_hear_what_moved_once_and_only_what_they_may_see() -> None:
    challenge = making.with_teams(2)
    host = making.host_of(challenge)
    rescores.change_answers(
        by=host, challenge=challenge, truth=making.corrected(challenge), note_en="The scale was wrong."
    )
    making.score_all()
    rescores.settle_all()
    clock.strike(clock.now())
    told = notices_of("problems.rescored")
    assert len(told) == 2
    assert all("The scale was wrong." in words and "→" in words for words in told)
    private = [one.private_score for one in Evaluation.objects.all() if one.private_score is not None]
    assert private
    assert telling.told(private, " ".join(told)) == []


def test_no_row_changes_sides() -> None:
    challenge = making.with_teams(1, split_mode="stratified")
    host, old = making.host_of(challenge), challenge.answers
    assert old is not None
    rescores.change_answers(by=host, challenge=challenge, truth=making.corrected(challenge), note_ko="정정")
    new = making.fresh(challenge).answers
    assert new is not None
    from dure.problems.scoring.answers import load  # noqa: PLC0415 - only here

    assert load(old).public.rows.tolist() == load(new).public.rows.tolist()


def test_a_new_metric_scores_again_and_columns_stay() -> None:
    challenge = making.with_teams(2)
    host = making.host_of(challenge)
    rescores.change_scoring(
        by=host,
        challenge=challenge,
        schema=challenge.schema,
        metric="mae",
        note_en="Large misses counted twice.",
    )
    making.score_all()
    assert Evaluation.objects.filter(scorer=making.fresh(challenge).scorer, state="done").count() == 2
    renamed = {**challenge.schema, "columns": [{**challenge.schema["columns"][0], "name": "guess"}]}
    with pytest.raises(Denied, match="running"):
        rescores.change_scoring(
            by=host, challenge=making.fresh(challenge), schema=renamed, metric="mae", note_en="rename"
        )


def test_only_hosts_with_a_reason_while_it_runs() -> None:
    challenge = making.with_teams(1)
    table = making.corrected(challenge)
    with pytest.raises(Denied, match="not_host"):
        rescores.change_answers(by=person(), challenge=challenge, truth=table, note_en="x")
    with pytest.raises(Denied, match="no_note"):
        rescores.change_answers(by=making.host_of(challenge), challenge=challenge, truth=table)
    draft, host = making.prepared()
    with pytest.raises(Denied, match="not_running"):
        rescores.change_answers(by=host, challenge=draft, truth=table, note_en="x")


def test_a_file_handed_in_during_a_rescore_is_scored_once_under_the_new_versions() -> None:
    challenge = making.with_teams(2)
    rescores.change_answers(
        by=making.host_of(challenge), challenge=challenge, truth=making.corrected(challenge), note_en="x"
    )
    late = submitted(entered(making.fresh(challenge), name="late"))
    making.score_all()
    assert late.evaluations.get().state == "done"
    assert len(notices_of("problems.rescored")) == 3


def test_a_second_change_before_the_first_is_through_tells_once() -> None:
    challenge = making.with_teams(1)
    host = making.host_of(challenge)
    rescores.change_answers(
        by=host, challenge=challenge, truth=making.corrected(challenge, shift=5), note_en="first"
    )
    challenge = making.fresh(challenge)
    rescores.change_answers(
        by=host, challenge=challenge, truth=making.corrected(challenge, shift=9), note_en="second"
    )
    making.score_all()
    assert len(notices_of("problems.rescored")) == 1
    assert challenge.submissions.get().evaluations.filter(state="done").count() == 3


def test_what_a_team_took_back_stays_taken_back() -> None:
    challenge = making.with_teams(1)
    team = entered(challenge, name="shy")
    submission = submitted(team)
    submission.evaluations.update(state="cancelled")
    rescores.change_answers(
        by=making.host_of(challenge), challenge=challenge, truth=making.corrected(challenge), note_en="x"
    )
    assert submission.evaluations.count() == 1
