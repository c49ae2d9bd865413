"""login, problems, download, submit and leaderboard, run as a person runs them, against the real application."""

import csv
import hashlib
import io
import json
import stat
from pathlib import Path
from typing import Any

import httpx
import pytest

from dure.cli import server, submit
from dure.cli.main import main
from dure.people.actions.tokens import revoke_token, tokens_of
from dure.problems.models import Challenge, ProblemTerms, Submission, TermsAcceptance
from dure.problems.scoring import process
from tests.cli.submitter import ADDRESS, _application, token_of, use  # noqa: F401 - a fixture
from tests.factories.people import person
from tests.factories.problems import (
    csv_of,
    entered,
    numbers,
    open_challenge,
    predictions,
    prepared_challenge,
    submitted,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_application")]
Said = pytest.CaptureFixture[str]


def with_terms(challenge: Challenge) -> ProblemTerms:
    return ProblemTerms.objects.create(
        problem=challenge.problem,
        kind="data_use",
        summary_ko="이 대회에만 씁니다.",
        summary_en="Only for this challenge.",
        body_ko="전문",
        body_en="In full",
        sha256=hashlib.sha256(b"words").hexdigest(),
    )


def score_all() -> None:
    process.Scorer(name="test").run(until_empty=True)


def test_login_asks_the_server_and_keeps_the_token_for_its_owner_alone(capsys: Said) -> None:
    token = token_of(person())
    assert main(["login", "--server", f"{ADDRESS}/", "--token", token]) == 0
    kept = server.login_file()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert json.loads(kept.read_text()) == {"server": ADDRESS, "token": token}
    assert token not in capsys.readouterr().out


def test_login_reads_the_token_from_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    token = token_of(person())
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{token}\n"))
    assert main(["login", "--server", ADDRESS]) == 0
    assert server.current_login().token == token


def test_a_dead_token_is_not_kept(capsys: Said) -> None:
    someone = person()
    token = token_of(someone)
    revoke_token(someone, tokens_of(someone).get().uid)
    assert main(["login", "--server", ADDRESS, "--token", token]) == 1
    assert not server.login_file().exists()
    assert "not valid" in capsys.readouterr().err


@pytest.mark.parametrize(
    "address", ["dure.example.org", "ftp://x", "https://", "http://me@x", "http://[", ""]
)
def test_login_takes_only_an_address_of_the_web(address: str) -> None:
    assert main(["login", "--server", address, "--token", "x"]) == 2


def test_login_warns_where_the_token_would_travel_in_the_open(capsys: Said) -> None:
    main(["login", "--server", "http://dure.example.org", "--token", "x"])
    assert "https" in capsys.readouterr().err


def test_a_kept_token_goes_to_its_own_server_only(monkeypatch: pytest.MonkeyPatch) -> None:
    main(["login", "--server", ADDRESS, "--token", token_of(person())])
    monkeypatch.setenv("DURE_SERVER", "https://elsewhere.example.org")
    assert server.current_login() == server.Login("https://elsewhere.example.org", "")


def test_without_a_login_each_command_says_how(capsys: Said) -> None:
    assert main(["problems"]) == 1
    assert "dure login" in capsys.readouterr().err


def test_problems_lists_what_one_may_see_in_the_terminals_language(
    monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    shown, hidden = open_challenge(), prepared_challenge()
    use(monkeypatch, person())
    assert main(["problems"]) == 0
    out = capsys.readouterr().out
    assert shown.slug in out
    assert shown.problem.title_en in out
    assert hidden.slug not in out
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    main(["problems", "--open"])
    assert "진행 중" in capsys.readouterr().out
    main(["problems", "--json"])
    assert [one["slug"] for one in json.loads(capsys.readouterr().out)] == [shown.slug]


def test_download_shows_the_terms_first_and_then_checks_every_file(
    monkeypatch: pytest.MonkeyPatch, capsys: Said, tmp_path: Path
) -> None:
    challenge = open_challenge()
    terms = with_terms(challenge)
    someone = person()
    use(monkeypatch, someone)
    assert main(["download", challenge.slug]) == 1
    said = capsys.readouterr()
    assert "Only for this challenge." in said.out
    assert "--accept-terms" in said.err
    assert not TermsAcceptance.objects.exists()
    assert main(["download", challenge.slug, "--accept-terms", "--to", "here"]) == 0
    assert TermsAcceptance.objects.get().sha256 == terms.sha256
    assert challenge.dataset is not None
    file = challenge.dataset.files.get()
    assert hashlib.sha256((tmp_path / "here" / file.filename).read_bytes()).hexdigest() == file.blob_id
    assert main(["download", challenge.slug, "--to", "here"]) == 0
    assert "already here" in capsys.readouterr().out


def test_download_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    challenge = open_challenge()
    use(monkeypatch, person())
    main(["download", challenge.slug, "--to", "whole"])
    whole = (tmp_path / "whole" / "test.csv").read_bytes()
    assert challenge.dataset is not None
    digest = challenge.dataset.files.get().blob_id
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / f"test.csv.{digest[:12]}.part").write_bytes(whole[:1000])
    sent: list[str | None] = []
    passing = server.transport

    def noting(request: httpx.Request) -> httpx.Response:
        sent.append(request.headers.get("Range"))
        assert passing is not None
        return passing.handle_request(request)

    monkeypatch.setattr(server, "transport", httpx.MockTransport(noting))
    assert main(["download", challenge.slug, "--to", "again"]) == 0
    assert (tmp_path / "again" / "test.csv").read_bytes() == whole
    assert sent == [None, "bytes=1000-"]


def test_a_file_that_is_not_what_was_announced_is_not_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: Said, tmp_path: Path
) -> None:
    challenge = open_challenge()
    use(monkeypatch, person())
    real = server.transport

    def lying(request: httpx.Request) -> httpx.Response:
        if "/files/" in request.url.path:
            return httpx.Response(200, content=b"something else")
        assert real is not None
        return real.handle_request(request)

    monkeypatch.setattr(server, "transport", httpx.MockTransport(lying))
    assert main(["download", challenge.slug, "--to", "here"]) == 1
    assert "not what the server announced" in capsys.readouterr().err
    assert list((tmp_path / "here").iterdir()) == []


