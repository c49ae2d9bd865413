"""The submitter's commands against the whole application in this process: real requests, no network."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from dure.cli import server
from dure.people.actions.tokens import create_token
from dure.people.models import Person
from dure.wsgi import application

ADDRESS = "http://localhost"


def token_of(person: Person, *scopes: str) -> str:
    """A fresh token's secret."""
    return create_token(person, name="cli", scopes=scopes or ["submit"], days=1).plain


@pytest.fixture
def _application(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """The commands talk to the application; nobody is logged in; files go to an empty folder.

    A real server drops its database connection between requests; here it holds the test's transaction.
    """
    monkeypatch.setattr(server, "transport", httpx.WSGITransport(app=application))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


def use(monkeypatch: pytest.MonkeyPatch, person: Person) -> None:
    """From here on the commands act as this person."""
    monkeypatch.setenv("DURE_SERVER", ADDRESS)
    monkeypatch.setenv("DURE_TOKEN", token_of(person))
