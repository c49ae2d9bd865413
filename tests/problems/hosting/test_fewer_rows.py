"""Rows that cannot be right are taken out of the answers while teams hand in: their side, their files, and what is said."""

import io
import json
from typing import Any

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dure.engines.faults import Faulty
from dure.problems.actions import challenges, rescores
from dure.problems.models import AnswerVersion, Challenge, Evaluation
from dure.problems.scoring import boards
from dure.problems.scoring.answers import load
from tests.factories.people import client_of
from tests.factories.problems import csv_of, entered, numbers, submitted
from tests.problems.hosting import making

pytestmark = pytest.mark.django_db
OUT = (3, 17, 40)


def answers(rows: int, *, out: tuple[int, ...] = (), wrong: tuple[int, ...] = ()) -> bytes:
    """The factories' answers without the rows `out`, those of `wrong` moved by ten."""
    ids, truth = numbers(rows)
    truth[list(wrong)] += 10
    kept = [at for at in range(rows) if at not in out]
    return csv_of(id=[ids[at] for at in kept], value=truth[kept].round(3))


def table(body: bytes) -> challenges.Table:
    return challenges.take_table(io.BytesIO(body))


def corrected(challenge: Challenge, body: bytes, *, dropped: int = 0) -> AnswerVersion:
    version = rescores.change_answers(
        by=making.host_of(challenge),
        challenge=making.fresh(challenge),
        truth=table(body),
        dropped=dropped,
        note_en="A sensor was broken.",
    )
    making.score_all()
    return version


def looked_at(challenge: Challenge, body: bytes) -> rescores.Correction:
    host = making.host_of(challenge)
    return rescores.look_at_answers(by=host, challenge=making.fresh(challenge), truth=table(body))


def sides(version: AnswerVersion) -> dict[str, bool]:
    found = load(version)
    public = set(found.public.rows.tolist())
    return {name: at in public for at, name in enumerate(found.frame["id"].to_list())}


def file_of(rows: int, *, out: tuple[int, ...] = (), more: tuple[str, ...] = ()) -> bytes:
    ids, truth = numbers(rows)
    kept = [at for at in range(rows) if at not in out]
    return csv_of(id=[*(ids[at] for at in kept), *more], value=[*truth[kept], *([1.0] * len(more))])


def test_rows_taken_out_count_for_nobody_and_no_other_row_changes_its_side() -> None:
    challenge = making.with_teams(3)
    first = making.fresh(challenge).answers
    assert first is not None
    second = corrected(challenge, answers(200, out=OUT), dropped=3)
    before, after = sides(first), sides(second)
    assert {name: before[name] for name in after} == after
    assert set(before) - set(after) == {"r3", "r17", "r40"}
    assert (second.rows, second.dropped) == (197, 3)
    assert second.public_rows == sum(after.values())
    rescored = Evaluation.objects.filter(answers=second)
    assert [one.state for one in rescored] == ["done"] * 3
    board = boards.latest(making.fresh(challenge), "public")
    assert board is not None
    assert [row["name"] for row in board.rows] == ["team 0", "team 1", "team 2"]


def test_scores_are_those_of_the_rows_that_remain() -> None:
    challenge = making.with_teams(1)
    submission = challenge.submissions.get()
    second = corrected(challenge, answers(200, out=OUT, wrong=(9,)), dropped=3)
    ids, truth = numbers(200)
    truth[9] += 10
    given = numbers(200)[1] + np.random.default_rng(0).normal(0, 1.0, 200)
    side = sides(second)
    for public in (True, False):
        at = [row for row, name in enumerate(ids) if side.get(name) is public]
        expected = float(np.sqrt(np.mean((given.round(4)[at] - truth[at].round(3)) ** 2)))
        evaluation = submission.evaluations.get(answers=second)
        score = evaluation.public_score if public else evaluation.private_score
        assert score == pytest.approx(expected)


def test_a_look_says_what_would_change_and_changes_nothing() -> None:
    challenge = making.with_teams(1)
    version = making.fresh(challenge).answers
    assert version is not None
    found = looked_at(challenge, answers(200, out=OUT, wrong=(9, 10))).difference
    side = sides(version)
    out = [side[f"r{at}"] for at in OUT]
    assert (found.dropped.public, found.dropped.private) == (sum(out), 3 - sum(out))
    assert found.changed.both == 2
    assert found.changed.public == side["r9"] + side["r10"]
    assert (found.returned.both, found.remaining.both) == (0, 197)
    assert making.fresh(challenge).answers == version
    assert Evaluation.objects.count() == 1


def test_half_a_file_does_not_pass_for_a_correction() -> None:
    challenge = making.with_teams(1)
    for dropped in (0, 2, 4):
        with pytest.raises(Faulty, match="answers_rows_dropped"):
            corrected(challenge, answers(200, out=OUT), dropped=dropped)
    assert AnswerVersion.objects.filter(challenge=challenge).count() == 1


