"""Dure's door for the labs' hub: three questions, asked with the key that lies in the closed data folder. Others see nothing."""

import hmac
import json
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from dure.farm.labs import actions
from dure.foundation.access import Denied, Hidden
from dure.settings import env

Asked = dict[str, Any]


def door_key() -> str:
    """The key of this installation's hub; empty where it has none."""
    try:
        return str(json.loads(env.kept("labs/keys.json"))["door"])
    except (ValueError, KeyError):
        return ""


def for_the_hub(view: Callable[[Asked], Asked]) -> Callable[[HttpRequest], HttpResponse]:
    """JSON in and out, for who shows the key. To anybody else the address does not exist."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        key = door_key()
        shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not settings.LABS_URL or not key or not hmac.compare_digest(shown.encode(), key.encode()):
            raise Hidden
        try:
            return JsonResponse(view(json.loads(request.body)))
        except Denied as denied:
            return JsonResponse({"message": str(denied.refused.message)}, status=409)
        except (ValueError, KeyError, TypeError):
            return JsonResponse({"message": "unreadable"}, status=400)

    return answer


@for_the_hub
def start(asked: Asked) -> Asked:
    """Start a person's lab."""
    return {"job": actions.start(UUID(asked["person"])).uid.hex}


@for_the_hub
def look(asked: Asked) -> Asked:
    """How a lab stands, and when it was used."""
    used_at = datetime.fromisoformat(asked["active"]) if asked["active"] else None
    found = actions.look(UUID(asked["job"]), used_at=used_at)
    return {"state": found.state, "why": found.why, "attempt": found.attempt, "relay": found.relay}


@for_the_hub
def stop(asked: Asked) -> Asked:
    """End a lab."""
    actions.stop(UUID(asked["job"]))
    return {}
