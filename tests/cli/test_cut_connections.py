"""`dure submit` over a connection that is really cut: it tries again by itself, and nothing is ever counted twice."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pytest_django.live_server_helper import LiveServer

from dure.cli import server
from dure.cli.main import main
from dure.problems.models import Challenge, Evaluation, Submission
from tests.cli.submitter import token_of
from tests.cutting import Cut, Line, line_to
from tests.factories.people import person
from tests.factories.problems import entered, open_challenge, predictions

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
Said = pytest.CaptureFixture[str]


@pytest.fixture
def challenge(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Challenge:
    made, talent = open_challenge(rows=3000), person()
    entered(made, by=talent)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("DURE_TOKEN", token_of(talent))
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setattr(server, "PAUSES_S", (0.05, 0.05))
    monkeypatch.chdir(tmp_path)
    Path("mine.csv").write_bytes(predictions(made))
    return made


@pytest.fixture
def line(
    request: pytest.FixtureRequest, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Line]:
    with line_to(urlsplit(live_server.url).port or 0, *request.param) as made:
        monkeypatch.setenv("DURE_SERVER", made.address)
        yield made


CUT_ONCE: list[list[Cut]] = [["answer"], ["upload"], ["bad gateway"], ["answer", "upload"]]


@pytest.mark.parametrize("line", CUT_ONCE, indirect=True, ids=" then ".join)
def test_a_file_counts_once_however_often_the_connection_is_cut(
    line: Line, challenge: Challenge, capsys: Said
) -> None:
    assert main(["submit", challenge.slug, "mine.csv"]) == 0
    said = capsys.readouterr()
    assert "Accepted as #1" in said.out
    assert said.err.count("trying again") == line.cut > 0
    assert Submission.objects.count() == Evaluation.objects.count() == 1


@pytest.mark.parametrize("line", [["answer"] * 3], indirect=True, ids=["for good"])
def test_when_no_answer_ever_comes_it_says_so_and_still_nothing_doubles(
    line: Line, challenge: Challenge, capsys: Said
) -> None:
    assert main(["submit", challenge.slug, "mine.csv"]) == 1
    assert "cannot be reached" in capsys.readouterr().err
    assert not line.cuts
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("line", [[]], indirect=True, ids=["whole"])
def test_every_call_hands_in_anew_and_a_refusal_is_no_reason_to_try_again(
    line: Line, challenge: Challenge, capsys: Said
) -> None:
    assert [main(["submit", challenge.slug, "mine.csv"]) for _ in range(2)] == [0, 0]
    Path("mine.csv").write_text("id,value\n")
    assert main(["submit", challenge.slug, "mine.csv"]) == 3
    assert "trying again" not in capsys.readouterr().err
    assert Submission.objects.count() == 2
    assert line.cut == 0