def test_rows_that_were_never_asked_for_are_refused_with_their_ids() -> None:
    challenge = making.with_teams(1)
    ids, truth = numbers(200)
    body = csv_of(id=["new", *ids[1:]], value=truth)
    with pytest.raises(Faulty) as refused:
        looked_at(challenge, body)
    (fault,) = refused.value.faults
    assert (fault.code, fault.params["count"], fault.params["examples"]) == ("answers_ids_new", 1, "new")


def test_one_side_cannot_be_taken_out_altogether() -> None:
    challenge = making.with_teams(1)
    version = making.fresh(challenge).answers
    assert version is not None
    public = tuple(int(name[1:]) for name, is_public in sides(version).items() if is_public)
    with pytest.raises(Faulty, match="answers_one_sided"):
        looked_at(challenge, answers(200, out=public))


def test_later_files_may_hold_the_rows_taken_out_or_lack_them_but_no_others() -> None:
    challenge = making.with_teams(1)
    corrected(challenge, answers(200, out=OUT), dropped=3)
    challenge = making.fresh(challenge)
    for name, out in (("all", ()), ("some", OUT[:1]), ("none", OUT)):
        taken = submitted(entered(challenge, name=name), content=file_of(200, out=out))
        assert taken.rows == 200 - len(out)
    for wrong in (file_of(200, out=(5,)), file_of(200, more=("r999",)), file_of(200, more=("r3",))):
        with pytest.raises(Faulty):
            submitted(entered(challenge, name="wrong"), content=wrong)
    making.score_all()
    scores = Evaluation.objects.filter(submission__team__name__in=("all", "some", "none"), answers__number=2)
    assert len({one.private_score for one in scores}) == 1
    assert [one.state for one in scores] == ["done"] * 3


def test_a_row_comes_back_to_its_side_and_a_file_that_lacks_it_is_said() -> None:
    challenge = making.with_teams(1)
    first = making.fresh(challenge).answers
    assert first is not None
    corrected(challenge, answers(200, out=OUT), dropped=3)
    submitted(entered(making.fresh(challenge), name="short"), content=file_of(200, out=OUT))
    making.score_all()
    found = looked_at(challenge, answers(200, out=OUT[:1]))
    assert (found.difference.returned.both, found.short) == (2, 1)
    third = corrected(challenge, answers(200, out=OUT[:1]))
    assert {name: side for name, side in sides(first).items() if name != "r3"} == sides(third)
    states = {one.submission.team.name: one for one in Evaluation.objects.filter(answers=third)}
    assert states["team 0"].state == "done"
    assert states["short"].state == "failed_user"
    assert "2" in states["short"].message
    assert third.dropped == 1


def test_the_units_of_the_intervals_are_counted_anew() -> None:
    challenge = making.with_teams(1)
    second = corrected(challenge, answers(200, out=tuple(range(50))), dropped=50)
    assert second.units == 150


def test_the_page_tells_before_it_asks_and_the_board_tells_everybody() -> None:
    challenge = making.with_teams(2)
    browser = client_of(making.host_of(challenge))
    browser.cookies["dure_language"] = "en"
    page = f"/challenges/{challenge.slug}/manage/versions"
    upload = SimpleUploadedFile("answers.csv", answers(200, out=OUT, wrong=(9,)))
    seen = browser.post(page, {"action": "look", "note_en": "Sensor 3 was broken.", "file": upload})
    assert seen.status_code == 200
    assert "Take 3 rows out and put in force" in seen.text
    assert making.fresh(challenge).answers.number == 1  # type: ignore[union-attr]  # it has answers
    given = {"action": "answers", "note_en": "Sensor 3 was broken.", "seen": seen.context["seen"]}
    other = making.with_teams(1)
    strange = client_of(making.host_of(other))
    assert strange.post(f"/challenges/{other.slug}/manage/versions", given).status_code == 422
    assert browser.post(page, given).status_code == 302
    making.score_all()
    board = browser.get(f"/challenges/{challenge.slug}/leaderboard").text
    assert "3 rows were taken out of the answers" in board
    assert "3 rows fewer than at the opening" in browser.get(page).text


def test_the_same_over_rest() -> None:
    challenge = making.with_teams(1)
    browser = client_of(making.host_of(challenge))
    url = f"/api/v1/challenges/{challenge.slug}/manage/versions/answers"

    def send(path: str, **more: Any) -> tuple[int, Any]:
        upload = SimpleUploadedFile("answers.csv", answers(200, out=OUT))
        answer = browser.post(path, {"file": upload, "note_en": "x", **more})
        return answer.status_code, json.loads(answer.content)

    status, looked = send(f"{url}/look")
    assert status == 200
    assert looked["dropped"]["public"] + looked["dropped"]["private"] == 3
    status, refused = send(url)
    assert (status, refused["faults"][0]["code"]) == (422, "answers_rows_dropped")
    assert send(url, dropped=3)[0] == 201
    listed = json.loads(browser.get(f"/api/v1/challenges/{challenge.slug}/manage/versions").content)
    assert [one["dropped"] for one in listed["versions"] if one["kind"] == "answers"] == [0, 3]
    board = json.loads(browser.get(f"/api/v1/challenges/{challenge.slug}/leaderboard").content)
    assert board["answers_dropped"] == 3
