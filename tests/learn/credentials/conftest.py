"""An installation with a public address and a data folder of its own; keys are made once for all tests."""

from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from dure.engines.credentials.keys import fresh_pem

HOST = "https://dure.example"


@cache
def _pem(_number: int) -> str:
    return fresh_pem()


@pytest.fixture(autouse=True)
def _home(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PUBLIC_URL, settings.ALLIANCE_NAME, settings.DATA = HOST, "두레 AI 얼라이언스", tmp_path
    settings.ALLOWED_HOSTS = ["testserver", "dure.example"]
    numbers = count()
    monkeypatch.setattr("dure.engines.credentials.fresh_pem", lambda: _pem(next(numbers)))
