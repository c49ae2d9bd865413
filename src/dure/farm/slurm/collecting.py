"""What came of a try on a cluster, written as every engine writes it; and what happens where nothing came."""

import logging
from collections.abc import Mapping
from typing import Final

from dure.engines import sandbox
from dure.engines.jobs import MIB, Carried
from dure.engines.sandbox import Limit, Outcome
from dure.farm.actions import asking, tries
from dure.farm.actions.tries import Try
from dure.farm.slurm.believing import ref_of
from dure.farm.slurm.folders import Shared
from dure.farm.slurm.states import End
from dure.foundation import files
from dure.foundation.models import Blob

log = logging.getLogger(__name__)
FROM_OUTSIDE: Final = frozenset({End.CANCELLED, End.PREEMPTED, End.NODE_LOST, End.TIMEOUT})
"""Ends at which Slurm sends signals: a program that died by one has said nothing about itself."""
LIMITS: Final[Mapping[End, Limit]] = {End.TIMEOUT: "wall", End.MEMORY: "memory"}
"""Slurm's own limits lie above the sandbox's. Who meets them has had more than was agreed."""
Came = tuple[Carried, Mapping[str, Blob]]
NOT_A_NODES: Final = (FileNotFoundError, ValueError, KeyError, TypeError)
"""No node wrote an outcome, or not the whole of one. Any other trouble in reading it passes, or is the operator's to mend."""


def collect(one: Try, end: End, shared: Shared, *, was_placed: bool) -> None:
    """Write how a try ended, and take its folder away. Raises StorageUnavailable, OSError: then it is collected later.

    `was_placed`: Slurm had given it a machine, and tried to start it there.
    """
    came = _what_came(one, end, shared)
    if came is None:
        _without_outcome(one, end, shared, was_placed=was_placed)
    else:
        tries.write(one, *came)
    shared.remove(ref_of(one))


def lost(one: Try, shared: Shared) -> None:
    """It is surely nowhere. One that no node began has cost nothing. Raises OSError: then it is said later."""
    log.warning("run %s is lost in Slurm", one.run)
    if shared.was_begun(ref_of(one)):
        tries.lose(one, begun=True)
    else:
        tries.put_back(one, begun=False)
    shared.remove(ref_of(one))


def _what_came(one: Try, end: End, shared: Shared) -> Came | None:
    """What the node wrote, or what Slurm's own limit says; None where neither says anything of the program."""
    ref = ref_of(one)
    try:
        carried = shared.outcome(ref)
    except NOT_A_NODES:
        limit = LIMITS.get(end)
        is_over = limit is not None and shared.was_begun(ref)
        return (Carried(outcome=_killed(one, limit, shared)), {}) if is_over else None
    outcome = carried.outcome
    if outcome is None:
        return carried, {}
    if end in FROM_OUTSIDE and (outcome.signal is not None or carried.judge_fault):
        return None
    return carried, _kept(one, outcome, shared)


def _killed(one: Try, limit: Limit | None, shared: Shared) -> Outcome:
    """What Slurm's own limit ended, with what the program had said until then."""
    run = one.run
    said = shared.said(ref_of(one), since=-1) or (0, run.stdout.encode(), run.stderr.encode())
    return Outcome(
        exit_code=None,
        signal=9,
        limit=limit,
        peak_memory=0,
        cpu_seconds=0,
        wall_seconds=0,
        stdout=said[1],
        stderr=said[2],
        files=(),
        faults=(),
        level=sandbox.LEAST_LEVEL,
    )


def _kept(one: Try, outcome: Outcome, shared: Shared) -> dict[str, Blob]:
    """Copies in the store, which may lie on another disk than the shared folder."""
    kept = {}
    for given in outcome.files:
        with shared.file(ref_of(one), given.name).open("rb") as content:
            kept[given.name] = files.put(content, limit=one.job.wants.limits.output_mib * MIB)
    return kept


def _without_outcome(one: Try, end: End, shared: Shared, *, was_placed: bool) -> None:
    """A machine that cannot start a job cancels it, too: an operator's is one that waited, or that was begun."""
    said, was_begun = shared.last_words(ref_of(one)), shared.was_begun(ref_of(one))
    log.warning("run %s ended in Slurm as %s without an outcome: %s", one.run, end, said)
    if end is End.CANCELLED and (was_begun or not was_placed):
        asking.cancel(one.job)
    elif end is End.PREEMPTED:
        tries.put_back(one, begun=was_begun)
    else:
        tries.lose(one, begun=was_begun)
