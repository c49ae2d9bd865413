"""Asking for jobs over REST, as a program would."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dure.people.models import Membership, Organisation, Person
from tests.factories.people import client_of, member, organisation, person

REST = "/api/v1/farm"
PYTHON = "/usr/bin/python3"


def member_of(firm: Organisation | None = None, role: str = Membership.Role.MEMBER) -> Person:
    """Somebody who belongs to an organisation."""
    someone = person()
    member(someone, firm or organisation(), role)
    return someone


def post(client: Client, *, files: dict[str, bytes] | None = None, key: str = "", **job: Any) -> Any:
    """Hand a job in; the answer as it came."""
    uploads = [SimpleUploadedFile(name, content) for name, content in (files or {}).items()]
    fields = {"name": "a job", "command": [PYTHON, "main.py"], "memory_mib": 256, "wall_seconds": 60, **job}
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(f"{REST}/jobs", {**fields, **({"files": uploads} if uploads else {})}, headers=headers)


def asked_by(someone: Person, source: str = "print(1)", **job: Any) -> dict[str, Any]:
    """A job of this Python source; what REST says of it."""
    answer = post(client_of(someone), files={"main.py": source.encode()}, **job)
    assert answer.status_code == 201, answer.content
    found: dict[str, Any] = answer.json()
    return found


def job_of(someone: Person, uid: str) -> dict[str, Any]:
    answer = client_of(someone).get(f"{REST}/jobs/{uid}")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def content_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else io.BytesIO(answer.content).read()
