"""What is taken as code, what is refused with which faults, and from where the code is run."""

import json
from uuid import uuid4

import pytest

from dure.engines.faults import Faulty
from dure.farm import api as farm
from dure.foundation.access import Denied
from dure.problems import quota
from dure.problems.actions import leaks, reruns, submissions
from dure.problems.code import asking, following
from dure.problems.models import CodeRun, Submission, Team
from dure.problems.queries.submissions import standing
from tests.factories.code import GOOD, code_challenge, handed, run_code, zip_of
from tests.factories.farm import run_all
from tests.factories.people import client_of
from tests.factories.problems import entered, prepared_challenge
from tests.problems.hosting.making import fresh, host_of
from tests.problems.test_query_counts import MOST, queries_of

pytestmark = pytest.mark.django_db(transaction=True)
COMMAND = "command: python3 main.py $input $output\n"
AS_COMMAND = GOOD + "\nimport sys\nfrom pathlib import Path\npredict(Path(sys.argv[1]), Path(sys.argv[2]))\n"
WITH_TABLE = (
    "import pandas as pd\n\ndef predict(inputs, output):\n"
    "    table = pd.read_csv(inputs / 'test.csv')\n    table['value'] = table.x / 2\n    return table[['id', 'value']]\n"
)


def notebook(*cells: str) -> bytes:
    made = [{"cell_type": "code", "metadata": {}, "source": cell.splitlines(keepends=True)} for cell in cells]
    return json.dumps(
        {"nbformat": 4, "cells": [{"cell_type": "markdown", "source": "# 두레"}, *made]}
    ).encode()


TAKEN = {
    "a Python file": ("predict.py", GOOD.encode()),
    "a returned table": ("predict.py", WITH_TABLE.encode()),
    "a zip": ("code.zip", zip_of(predict__py=GOOD)),
    "a zip of a folder": ("code.zip", zip_of(**{"my work/predict__py": GOOD, "my work/weights__txt": "1"})),
    "a command": ("code.zip", zip_of(metadata__yaml=COMMAND, main__py=AS_COMMAND)),
    "a notebook": ("work.ipynb", notebook("%matplotlib inline\nimport os", WITH_TABLE)),
    "a notebook in a zip": ("work.zip", zip_of(work__ipynb=notebook(WITH_TABLE).decode())),
}


@pytest.mark.sandbox
@pytest.mark.packages
@pytest.mark.parametrize("name", TAKEN)
def test_every_form_of_a_program_is_run(name: str) -> None:
    team = entered(code_challenge())
    filename, body = TAKEN[name]
    made = handed(team, body, filename=filename)
    run_code()
    told = standing(Submission.objects.get(pk=made.pk))
    assert (told.state, told.score) == ("done", 0.0), told.message
    assert [run.stage for run in told.runs] == ["public", "trial", "hidden"]


