"""Every way in which submitted code ends: what its team reads on the page, over REST and in the terminal, and what it costs."""

from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from dure.cli import submit
from dure.cli.main import main
from dure.farm import api as farm
from dure.foundation import files
from dure.people.models import Person
from dure.problems import quota
from dure.problems.code import asking
from dure.problems.models import Challenge, CodeRun, Team
from tests.cli.submitter import _application, token_of, use  # noqa: F401 - a fixture
from tests.factories.code import GOOD, code_challenge, handed, run_code
from tests.factories.people import client_of
from tests.factories.problems import entered

pytestmark = [pytest.mark.sandbox, pytest.mark.packages, pytest.mark.django_db(transaction=True)]


@dataclass(frozen=True)
class End:
    """A program and what is told of it: the state, the last run's limit, exception and problem, and words of the sentence."""

    source: str
    state: str
    words: str
    stage: str = "trial"
    limit: str = ""
    exception: str = ""
    problem: str = ""


HIDDEN_ONLY = "    if len(open(inputs / 'test.csv').readlines()) == 4: return GOOD(inputs, output)\n"
"""Behaves on the three public rows, and does the rest on hidden ones alone."""


def on_hidden(body: str) -> str:
    return (
        GOOD.replace("def predict", "def GOOD") + f"\ndef predict(inputs, output):\n{HIDDEN_ONLY}    {body}\n"
    )


ENDS = {
    "wins": End(GOOD, "done", "", stage="hidden"),
    "loops": End(on_hidden("while True: pass"), "failed_run", " min", limit="cpu"),
    "sleeps": End(on_hidden("import time; time.sleep(1000)"), "failed_run", " min", limit="wall"),
    "eats memory": End(on_hidden("held = bytearray(2 * 1024**3)"), "failed_run", "memory", limit="memory"),
    "forks": End(on_hidden("import os\n    while True: os.fork()"), "failed_run", "", limit="processes"),
    "floods the log": End(on_hidden("while True: print('x' * 65536)"), "failed_run", "log", limit="log"),
    "raises": End(
        on_hidden("raise ValueError(open(inputs / 'test.csv').read())"),
        "failed_run",
        "ValueError",
        exception="ValueError",
    ),
    "writes nothing": End(on_hidden("pass"), "failed_run", "no predictions", problem="no_predictions"),
    "writes another form": End(
        on_hidden("(output / 'predictions.csv').write_text('a,b\\n1,2\\n')"),
        "failed_run",
        "do not fit",
        problem="predictions_unfit",
    ),
    "links instead of writing": End(
        on_hidden("import os; os.symlink('/etc/passwd', output / 'predictions.csv')"),
        "failed_run",
        "could not be taken",
        problem="output_refused",
    ),
    "fails in public": End(
        "def predict(inputs, output):\n    print('seen')\n    raise KeyError('mix')\n",
        "failed_user",
        "KeyError",
        stage="public",
        exception="KeyError",
    ),
}


ALSO = {"cpu": {"cpu", "wall"}, "processes": {"processes", ""}}
"""On a busy machine the other limit of time comes first; without a cgroup a refused fork is an exception of the program."""


@pytest.fixture
def challenge(monkeypatch: pytest.MonkeyPatch) -> Challenge:
    """With limits of seconds, not minutes: the test is of what is told."""
    real = asking.limits_of

    def short(challenge: Challenge) -> farm.Limits:
        return replace(real(challenge), wall_seconds=12, cpu_seconds=4)

    monkeypatch.setattr(asking, "limits_of", short)
    return code_challenge()


