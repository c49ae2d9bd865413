"""A look at Slurm: what we believe is read, compared with what Slurm says, and what follows is done."""

import logging
import time
from collections.abc import Mapping, Sequence

from dure.farm.actions import tries
from dure.farm.actions.tries import Try
from dure.farm.models import SlurmJob
from dure.farm.slurm import believing, collecting
from dure.farm.slurm.believing import Handed
from dure.farm.slurm.commands import Refused, SlurmAway
from dure.farm.slurm.executor import Slurm
from dure.farm.slurm.naming import Ref
from dure.farm.slurm.reading import Seen
from dure.farm.slurm.reconciling import Believed, Ended, Found, Lost, Runs, Stop, Waits, reconcile
from dure.farm.slurm.states import Standing
from dure.foundation import clock
from dure.foundation.files import StorageUnavailable

log = logging.getLogger(__name__)
State = SlurmJob.State


class Looks:
    """One runner's looks. Since when a job is missing is remembered here alone: a new runner begins to count anew."""

    def __init__(self, slurm: Slurm, *, worker: str) -> None:
        self._slurm, self._worker = slurm, worker
        self._alive_at: dict[Ref, float] = {}
        self._told: dict[Ref, int] = {}

    def look(self) -> Mapping[Ref, Handed]:
        """Returns what we believed at its beginning. Raises SlurmAway or OSError; then nothing was changed."""
        self._slurm.shared.demand()
        ours = believing.ours(worker=self._worker)
        queue = self._slurm.queue()
        self._remember(ours, {job.ref for job in queue if job.state.standing is not Standing.OVER})
        believed = [self._believed(ref, handed.row) for ref, handed in ours.items()]
        actions = reconcile(believed, queue, self._accounted(ours, believed))
        self._slurm.cancel(action.number for action in actions if isinstance(action, Stop))
        for action in actions:
            if not isinstance(action, Stop):
                self._do_or_leave(action, ours[action.ref].one)
        self._told = {ref: self._tell(ref, handed) for ref, handed in ours.items()}
        return ours

    def _tell(self, ref: Ref, handed: Handed) -> int:
        """Write what a program said since it was written last; returns up to where that is now."""
        before = self._told.get(ref, 0)
        said = self._slurm.shared.said(ref, since=before) if handed.row.state == State.RUNNING else None
        if said is None:
            return before
        at, stdout, stderr = said
        tries.tell(handed.one, stdout=stdout, stderr=stderr)
        return at

    def _remember(self, ours: Mapping[Ref, Handed], alive: set[Ref]) -> None:
        now = time.monotonic()
        self._alive_at = {ref: now if ref in alive else self._alive_at.get(ref, now) for ref in ours}

    def _believed(self, ref: Ref, row: SlurmJob) -> Believed:
        missing = time.monotonic() - self._alive_at[ref]
        return Believed(
            ref,
            number=row.number,
            is_refused=row.state == State.REFUSED,
            is_running=row.state == State.RUNNING,
            reason=row.reason,
            age=(clock.now() - row.asked_at).total_seconds(),
            missing=missing,
            has_outcome=missing > 0 and self._slurm.shared.has_outcome(ref),
        )

    def _accounted(self, ours: Mapping[Ref, Handed], believed: Sequence[Believed]) -> list[Seen] | None:
        """The accounting's rows, where something is missing; None when it does not answer."""
        missing = [one.ref for one in believed if one.missing > 0 and not one.is_refused]
        if not missing:
            return []
        try:
            return self._slurm.accounted(min(ours[ref].row.asked_at for ref in missing))
        except (SlurmAway, Refused):
            return None

    def _do_or_leave(self, action: Found | Waits | Runs | Ended | Lost, one: Try) -> None:
        """What cannot be read or kept now is left for a later look, and holds up no other."""
        try:
            self._do(action, one)
        except (OSError, StorageUnavailable) as error:
            log.warning("what came of run %s cannot be taken now: %s", one.run, error)

    def _do(self, action: Found | Waits | Runs | Ended | Lost, one: Try) -> None:
        match action:
            case Found():
                believing.accepted(one.run, action.number)
            case Waits():
                believing.waits(one, action.reason)
            case Runs():
                believing.runs(one, action.node, action.since)
            case Ended():
                believing.ended(one, action.node, action.since)
                collecting.collect(one, action.end, self._slurm.shared, was_placed=bool(action.node))
            case Lost():
                collecting.lost(one, self._slurm.shared)
