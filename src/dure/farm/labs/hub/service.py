"""How Dure is known to its hub's own API, where it asks for labs to be started. Only the standard library: both sides read it."""

import hashlib
import hmac
from typing import Any, Final

NAME: Final = "dure"
SCOPES: Final = ("admin:users", "servers")
"""To have the hub know a person who was never there, and to start their lab."""


def token_of(door_key: str) -> str:
    """Made from the key that the two share: an installation that has its keys already needs no other."""
    return hmac.new(door_key.encode(), b"dure-hub-service", hashlib.sha256).hexdigest()


def configure(c: Any, door_key: str) -> None:
    """Let Dure in, for this and nothing else."""
    c.JupyterHub.services = [{"name": NAME, "api_token": token_of(door_key)}]
    c.JupyterHub.load_roles = [{"name": "prestart", "services": [NAME], "scopes": list(SCOPES)}]