@pytest.mark.usefixtures("_application")
@pytest.mark.parametrize("name", ENDS)
def test_how_it_ended_is_told_in_the_terminal_over_rest_and_on_the_page(
    name: str, challenge: Challenge, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    end, team = ENDS[name], entered(challenge)
    lead = team.members.get().person
    said = in_the_terminal(lead, challenge, end, monkeypatch, capsys)
    told = over_rest(lead, team)
    last = told["runs"][-1]
    assert (told["state"], last["stage"]) == (end.state, end.stage)
    assert last["limit"] in ALSO.get(end.limit, {end.limit})
    assert last["problem"] == end.problem
    assert not end.exception or last["exception"] == end.exception
    assert end.words in told["message"]
    assert told["message"] in said
    assert (last["ending"] in told["message"]) == (end.state != "done")
    assert escape(line_of(end, last["ending"])) in page_of(lead, challenge)
    phase = quota.open_phase(challenge)
    assert phase is not None
    assert quota.quota_of(team, phase).total == (0 if end.state == "failed_user" else 1)


def line_of(end: End, ending: str) -> str:
    """What the page says: what went well needs no sentence, only the stage and that it did."""
    return "hidden inputs: ended well" if end.state == "done" else ending


def in_the_terminal(
    lead: Person,
    challenge: Challenge,
    end: End,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> str:
    """Hand it in with `dure submit --wait`; what waits is run while the command pauses."""
    use(monkeypatch, lead)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setattr("dure.cli.submit.time.sleep", lambda _seconds: run_code())
    Path("predict.py").write_text(end.source, encoding="utf-8")
    status = main(["submit", challenge.slug, "predict.py", "--wait"])
    shown = capsys.readouterr()
    assert status == (0 if end.state == "done" else submit.NOT_SCORED)
    return shown.out + shown.err


def over_rest(lead: Person, team: Team) -> Any:
    headers = {"Authorization": f"Bearer {token_of(lead)}", "Accept-Language": "en"}
    return Client(headers=headers).get(f"/api/v1/submissions/{team.submissions.get().uid}").json()


def page_of(lead: Person, challenge: Challenge) -> str:
    lead.language = "en"
    lead.save(update_fields=["language"])
    return client_of(lead).get(f"/challenges/{challenge.slug}/submit").content.decode()


@pytest.mark.usefixtures("_application")
def test_of_a_hidden_run_nothing_that_it_printed_is_kept_anywhere(challenge: Challenge) -> None:
    """The control: what it prints on public inputs is there."""
    secret = "secret-of-the-inputs"
    talks = (
        "import sys\n    print('"
        + secret
        + "'); print('"
        + secret
        + "', file=sys.stderr); raise ValueError('"
        + secret
        + "')"
    )
    team = entered(challenge)
    handed(team, on_hidden(talks).replace("    if len", "    print('seen in public')\n    if len"))
    run_code()
    lead = team.members.get().person
    told = over_rest(lead, team)
    assert "seen in public" in told["runs"][0]["log"]
    assert [run["log"] for run in told["runs"][1:]] == [""]
    assert told["runs"][-1]["exception"] == "ValueError"
    assert secret not in page_of(lead, challenge)
    assert secret not in str(told)
    rows = [*CodeRun.objects.values(), *farm.Run.objects.values()]
    assert secret not in str(rows)


WAYS = {
    "host path": "open('{answers}')",
    "blob folder": "__import__('os').listdir('{blobs}')",
    "the scorer's place": "open('/app/input/ref/answers.parquet')",
    "database socket": "__import__('socket').socket(1).connect('{socket}')",
    "network": "__import__('socket').create_connection(('127.0.0.1', 5432), 1)",
    "other processes": "open('/proc/%d/environ' % (__import__('os').getppid() + 5000)).read()",
    "init's environment": "assert b'DURE' not in open('/proc/1/environ', 'rb').read(); raise PermissionError",
    "parent folders": "open('/app/input/../../../../{answers}')",
    "a device": "__import__('os').mknod('/app/output/disk', 0o600 | 0o060000, 0x0800); open('/app/output/disk')",
    "a mount": "__import__('subprocess').run(['mount', '-t', 'proc', 'none', '/app/output'], check=True)",
    "tracing": "open('/proc/1/mem', 'rb').read(1)",
}


def reading_answers(challenge: Challenge) -> str:
    """A program that tries each way and prints what came of it."""
    assert challenge.answers is not None
    database = connection.settings_dict
    places = {
        "answers": str(files.local_path(challenge.answers.blob_id)),
        "blobs": str(files.local_path(challenge.answers.blob_id).parent),
        "socket": f"{database['HOST']}/.s.PGSQL.{database['PORT'] or 5432}",
    }
    assert all(Path(place).exists() for place in places.values())  # the control: outside they are there
    tries = "".join(
        f"    try:\n        {way.format(**places)}\n        print('REACHED', {name!r})\n"
        f"    except (OSError, PermissionError, __import__('subprocess').CalledProcessError) as error:\n"
        f"        print('kept out:', type(error).__name__)\n"
        for name, way in WAYS.items()
    )
    return f"def predict(inputs, output):\n{tries}"


def test_the_answers_cannot_be_read_in_any_of_these_ways(challenge: Challenge) -> None:
    """Each way is tried on public inputs, where the team may read what came of it. None gives more than an error."""
    team = entered(challenge)
    handed(team, reading_answers(challenge))
    run_code()
    log = over_rest(team.members.get().person, team)["runs"][0]["log"]
    assert "REACHED" not in log
    assert log.count("kept out:") == len(WAYS), log