REFUSED = {
    "another kind": ("code.rar", b"Rar!", ["program_unknown"]),
    "no function": ("predict.py", b"def predicted(): pass", ["no_predict"]),
    "no Python": ("predict.py", b"def predict(inputs, output) pass", ["source_syntax"]),
    "nested without end": ("predict.py", b"predict = " + b"(" * 5000, ["source_syntax"]),
    "no text": ("predict.py", b"\xff\xfe", ["source_not_utf8"]),
    "no notebook": ("work.ipynb", b"[]", ["notebook_broken"]),
    "an empty notebook": ("work.ipynb", notebook(), ["no_predict"]),
    "a zip without a start": ("code.zip", zip_of(main__py=GOOD), ["program_without_start"]),
    "two notebooks": ("code.zip", zip_of(a__ipynb="{}", b__ipynb="{}"), ["program_without_start"]),
    "metadata without a command": (
        "code.zip",
        zip_of(metadata__yaml="title: x"),
        ["metadata_without_command"],
    ),
    "broken metadata": ("code.zip", zip_of(metadata__yaml="command: ["), ["metadata_broken"]),
    "an open quote": ("code.zip", zip_of(metadata__yaml="command: python3 'main.py"), ["command_quote_open"]),
    "a broken zip": ("code.zip", b"PK\x03\x04 and no more", ["broken_archive"]),
    "a way out": ("code.zip", zip_of(**{"../predict__py": GOOD}), ["bad_name"]),
    "a bomb": ("code.zip", zip_of(predict__py=GOOD, zeros="0" * 60_000_000), ["packed_too_well"]),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_run_is_refused_before_it_counts(name: str) -> None:
    team = entered(code_challenge())
    filename, body, codes = REFUSED[name]
    with pytest.raises(Faulty) as refused:
        handed(team, body, filename=filename)
    assert [fault.code for fault in refused.value.faults] == codes
    assert not Submission.objects.exists()


def test_code_sees_public_files_and_its_own_inputs_and_never_an_answer() -> None:
    challenge = code_challenge()
    made = handed(entered(challenge), GOOD)
    assert challenge.answers is not None
    seen = {stage: asking.spec_of(made, stage) for stage in asking.ORDER}
    places = {stage: {one.target for one in spec.inputs} for stage, spec in seen.items()}
    same = {"/app/program/predict.py", "/app/kit/predicting.py", "/app/data/train.csv", "/app/input/test.csv"}
    assert all(found == same for found in places.values())
    blobs = {one.sha256 for spec in seen.values() for one in spec.inputs}
    assert challenge.answers.blob_id not in blobs
    assert challenge.draft_answers_id not in blobs
    inputs = [
        next(one.sha256 for one in seen[stage].inputs if one.target == "/app/input/test.csv")
        for stage in asking.ORDER
    ]
    assert len(set(inputs)) == 3


def test_without_public_inputs_the_trial_comes_first() -> None:
    made = handed(entered(code_challenge(public=False)), GOOD)
    assert [run.stage for run in made.code_runs.all()] == ["trial"]


def test_code_that_waits_can_be_taken_back_and_costs_nothing() -> None:
    team = entered(code_challenge())
    made = handed(team, GOOD)
    assert standing(made).state == "queued"
    submissions.cancel(by=made.by, submission=made)
    told = standing(Submission.objects.get(pk=made.pk))
    assert (told.state, told.runs[-1].state) == ("cancelled", "cancelled")
    run_code()
    assert standing(Submission.objects.get(pk=made.pk)).state == "cancelled"


@pytest.mark.sandbox
@pytest.mark.packages
def test_code_that_has_met_hidden_inputs_can_be_stopped_and_still_counts() -> None:
    """Else one could look at time and memory of the trial, take it back, and look again without end."""
    team = entered(code_challenge(public=False))
    made = handed(team, GOOD)
    run_all()
    following.advance_all()
    assert [run.stage for run in made.code_runs.all()] == ["trial", "hidden"]
    submissions.cancel(by=made.by, submission=made)
    phase = quota.open_phase(team.challenge)
    assert phase is not None
    assert standing(Submission.objects.get(pk=made.pk)).state == "failed_run"
    assert quota.quota_of(team, phase).total == 1


@pytest.mark.sandbox
@pytest.mark.packages
def test_a_team_cannot_stop_the_run_that_its_host_asked_for() -> None:
    challenge = code_challenge()
    made = handed(entered(challenge), GOOD)
    run_code()
    again = reruns.ask(by=host_of(challenge), submission=made)
    submissions.cancel(by=made.by, submission=made)
    again.refresh_from_db()
    assert again.state == "queued"
    assert standing(Submission.objects.get(pk=made.pk)).state == "done"


def test_the_leak_checks_of_code_look_at_the_hidden_inputs() -> None:
    """Here the only column is twice the answer; the public inputs have other rows and would show nothing."""
    challenge = code_challenge(is_open=False)
    leaks.check_now(by=host_of(challenge), challenge=challenge)
    found = {one["code"]: one["severity"] for one in fresh(challenge).findings}
    assert "test_without_ids" not in found
    assert "stop" in found.values(), found


def test_predictions_are_no_code_and_code_is_no_predictions() -> None:
    with pytest.raises(Faulty):
        handed(entered(code_challenge()), b"id,value\nr1,2\n", filename="predictions.csv")
    challenge = prepared_challenge()
    assert challenge.takes == "predictions"
    with pytest.raises(Denied):
        handed(entered(challenge), GOOD)


def test_below_the_protection_that_code_needs_it_is_refused_with_the_reason() -> None:
    challenge = code_challenge()
    farm.Node.objects.create(name="bare", cores=2, memory_mib=4096, level=1)
    with pytest.raises(Denied) as refused:
        handed(entered(challenge), GOOD)
    assert refused.value.refused.reason == "unprotected"
    assert not Submission.objects.exists()
    farm.Node.objects.create(name="walled", cores=2, memory_mib=4096, level=3)
    assert handed(challenge.teams.get(), GOOD).number == 1


@pytest.mark.parametrize(
    "page",
    [
        "/challenges/{slug}/submit",
        "/challenges/{slug}/submissions",
        "/api/v1/challenges/{slug}/submissions",
        "/challenges/{slug}/manage/submissions",
    ],
)
def test_more_code_costs_no_more_queries(page: str) -> None:
    """Each submission has its runs beside it, and each run its submission and challenge: read once for all."""
    team = entered(code_challenge())
    by = host_of(team.challenge) if "manage" in page else team.members.get().person
    team.challenge.phases.update(per_day=0, per_phase=0)
    client, path = client_of(by), page.format(slug=team.challenge.slug)
    more_code(team, 2)
    few = queries_of(client, path)
    more_code(team, 6)
    many = queries_of(client, path)
    assert len(many) == len(few) <= MOST, "\n".join(query["sql"][:300] for query in many)


def more_code(team: Team, count: int) -> None:
    """Submissions with three runs each, as they look once all of it has run."""
    for _at in range(count):
        made = handed(team, GOOD)
        for stage in ("trial", "hidden"):
            CodeRun.objects.create(submission=made, stage=stage, job=uuid4(), state="done", log="said")
