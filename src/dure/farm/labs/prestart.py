"""Labs that are started before their people come: a room of thirty that opens them at once would wait for minutes.

The hub starts them, as it does when their people go there: a lab that Dure started behind its back would be ended by it.
"""

import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from uuid import UUID

import httpx
from django.conf import settings

from dure.farm.labs import presence, rules
from dure.farm.labs.hub import service
from dure.farm.labs.hub_views import door_key
from dure.farm.models import Lab
from dure.people import api as people

log = logging.getLogger(__name__)
BATCH: Final = 6
"""So many at once: the hub starts at most eight, and those who come by themselves need some of them."""
WITHIN_S: Final = 20.0
KNOWN: Final = (201, 409)
STARTED: Final = (201, 202, 400)
"""At once, soon, or it is on already."""


def prestart_labs(wanted: Iterable[people.Person]) -> int | None:
    """Have labs started that are off, of those who may work in one, a few at a time; returns how many are still to be started.

    Ask again within a minute until it is 0; asking twice is harmless. None where no lab can be opened now.
    """
    if not rules.are_on() or not presence.hub_answers():
        return None
    off = _off([person.pk for person in wanted if person.is_active])
    return len(off) - _start(off[:BATCH])


def _off(wanted: Sequence[int]) -> list[UUID]:
    """Who of them may work in a lab and has none that is on. One query."""
    on = Lab.objects.filter(person__in=wanted, job__isnull=False, job__finished_at=None).values("person_id")
    able = people.Membership.objects.current().filter(person__in=wanted).values("person_id")
    found = people.Person.objects.filter(pk__in=able).exclude(pk__in=on)
    return list(found.order_by("pk").values_list("uid", flat=True))


def _start(uids: Sequence[UUID]) -> int:
    """How many of them the hub starts."""
    if not uids:
        return 0
    with _hub() as hub, ThreadPoolExecutor(BATCH) as pool:
        return sum(pool.map(lambda uid: _started(hub, uid), uids))


def _started(hub: httpx.Client, uid: UUID) -> bool:
    try:
        if hub.post(f"/hub/api/users/{uid.hex}").status_code not in KNOWN:
            return False
        answer = hub.post(f"/hub/api/users/{uid.hex}/server")
    except httpx.HTTPError as error:
        log.warning("the labs' hub started no lab beforehand: %s", type(error).__name__)
        return False
    return answer.status_code in STARTED


@contextmanager
def _hub() -> Iterator[httpx.Client]:
    """Through the folder's descriptor: a socket's own path must be short."""
    folder = os.open(Path(settings.DATA, "labs"), os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        transport = httpx.HTTPTransport(uds=f"/proc/self/fd/{folder}/{presence.SOCKET}")
        headers = {"Authorization": f"token {service.token_of(door_key())}"}
        with httpx.Client(
            transport=transport, base_url="http://hub", headers=headers, timeout=WITHIN_S
        ) as client:
            yield client
    finally:
        os.close(folder)
