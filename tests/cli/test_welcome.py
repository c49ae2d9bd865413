"""What a first run shows of the demo alliance."""

import json

import pytest

from dure.cli.up import link_line

LINK = {"role_ko": "사무국", "role_en": "Secretariat", "name": "김두레", "path": "/account/link/abc"}


def test_a_link_is_shown_whole_in_the_terminals_language(monkeypatch: pytest.MonkeyPatch) -> None:
    english = link_line(json.dumps(LINK), "http://127.0.0.1:8000/")
    assert english.split() == ["Secretariat", "김두레", "http://127.0.0.1:8000/account/link/abc"]
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    assert link_line(json.dumps(LINK), "https://dure.example").split()[0] == "사무국"


@pytest.mark.parametrize("line", ["", "no JSON", "{}", "[]", "3"])
def test_other_lines_are_shown_as_they_are(line: str) -> None:
    assert link_line(line, "http://127.0.0.1:8000/") == line