@pytest.mark.parametrize("name", ["../../evil", "/etc/passwd", "..", ".bashrc", "a\\..\\b", "", "x\x1b[2J"])
def test_a_server_cannot_choose_a_place_outside_the_folder(name: str) -> None:
    from dure.cli.download import file_names  # noqa: PLC0415 - only this test looks inside

    found = file_names([{"filename": name, "part": "train", "uid": "1" * 32}])[0]
    assert found
    assert "/" not in found
    assert "\\" not in found
    assert not found.startswith(".")
    assert found.isprintable()


def test_files_of_one_name_stay_apart() -> None:
    from dure.cli.download import file_names  # noqa: PLC0415 - same

    files = [
        {"filename": "data.csv", "part": part, "uid": uid * 32}
        for part, uid in (("train", "1"), ("test", "2"), ("test", "3"))
    ]
    assert len(set(file_names(files))) == 3


def test_submit_waits_for_the_score_and_the_board_shows_it(
    monkeypatch: pytest.MonkeyPatch, capsys: Said, tmp_path: Path
) -> None:
    challenge = open_challenge()
    someone = person()
    use(monkeypatch, someone)
    (tmp_path / "mine.csv").write_bytes(predictions(challenge))
    monkeypatch.setattr("time.sleep", lambda _: score_all())
    words = ["submit", challenge.slug, "mine.csv", "--note", "first", "--team", "두레 1조", "--wait"]
    assert main(words) == 0
    out = capsys.readouterr().out
    assert "Accepted as #1 (200 rows)." in out
    assert "In the queue: 0 before it" in out
    assert "Score on the public rows" in out
    made = Submission.objects.get()
    assert (made.note, made.filename, made.by) == ("first", "mine.csv", someone)
    assert main(["leaderboard", challenge.slug]) == 0
    assert "두레 1조" in capsys.readouterr().out
    main(["leaderboard", challenge.slug, "--csv"])
    assert "두레 1조" in [row["name"] for row in csv.DictReader(io.StringIO(capsys.readouterr().out))]
    main(["leaderboard", challenge.slug, "--json"])
    assert json.loads(capsys.readouterr().out)["rows"][0]["name"] == "두레 1조"


