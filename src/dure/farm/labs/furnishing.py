"""What a lab has besides an ordinary job: its home, a relay, and a network of its own processes."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from django.conf import settings

from dure.engines import sandbox
from dure.engines.faults import Fault
from dure.engines.sandbox import Mount, Profile
from dure.farm.labs import homes, inside
from dure.farm.models import Job

START: Final = "/lab/start.py"
DATA: Final = ("/data", "/proc/self/cwd/data")
"""Course labs read /data wherever they run. Here it is the folder `data` beside the notebook: a kernel starts where that lies."""
MIB: Final = 1024**2
LOOK_SECONDS: Final = 5.0
IDLE_TIMES: Final = 10
"""A look that takes long is followed by a pause so many times as long: strangers' folders must not keep the runner busy."""
STILL_THERE_SECONDS: Final = 20.0
"""A lab that was taken back a moment ago may take so long to end."""
TIDYING_SECONDS: Final = 300.0
SLACK: Final = 64 * MIB
"""So much may a home grow that is too full already: to delete things in a notebook takes a little room."""


class Allowance:
    """How much a lab's folders may hold, looked at now and then while it runs; a job without a home has none.

    There is no quota of the kernel's that works on every disk and without root: between two looks a program can write as fast
    as the disk takes it, and each file by itself is bounded by a limit that holds at once. What is open but deleted is seen by the
    room that the disk has left. Where there is more in a home than we look at, some minutes are left to take things away.
    """

    def __init__(self, *places: Path, whose: str = "") -> None:
        self._places, self._whose = places, whose
        before = self._counted()
        self._most = max(settings.LAB_HOME_BYTES, before.bytes + SLACK)
        self._looked = time.monotonic()
        self._tidied = self._looked + (0 if before.is_whole else TIDYING_SECONDS)
        self._pause = LOOK_SECONDS
        self.faults: tuple[Fault, ...] = ()

    def is_exceeded(self) -> bool:
        """Look again, if it is time."""
        if not self._places or time.monotonic() - self._looked < self._pause:
            return False
        began = time.monotonic()
        self.faults = self._seen(began)
        self._looked = time.monotonic()
        self._pause = max(LOOK_SECONDS, IDLE_TIMES * (self._looked - began))
        return bool(self.faults)

    def _seen(self, moment: float) -> tuple[Fault, ...]:
        if not homes.has_room():
            return (Fault("lab_disk_full"),)
        now = self._counted()
        is_too_much = now.bytes > self._most or (not now.is_whole and moment >= self._tidied)
        return (Fault("lab_home_full"),) if is_too_much else ()

    def _counted(self) -> homes.Filled:
        """Pages say what was found here: they do not look themselves."""
        found = homes.filled(*self._places)
        if self._whose:
            homes.note(self._whose, found.bytes)
        return found


@contextmanager
def furnished(profile: Profile, job: Job) -> Iterator[tuple[Profile, Allowance]]:
    """A lab's profile, with its home held and its relay there for as long as it runs; any other job's unchanged.

    Raises InUseError where another lab is still at the home: it is tried again.
    """
    whose = job.wants.home
    if not whose:
        yield profile, Allowance()
        return
    with homes.held(whose, wait_s=STILL_THERE_SECONDS), _relayed(job) as relay:
        home = homes.home_of(whose)
        own = (Mount(home, homes.HOME, writable=True), Mount(Path(inside.__file__), START))
        lab = replace(
            profile,
            mounts=(*profile.mounts, *own),
            relay=relay,
            links=(DATA,),
            loopback=True,
            file_bytes=settings.LAB_HOME_BYTES,
            open_files=4096,
        )
        try:
            yield lab, Allowance(home, relay, whose=whose)
        finally:
            homes.note(whose, homes.filled(home).bytes)


@contextmanager
def _relayed(job: Job) -> Iterator[Path]:
    """A relay, new and gone afterwards."""
    relay = homes.relay_of(job.uid)
    sandbox.remove(relay)
    relay.mkdir(mode=0o700)
    try:
        yield relay
    finally:
        sandbox.remove(relay)
