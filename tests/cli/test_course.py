"""`dure course` as an author runs it: every fault in words, the labs' trials, a preview, a version on a server."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from dure.cli.course import preview
from dure.cli.main import main
from dure.engines.courses.trying import Trial
from dure.engines.faults import Fault
from dure.farm.models import Job
from dure.learn.models import CourseVersion
from tests.cli.submitter import ADDRESS, _application, token_of  # noqa: F401 - a fixture
from tests.factories.course_files import COURSE, LAB_SOURCE, laid
from tests.factories.courses import author
from tests.factories.farm import run_all
from tests.factories.notebooks import SQUARES, notebook

Said = pytest.CaptureFixture[str]


def test_a_folder_in_order_is_said_to_be(tmp_path: Path, capsys: Said) -> None:
    assert main(["course", "check", "--quick", str(laid(tmp_path))]) == 0
    assert "2 units, 6 questions, 1 labs" in capsys.readouterr().out


def test_every_fault_is_printed_with_its_place_in_the_terminals_language(
    tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    laid(tmp_path, **{"course.yaml": COURSE.replace("hours: 2\n", ""), "units/01-first/lesson.en.md": None})
    assert main(["course", "check", str(tmp_path)]) == 3
    said = capsys.readouterr().err
    assert "course.yaml: hours: 빠졌습니다." in said
    assert "units/01-first/lesson.en.md: 이 파일이 없습니다." in said


def test_no_folder_is_said(tmp_path: Path, capsys: Said) -> None:
    assert main(["course", "check", str(tmp_path)]) == 3
    assert "There is no course.yaml" in capsys.readouterr().err


@pytest.mark.sandbox
@pytest.mark.slow
def test_the_reference_passes_and_no_cheat_does(tmp_path: Path, capsys: Said) -> None:
    assert main(["course", "check", str(laid(tmp_path))]) == 0
    said = capsys.readouterr().out
    assert "01-first: reference 4/4" in said
    assert "others at most 0" in said


@pytest.mark.sandbox
@pytest.mark.slow
def test_a_lab_that_anybody_passes_is_named(tmp_path: Path, capsys: Said) -> None:
    easy = {
        "units/01-first/lab/lab.py": LAB_SOURCE.replace("return a * b", "return a + b"),
        "units/01-first/lab/hidden.py": "def any_box():\n    return True\n",
    }
    assert main(["course", "check", str(laid(tmp_path, **easy))]) == 3
    said = capsys.readouterr().err
    assert "The reference solution does not pass the test “two_by_three”." in said
    assert "The test “any_box” is passed by a program that solves nothing." in said


def test_each_lab_is_said_as_soon_as_it_is_through(
    tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Labs with large packages take minutes; whoever waits sees how far it is."""
    said = list[str]()

    def slowly(_folder: Path) -> Iterator[Trial]:
        yield Trial("01-first", "reference", 4, 4)
        yield Trial("01-first", "stub", 0, 4)
        yield Trial("02-second", "reference", 3, 3)
        said.append(capsys.readouterr().out)
        yield Trial("02-second", "stub", 1, 3, (Fault("lab_stub_passes", {"test": "x"}),))

    monkeypatch.setattr("dure.cli.course.commands.trials", slowly)
    assert main(["course", "check", str(laid(tmp_path))]) == 3
    assert "01-first: reference 4/4" in said[0]
    assert "02-second: reference 3/3" in capsys.readouterr().out


def test_a_preview_shows_the_folder_as_it_is_now(tmp_path: Path) -> None:
    laid(tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(preview.Handler, tmp_path)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}"

        def page(path: str) -> str:
            return httpx.get(base + path, timeout=10).raise_for_status().text

        assert "Tiny course" in page("/")
        assert "<math" in page("/01-first/en")
        assert "return a * b" not in page("/01-first/ko")
        assert page("/01-first/figures/box.svg").startswith("<svg")
        for path in ("/01-first/figures/..%2Fquiz.yaml", "/nothing", "/01-first/fr"):
            with pytest.raises(httpx.HTTPStatusError, match="404"):
                page(path)
        laid(tmp_path, **{"course.yaml": COURSE.replace("hours: 2", "hours: many")})
        assert "course.yaml: hours" in page("/")
        server.shutdown()


@pytest.mark.sandbox
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_application")
def test_a_folder_is_handed_in_checked_and_published(
    tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = author()
    monkeypatch.setenv("DURE_SERVER", ADDRESS)
    monkeypatch.setenv("DURE_TOKEN", token_of(by, "host"))
    monkeypatch.setattr("dure.cli.course.publishing.time.sleep", lambda _seconds: run_all())
    assert main(["course", "publish", str(laid(tmp_path))]) == 0
    version = CourseVersion.objects.get()
    assert version.state == "published"
    assert Job.objects.count() == 5
    assert "Published" in capsys.readouterr().out
    assert main(["course", "publish", str(tmp_path)]) == 0
    assert CourseVersion.objects.count() == 1


def test_a_notebook_becomes_a_folder_that_is_in_order(tmp_path: Path, capsys: Said) -> None:
    given, folder = tmp_path / "squares.ipynb", tmp_path / "courses" / "squares"
    given.write_bytes(notebook(*SQUARES))
    words = ["course", "import-notebook", str(given), str(folder), "--licence", "CC-BY-4.0"]
    assert main(words) == 0
    assert "cells[2]: Lines that only a notebook understands were made comments." in capsys.readouterr().out
    assert main(["course", "check", "--quick", str(folder)]) == 0
    assert (
        "course.yaml: This is to be translated still: “(번역 필요)” stands 2 times" in capsys.readouterr().out
    )
    assert main(words) == 1
    assert str(folder) in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "more", "said"),
    [
        (b"{", [], "This is no notebook that can be read"),
        (notebook(*SQUARES), ["--skill", "alchemy"], "--skill: “alchemy” is not in the skill catalogue."),
        (None, [], "squares.ipynb: No such file"),
    ],
    ids=["broken", "skill", "missing"],
)
def test_a_notebook_that_is_none_is_said(
    content: bytes | None, more: list[str], said: str, tmp_path: Path, capsys: Said
) -> None:
    given = tmp_path / "squares.ipynb"
    if content is not None:
        given.write_bytes(content)
    words = ["course", "import-notebook", str(given), str(tmp_path / "out"), "--licence", "MIT", *more]
    assert main(words) in (1, 3)
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