def test_a_refused_file_shows_every_fault_with_line_and_column(
    monkeypatch: pytest.MonkeyPatch, capsys: Said, tmp_path: Path
) -> None:
    challenge = open_challenge()
    someone = person()
    entered(challenge, by=someone)
    use(monkeypatch, someone)
    ids, _ = numbers(200)
    values: list[Any] = ["1.5"] * 200
    values[3], values[7] = "abc", ""
    (tmp_path / "bad.csv").write_bytes(csv_of(id=ids, value=values))
    assert main(["submit", challenge.slug, "bad.csv"]) == submit.REFUSED
    err = capsys.readouterr().err
    assert "line 5, column “value”" in err
    assert "line 9, column “value”" in err
    assert not Submission.objects.exists()


def test_who_is_in_no_team_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: Said, tmp_path: Path
) -> None:
    challenge = open_challenge()
    use(monkeypatch, person())
    (tmp_path / "mine.csv").write_bytes(predictions(challenge))
    assert main(["submit", challenge.slug, "mine.csv"]) == 1
    assert "--team" in capsys.readouterr().err


def test_terms_are_accepted_on_the_way_only_when_the_person_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    challenge = open_challenge()
    with_terms(challenge)
    use(monkeypatch, person())
    (tmp_path / "mine.csv").write_bytes(predictions(challenge))
    assert main(["submit", challenge.slug, "mine.csv", "--team", "A"]) == 1
    assert not TermsAcceptance.objects.exists()
    assert main(["submit", challenge.slug, "mine.csv", "--team", "A", "--accept-terms"]) == 0


def test_a_submission_that_is_not_scored_has_its_own_exit_status(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from dure.problems.actions import submissions  # noqa: PLC0415 - only here

    challenge = open_challenge()
    someone = person()
    entered(challenge, by=someone)
    use(monkeypatch, someone)
    (tmp_path / "mine.csv").write_bytes(predictions(challenge))
    monkeypatch.setattr(
        "time.sleep", lambda _: submissions.cancel(by=someone, submission=Submission.objects.get())
    )
    assert main(["submit", challenge.slug, "mine.csv", "--wait"]) == submit.NOT_SCORED


def test_what_does_not_exist_or_cannot_be_reached_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    use(monkeypatch, person())
    assert main(["leaderboard", "nothing"]) == 1
    assert "nothing here" in capsys.readouterr().err
    assert main(["submit", "nothing", "no-such-file.csv"]) == 1
    assert "no-such-file.csv" in capsys.readouterr().err

    def away(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    monkeypatch.setattr(server, "transport", httpx.MockTransport(away))
    assert main(["problems"]) == 1
    assert "cannot be reached" in capsys.readouterr().err
    monkeypatch.setattr(server, "transport", httpx.MockTransport(lambda _: httpx.Response(302)))
    assert main(["problems"]) == 1
    assert "check the address" in capsys.readouterr().err


def test_an_empty_board_says_so(monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    challenge = open_challenge()
    use(monkeypatch, person())
    assert main(["leaderboard", challenge.slug]) == 0
    assert "No scores yet." in capsys.readouterr().out


def test_the_board_is_read_without_a_token(monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    challenge = open_challenge()
    submitted(entered(challenge, name="Open to all"))
    score_all()
    monkeypatch.setenv("DURE_SERVER", ADDRESS)
    assert main(["leaderboard", challenge.slug, "--view", "public"]) == 0
    assert "Open to all" in capsys.readouterr().out
