"""`dure run` and `dure jobs` as people use them, against the real application and a real runner."""

import io
import json
import os
import zipfile
from pathlib import Path

import httpx
import pytest

from dure.cli import jobs_following, server
from dure.cli.jobs_files import UnfitFileError, found, packed, place_of
from dure.cli.jobs_following import new_part
from dure.cli.jobs_words import write_log
from dure.cli.main import main
from dure.farm.models import Job, Run, RunFile
from dure.foundation import clock
from dure.foundation import files as blobs
from dure.people.models import Person
from tests.cli.submitter import _application, token_of, use  # noqa: F401 - a fixture
from tests.factories.farm import begun, machine, run_all
from tests.farm.asked import member_of

Said = pytest.CaptureFixture[str]
ROOT = Path(__file__).parents[2]
BARE = ["--packages", "none", "--memory", "256M", "--time", "1m"]
PYTHON = "/usr/bin/python3"
pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def someone(_application: None, monkeypatch: pytest.MonkeyPatch) -> Person:  # noqa: F811 - the fixture of this name
    """A member whose commands talk to the application in this process; waiting runs what waits."""
    made = member_of()
    use(monkeypatch, made)
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    return made


@pytest.fixture
def carried_out(someone: Person, monkeypatch: pytest.MonkeyPatch) -> Person:
    """The same; whenever a command waits, a runner carries out all there is."""
    monkeypatch.setattr("time.sleep", lambda _seconds: run_all())
    return someone


