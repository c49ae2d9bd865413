"""Dure's door for the labs' hub: three questions, asked with the key that lies in the closed data folder. Others see nothing."""

import hmac
import json
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, Final, TypeVar
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from dure.farm.labs import actions
from dure.foundation.access import Denied, Hidden
from dure.settings import env

Asked = dict[str, Any]
Question = TypeVar("Question")
_known: Final[dict[Path, str]] = {}


def door_key() -> str:
    """The key of this installation's hub, read once; empty where it has none yet."""
    folder = env.data_folder()
    if folder not in _known:
        try:
            _known[folder] = str(json.loads(env.kept("labs/keys.json"))["door"])
        except (ValueError, KeyError):
            return ""
    return _known[folder]


def for_the_hub(
    read: Callable[[Asked], Question],
) -> Callable[[Callable[[Question], Asked]], Callable[[HttpRequest], HttpResponse]]:
    """JSON in and out, for who shows the key. To anybody else the address does not exist.

    Only what `read` cannot read is the hub's mistake; what breaks in the view is ours, and is not hidden.
    """

    def guarded(view: Callable[[Question], Asked]) -> Callable[[HttpRequest], HttpResponse]:
        @csrf_exempt
        @wraps(view)
        def answer(request: HttpRequest) -> HttpResponse:
            _demand_key(request)
            try:
                question = read(json.loads(request.body))
            except (ValueError, KeyError, TypeError, AttributeError):
                return JsonResponse({"message": "unreadable"}, status=400)
            try:
                return JsonResponse(view(question))
            except Denied as denied:
                return JsonResponse({"message": str(denied.refused.message)}, status=409)

        return answer

    return guarded


def _demand_key(request: HttpRequest) -> None:
    key = door_key()
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.LABS_URL or not key or not hmac.compare_digest(shown.encode(), key.encode()):
        raise Hidden


def _person(asked: Asked) -> UUID:
    return UUID(asked["person"])


def _job(asked: Asked) -> UUID:
    return UUID(asked["job"])


def _look(asked: Asked) -> tuple[UUID, datetime | None]:
    used_at = datetime.fromisoformat(asked["active"]) if asked["active"] else None
    if used_at is not None and used_at.tzinfo is None:
        raise ValueError("a time without its zone")
    return _job(asked), used_at


@for_the_hub(_person)
def start(person: UUID) -> Asked:
    """Start a person's lab."""
    return {"job": actions.start(person).uid.hex}


@for_the_hub(_look)
def look(question: tuple[UUID, datetime | None]) -> Asked:
    """How a lab stands, and when it was used."""
    job, used_at = question
    found = actions.look(job, used_at=used_at)
    return {"state": found.state, "why": found.why, "attempt": found.attempt, "relay": found.relay}


@for_the_hub(_job)
def stop(job: UUID) -> Asked:
    """End a lab."""
    actions.stop(job)
    return {}
