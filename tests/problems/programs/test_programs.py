"""Competitions written for Codabench run unchanged, in both dialects; a host's own program scores; faults are told apart."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dure.engines.faults import Faulty
from dure.engines.judging import NoScoresError, scores_in
from dure.farm import api as farm
from dure.foundation import clock, files, workflow
from dure.foundation.access import Audience
from dure.people.models import Person
from dure.problems import bundle_parts as parts
from dure.problems.actions import challenges, programs, queue, submissions
from dure.problems.actions.terms import accept_terms
from dure.problems.code import following as code_following
from dure.problems.models import Challenge, Evaluation, ProgramRun, Submission, Team
from dure.problems.programs import following
from dure.problems.queries.submissions import standing
from dure.problems.scoring import boards, process
from tests.factories.farm import run_all
from tests.factories.people import client_of, person
from tests.factories.problems import begun_challenge, entered
from tests.problems.codabench.bundles import zipped
from tests.problems.hosting.making import fresh
from tests.problems.hosting.test_rest import Caller
from tests.problems.imports.test_import import imported
from tests.problems.programs import bundles

pytestmark = [pytest.mark.sandbox, pytest.mark.packages, pytest.mark.django_db(transaction=True)]


def opened(challenge: Challenge, *, phases: int = 1) -> tuple[Challenge, Person]:
    """Open it as its host would: a licence, and dates that hold now; a second phase begins in five days."""
    host = challenge.problem.curator
    assert host is not None
    if challenge.dataset is None:
        challenges.add_dataset(by=host, challenge=challenge, parts=[], licence="CC BY 4.0")
    challenge = fresh(challenge)
    assert challenge.dataset is not None
    challenge.dataset.files.create(part="other", filename="readme.txt", blob_id=some_blob())
    challenge.dataset.licence = "CC BY 4.0"
    challenge.dataset.save()
    start, limits = clock.now() - timedelta(days=1), {"per_day": 0, "per_phase": 0}
    stretch = timedelta(days=6)
    dates = [
        {"starts_at": start + at * stretch, "ends_at": start + (at + 1) * stretch, **limits}
        for at in range(phases)
    ]
    challenges.set_phases(by=host, challenge=challenge, phases=dates)
    challenge.problem.audience = Audience.PUBLIC
    challenge.problem.save()
    challenge = workflow.perform(fresh(challenge), "open", by=host)
    workflow.perform(challenge.problem, "open", by=host)
    return fresh(challenge), host


def some_blob() -> str:
    return files.put_bytes(b"Read me.").sha256


def handed(team: Team, body: bytes, filename: str) -> Submission:
    lead = team.members.get(is_lead=True).person
    return submissions.submit(by=lead, challenge=team.challenge, stream=io.BytesIO(body), filename=filename)


def enter(challenge: Challenge) -> Team:
    talent = person()
    accept_terms(by=talent, problem=challenge.problem, origin="test")
    return entered(challenge, by=talent)


def run_everything() -> None:
    while True:
        run_all()
        if not code_following.advance_all() + following.advance_all():
            break
    process.main(until_empty=True)


def told(made: Submission) -> Any:
    return standing(Submission.objects.select_related("challenge").get(pk=made.pk))


def final_board(challenge: Challenge, host: Person) -> list[tuple[str, float]]:
    workflow.perform(fresh(challenge), "close", by=host)
    process.main(until_empty=True)
    board = boards.latest(fresh(challenge), "private")
    assert board is not None
    return [(row["name"], row["score"]) for row in board.rows]


def results(*labels: str) -> bytes:
    return zipped({"predictions.txt": "\n".join(labels)})


@pytest.mark.parametrize("dialect", ["2", "1"])
def test_an_iris_like_competition_runs_unchanged(dialect: str) -> None:
    bundle = bundles.iris() if dialect == "2" else bundles.legacy(takes_code=False)
    challenge, host = opened(imported(bundle, metric="program"), phases=2 if dialect == "2" else 1)
    assert challenge.takes == "predictions"
    best, half = enter(challenge), enter(challenge)
    if dialect == "2":  # the first phase has a task of its own, with four labels
        first = handed(best, results(*"abab"), "results.zip")
        run_everything()
        assert (told(first).state, told(first).score) == ("done", 1.0)
    with clock.at(clock.now() + timedelta(days=6 if dialect == "2" else 0)):
        made = handed(best, results(*"aabbab"), "results.zip")
        other = handed(half, results(*"aaaaaa"), "results.zip")
        run_everything()
        # Version 1 has one task for both; with a task for each phase the last one's scores come at the close.
        assert (told(made).state, told(made).score) == ("done", None if dialect == "2" else 1.0)
        assert told(other).state == "done"
        assert final_board(challenge, host) == [(best.name, 1.0), (half.name, 0.5)]
        assert told(made).private == 1.0


@pytest.mark.parametrize("dialect", ["2", "1"])
def test_a_code_like_competition_runs_unchanged(dialect: str) -> None:
    bundle = bundles.code() if dialect == "2" else bundles.legacy(takes_code=True)
    challenge, host = opened(imported(bundle, metric="program"))
    assert challenge.takes == "code"
    best, half, broken = enter(challenge), enter(challenge), enter(challenge)
    made = handed(best, zipped({"model.py": bundles.MODEL}), "code.zip")
    handed(half, zipped({"model.py": bundles.HALF}), "code.zip")
    failed = handed(broken, zipped({"model.py": "raise ValueError('no')"}), "code.zip")
    run_everything()
    assert [(run.stage, run.state) for run in told(made).runs] == [("hidden", "done")]
    assert (told(failed).state, told(failed).runs[0].exception) == ("failed_run", "ValueError")
    assert final_board(challenge, host) == [(best.name, 1.0), (half.name, 0.5)]


def test_code_meets_the_inputs_and_answers_of_the_phase_it_comes_in() -> None:
    bundle = bundles.code(parts=("public", "private"))
    challenge, host = opened(imported(bundle, metric="program"), phases=2)
    team = enter(challenge)
    first = handed(team, zipped({"model.py": bundles.HALF}), "code.zip")
    run_everything()
    assert (told(first).state, told(first).score) == ("done", 0.5)
    with clock.at(clock.now() + timedelta(days=6)):
        made = handed(team, zipped({"model.py": bundles.MODEL}), "code.zip")
        run_everything()
        assert (told(made).state, told(made).score) == ("done", None)
        assert final_board(challenge, host) == [(team.name, 1.0)]


def own_program(source: str, *, shared: bool = False) -> tuple[Challenge, Person]:
    """A challenge prepared by hand, over REST and on the pages, with a program of this source."""
    challenge, host = begun_challenge()
    script = Caller(host, "host")
    here = f"/challenges/{challenge.slug}/manage"
    program = zipped({"my program/metadata.yaml": "command: python3 score.py", "my program/score.py": source})
    script.upload(f"{here}/reference", zipped({"labels.txt": "a b"}), status=403)
    said = script.upload(f"{here}/scorer-program", program, key="accuracy", direction="higher", status=201)
    assert said["words"] == ["python3", "score.py"]
    browser = client_of(host)
    assert browser.get(f"{here}/program").status_code == 200
    reference = {
        "action": "reference",
        "file": SimpleUploadedFile("private.zip", zipped({"labels.txt": "a b"})),
        "public": "shared" if shared else "own",
        "public_file": SimpleUploadedFile("public.zip", zipped({"labels.txt": "b b"})),
    }
    assert browser.post(f"{here}/program", reference).status_code == 302
    return opened(challenge)


READS = """
from pathlib import Path
truth = Path("/app/input/ref/labels.txt").read_text().split()
said = next(Path("/app/input/res").iterdir()).read_text().split()
print("truth:", truth)
hits = sum(a == b for a, b in zip(truth, said))
"""
GOOD = READS + 'Path("/app/output/scores.txt").write_text(f"accuracy: {hits / 2}")\n'


def test_a_hosts_own_program_scores_single_files_and_its_log_is_for_hosts_alone() -> None:
    challenge, host = own_program(GOOD)
    team = enter(challenge)
    made = handed(team, b"b b", "my labels.txt")
    run_everything()
    assert (told(made).state, told(made).score, told(made).private) == ("done", 1.0, None)
    runs = ProgramRun.objects.order_by("pk")
    assert [(run.part, run.scores) for run in runs] == [
        ("public", {"accuracy": 1.0}),
        ("private", {"accuracy": 0.5}),
    ]
    assert "truth: ['a', 'b']" in runs[1].log
    lead = team.members.get().person
    page = client_of(lead).get(f"/challenges/{challenge.slug}/submit").content.decode()
    assert "truth" not in page
    assert client_of(lead).get(f"/challenges/{challenge.slug}/manage/program").status_code in {403, 404}
    assert final_board(challenge, host) == [(team.name, 0.5)]


def test_what_fails_on_deciding_data_alone_is_told_to_nobody_before_the_close() -> None:
    source = GOOD.replace("hits =", "assert truth == ['b', 'b']\nhits =")
    challenge, host = own_program(source)
    made = handed(enter(challenge), b"b b", "labels.txt")
    run_everything()
    assert (told(made).state, told(made).score, told(made).message) == ("done", 1.0, "")
    assert Evaluation.objects.get().private_score is None
    seen = client_of(host).get(f"/challenges/{challenge.slug}/manage/program").content.decode()
    assert "AssertionError" in seen


FAILS = {
    "crashes": READS + "raise SystemExit(3)\n",
    "writes nothing": READS,
    "writes no number": READS + 'Path("/app/output/scores.json").write_text(\'{"accuracy": NaN}\')\n',
    "names another score": READS + 'Path("/app/output/scores.json").write_text(\'{"other": 1}\')\n',
    "writes a list": READS + 'Path("/app/output/scores.json").write_text("[1]")\n',
}


@pytest.mark.parametrize("name", FAILS)
def test_a_program_that_gives_no_score_leaves_none_behind(name: str) -> None:
    challenge, _host = own_program(FAILS[name])
    made = handed(enter(challenge), b"b b", "labels.txt")
    run_everything()
    assert (told(made).state, told(made).score) == ("failed_user", None)


def test_a_run_lost_through_our_fault_is_asked_for_again() -> None:
    challenge, _host = own_program(GOOD)
    made = handed(enter(challenge), b"b b", "labels.txt")
    farm.Job.objects.update(state="failed_platform", finished_at=clock.now())
    assert following.advance_all() == 1
    assert told(made).state == "failed_platform"
    assert queue.requeue(by=person(roles=["operator"])) == 1
    run_everything()
    assert told(made).state == "done"


@pytest.mark.parametrize(
    ("packed", "code"),
    [
        ({"score.py": "1"}, "program_without_metadata_file"),
        ({"metadata.yaml": "title: x"}, "metadata_without_command"),
        ({"metadata.yaml": "command: python 'x"}, "command_quote_open"),
    ],
)
def test_a_program_that_cannot_start_is_refused(packed: dict[str, str], code: str) -> None:
    challenge, host = begun_challenge()
    with pytest.raises(Faulty) as refused:
        programs.set_program(
            by=host, challenge=challenge, stream=io.BytesIO(zipped(packed)), key="x", direction="higher"
        )
    assert [fault.code for fault in refused.value.faults] == [code]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ({"scores.json": b'{"a": 1, "b": "2.5", "c": true, "d": null, "e": 1e999}'}, {"a": 1.0, "b": 2.5}),
        ({"scores.txt": b"a: 0.5\nb : 1\nnothing\nc: x\n"}, {"a": 0.5, "b": 1.0}),
        ({"scores.json": b"{}", "scores.txt": b"a: 1"}, {}),
    ],
)
def test_scores_are_read_as_hostile(written: dict[str, bytes], found: dict[str, float]) -> None:
    assert scores_in(written) == found


@pytest.mark.parametrize(
    "written", [{}, {"scores.json": b"[" * 100_000}, {"scores.json": b"1"}, {"scores.json": b" " * 2**21}]
)
def test_what_is_no_scores_is_said_so(written: dict[str, bytes]) -> None:
    with pytest.raises(NoScoresError):
        scores_in(written)


def test_the_import_offers_the_bundles_own_program() -> None:
    challenge = imported(bundles.iris(), metric="program")
    assert challenge.metric == "program"
    assert challenge.metric_parameters["words"] == [
        "python3",
        "/app/program/score.py",
        "/app/input",
        "/app/output",
    ]
    assert (challenge.metric_parameters["key"], challenge.metric_parameters["direction"]) == (
        "accuracy",
        "higher",
    )
    assert challenge.answers is not None
    assert challenge.answers.public_blob_id != challenge.answers.blob_id
    assert parts.origin(challenge.imported["bundle"]) == challenge.imported_from


@pytest.mark.parametrize("page", ["", "/leaderboard", "/submit", "/data"])
def test_no_page_claims_what_a_program_cannot_tell(page: str) -> None:
    """Neither intervals nor groups nor possible ranks: the program says one number, and nobody knows how sure it is."""
    challenge, _host = own_program(GOOD)
    team, other = enter(challenge), enter(challenge)
    handed(team, b"b b", "labels.txt")
    handed(other, b"a b", "labels.txt")
    run_everything()
    lead = team.members.get().person
    lead.language = "en"
    lead.save(update_fields=["language"])
    answer = client_of(lead).get(f"/challenges/{challenge.slug}{page}")
    words = answer.content.decode()
    assert answer.status_code == 200
    for claim in ("95%", "told apart", "Possible ranks", "by chance", "standard error", "public rows"):
        assert claim not in words, claim