def write(name: str, source: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(source)


@pytest.mark.sandbox
@pytest.mark.usefixtures("carried_out")
def test_run_sends_what_the_command_names_and_ends_as_the_program(capsys: Said) -> None:
    write("src/train.py", "import sys; print('trained'); print('careful', file=sys.stderr); sys.exit(7)")
    assert main(["run", *BARE, "--", PYTHON, "src/train.py"]) == 7
    said = capsys.readouterr()
    assert said.out == "trained\n"
    for words in (
        "Sent along: src/train.py",
        "Handed in: http://localhost/farm/jobs/",
        "careful",
        "status 7",
    ):
        assert words in said.err


@pytest.mark.sandbox
@pytest.mark.usefixtures("carried_out")
def test_files_go_in_and_come_out(capsys: Said, tmp_path: Path) -> None:
    write("data/a.txt", "안녕")
    write(
        "train.py",
        "import os; os.makedirs('/out/x'); open('/out/x/b.txt', 'w').write(open('data/a.txt').read() + '!')",
    )
    assert main(["run", *BARE, "--in", "train.py", "data", "--out", "results", "--", PYTHON, "train.py"]) == 0
    assert (tmp_path / "results" / "x" / "b.txt").read_text() == "안녕!"
    assert "results/x/b.txt" in capsys.readouterr().out


@pytest.mark.sandbox
@pytest.mark.usefixtures("carried_out")
def test_an_array_runs_as_one_and_its_files_lie_apart(capsys: Said, tmp_path: Path) -> None:
    write("one.py", "import os; open('/out/n', 'w').write(os.environ['DURE_ARRAY_INDEX'])")
    assert main(["run", *BARE, "--array", "3", "--out", "all", "--", PYTHON, "one.py"]) == 0
    assert [(tmp_path / "all" / str(at) / "n").read_text() for at in range(3)] == ["0", "1", "2"]
    assert "3 of 3 over: done 3" in capsys.readouterr().err


def test_detached_it_prints_the_uid_for_the_other_commands(someone: Person, capsys: Said) -> None:
    assert main(["run", *BARE, "--detach", "--name", "later", "--", "python", "-c", "1"]) == 0
    uid = capsys.readouterr().out.strip()
    assert main(["jobs"]) == 0
    listed = capsys.readouterr().out
    assert uid in listed
    assert "later" in listed
    assert main(["jobs", "show", uid]) == 0
    assert "waiting: No machine of the farm is on now." in capsys.readouterr().out
    assert main(["jobs", "cancel", uid]) == 0
    assert Job.objects.get(uid=uid).state == "cancelled"
    capsys.readouterr()
    assert main(["jobs", "again", uid]) == 0
    again = capsys.readouterr().out.strip()
    assert main(["jobs", "share", again]) == 0
    assert Job.objects.get(uid=again).shared
    capsys.readouterr()
    assert main(["jobs", "--json"]) == 0
    assert {one["uid"] for one in json.loads(capsys.readouterr().out)} == {uid, again}
    assert main(["jobs", "log", uid, "--follow"]) == jobs_following.NO_STATUS


@pytest.mark.usefixtures("someone")
def test_an_array_is_shown_and_taken_back_by_its_uid(capsys: Said) -> None:
    assert main(["run", *BARE, "--array", "3", "--detach", "--", "true"]) == 0
    uid = capsys.readouterr().out.strip()
    assert main(["jobs", "cancel", uid]) == 0
    assert main(["jobs", "show", uid]) == 0
    assert "3 of 3 over: taken back 3" in capsys.readouterr().out


@pytest.mark.usefixtures("someone")
def test_log_files_and_sharing_of_an_array_go_by_its_uid(capsys: Said, tmp_path: Path) -> None:
    assert main(["run", *BARE, "--array", "2", "--detach", "--", "true"]) == 0
    uid = capsys.readouterr().out.strip()
    on = machine()
    for job in Job.objects.order_by("array_index"):
        run = begun(job, on)
        Run.objects.filter(pk=run.pk).update(stdout=f"said by {job.array_index}\n", ended_at=clock.now())
        RunFile.objects.create(run=run, name="n.txt", blob=blobs.put_bytes(f"{job.array_index}".encode()))
        Job.objects.filter(pk=job.pk).update(state="done", finished_at=clock.now())
    assert main(["jobs", "log", uid]) == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == ("said by 0\nsaid by 1\n", "#0\n#1\n")
    assert main(["jobs", "log", uid, "--json"]) == 0
    assert [one["index"] for one in json.loads(capsys.readouterr().out)] == [0, 1]
    assert main(["jobs", "log", uid, "--follow"]) == 0
    assert main(["jobs", "files", uid, "--out", "all"]) == 0
    assert [(tmp_path / "all" / str(at) / "n.txt").read_text() for at in range(2)] == ["0", "1"]
    for action, shared in (("share", True), ("unshare", False)):
        assert main(["jobs", action, uid]) == 0
        assert set(Job.objects.values_list("shared", flat=True)) == {shared}
    capsys.readouterr()
    assert main(["jobs", "cancel", uid]) == 0
    assert capsys.readouterr().out == "It was over already.\n"


class Terminal(io.StringIO):
    """Something a person looks at."""

    def isatty(self) -> bool:
        return True


HOSTILE = "a\x1b[31mred\x1b[0m\x1b]0;title\x07 \x1b[2J\x1bc\x9b5n\x08b\t1\r2\n안녕"


def test_a_log_steers_no_terminal_and_goes_whole_into_a_pipe() -> None:
    terminal, pipe = Terminal(), io.StringIO()
    for to in (terminal, pipe):
        write_log(HOSTILE, to)
    assert terminal.getvalue() == "ared c5nb\t1\r2\n안녕"
    assert pipe.getvalue() == HOSTILE


def test_a_file_older_than_zip_itself_goes_along(tmp_path: Path) -> None:
    old = tmp_path / "old.csv"
    old.write_text("1")
    os.utime(old, (0, 0))
    with packed([(old, "old.csv")]) as files, zipfile.ZipFile(files["files"]) as archive:
        assert archive.read("old.csv") == b"1"


@pytest.mark.usefixtures("someone")
def test_every_fault_is_printed_and_misuse_is_told_apart(capsys: Said) -> None:
    machine(cores=2)
    assert main(["run", "--cores", "3", "--env", "1=x", "--time", "99d", "--", "true"]) == 3
    err = capsys.readouterr().err
    for words in ("cores: No machine has more than 2 cores.", "environment: ", "wall_seconds: "):
        assert words in err
    assert main(["run"]) == 2
    assert main(["run", "--in", "nothing.py", "--", "true"]) == 2
    assert main(["jobs", "log"]) == 2
    assert main(["jobs", "show", "01a22753-d8cd-7e09-845e-8ff3a31d4ef5"]) == 1
    with pytest.raises(SystemExit):
        main(["run", "--memory", "much", "--", "true"])
    assert not Job.objects.exists()


class Stumbling(httpx.BaseTransport):
    """A way to the server on which the answer to each first request of its kind gets lost."""

    def __init__(self, real: httpx.BaseTransport) -> None:
        self.real, self.lost = real, set[str]()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self.real.handle_request(request)
        answer.read()
        kind = f"{request.method} {request.url.path.count('/')}"
        if kind not in self.lost:
            self.lost.add(kind)
            raise httpx.ReadError("cut")
        return answer


@pytest.mark.sandbox
@pytest.mark.usefixtures("carried_out")
def test_a_cut_connection_hands_nothing_in_twice(monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    assert server.transport is not None
    monkeypatch.setattr(server, "transport", Stumbling(server.transport))
    write("train.py", "print('once')")
    assert main(["run", *BARE, "--out", "out", "--", PYTHON, "train.py"]) == 0
    assert capsys.readouterr().out == "once\n"
    assert Job.objects.count() == 1


@pytest.mark.parametrize(("answer", "state"), [("y\n", "cancelled"), ("\n", "queued")])
def test_ctrl_c_asks_whether_to_take_it_back(
    someone: Person, monkeypatch: pytest.MonkeyPatch, capsys: Said, answer: str, state: str
) -> None:
    def interrupt(_seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", interrupt)
    monkeypatch.setattr("sys.stdin", Terminal(answer))
    assert main(["run", *BARE, "--", "true"]) == 130
    assert Job.objects.get().state == state


def test_who_sends_what(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("train.py", "src/a.py", "src/.git/config", "src/__pycache__/a.pyc", "other/a.py"):
        write(name, "x")
    Path("src/link").symlink_to("/etc/passwd")
    assert [place for _file, place in found([Path("src")], [])] == ["src/a.py"]
    assert [place for _file, place in found([Path()], [])] == ["other/a.py", "src/a.py", "train.py"]
    assert [place for _file, place in found([], ["python", "train.py", "/etc/passwd", "src"])] == ["train.py"]
    with pytest.raises(UnfitFileError):
        found([Path("src/a.py"), Path("other/a.py")], [])


@pytest.mark.parametrize("name", ["../evil", "/etc/passwd", "a/../../b", "..\\evil", ""])
def test_a_server_cannot_choose_a_place_outside_the_folder(name: str, tmp_path: Path) -> None:
    assert place_of(name, tmp_path) is None


LOGS = [
    ("", "abc", "abc"),
    ("abc", "abcdef", "def"),
    ("abc", "abc", ""),
    ("head" + "x" * 300, "head\n[... 5 bytes left out ...]\n" + "x" * 250 + "new", "new"),
]


@pytest.mark.parametrize(("before", "now", "new"), LOGS)
def test_a_log_is_passed_on_without_a_word_twice(before: str, now: str, new: str) -> None:
    assert new_part(before, now) == new
