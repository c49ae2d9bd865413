"""Whether the labs' hub is there: what cannot be opened is not offered."""

import os
import socket
from pathlib import Path
from typing import Final

from django.conf import settings

from dure.farm.labs import rules
from dure.foundation.access import Decision, Refused

SOCKET: Final = "hub.sock"
WITHIN_S: Final = 1.0


def may_open(person: object) -> Decision:
    """Whoever may work in a lab, while there is a hub that opens it."""
    decision = rules.may_work(person)
    return decision if isinstance(decision, Refused) or hub_answers() else rules.HUB_AWAY


def hub_answers() -> bool:
    """Whether somebody listens where the hub does. Through the folder's descriptor: a socket's own path must be short."""
    try:
        folder = os.open(Path(settings.DATA, "labs"), os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        with socket.socket(socket.AF_UNIX) as asking:
            asking.settimeout(WITHIN_S)
            asking.connect(f"/proc/self/fd/{folder}/{SOCKET}")
    except OSError:
        return False
    finally:
        os.close(folder)
    return True
