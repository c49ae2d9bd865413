"""What was used on a cluster, from Slurm's own accounting, for the usage of the farm."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from dure.farm.models import Run
from dure.farm.slurm import believing
from dure.farm.slurm.executor import Slurm
from dure.farm.slurm.naming import Ref
from dure.farm.slurm.reading import Used, nodes_of
from dure.farm.slurm.states import End
from dure.farm.usage.raw import CORES, RawUsage

LATE: Final = timedelta(days=1)
"""So far back an hour's rows are read again: the accounting may have been away when they came."""
EXCUSED: Final = frozenset({End.PREEMPTED, End.NODE_LOST})
"""Delivered, but charged to nobody: who held it did not choose its end."""


class SlurmAccounting:
    """Every start of every try of ours. What Slurm has as running though our row has ended, ended then: a crash left it behind."""

    name = "slurm"

    def __init__(self, slurm: Slurm) -> None:
        self._slurm = slurm

    def begins(self) -> datetime | None:
        first = Run.objects.filter(slurm__isnull=False).order_by("started_at").first()
        return first.started_at if first else None

    def rows(self, since: datetime, until: datetime) -> Iterable[RawUsage]:
        """Raises SlurmAway or Refused: then the hour stays open."""
        by_ref: dict[Ref, list[Used]] = {}
        for used in self._slurm.used(since - LATE, until):
            by_ref.setdefault(used.ref, []).append(used)
        runs = believing.runs_of(by_ref)
        return [row for ref, starts in by_ref.items() if ref in runs for row in _rows(runs[ref], ref, starts)]

    def entered(self) -> None:
        """Nothing to mark: rows are read again for a day."""


def _rows(run: Run, ref: Ref, starts: Sequence[Used]) -> Iterator[RawUsage]:
    """A row for each machine of each start. There is one start, but after a crash Slurm may have two under one name."""
    for turn, used in enumerate(sorted(starts, key=lambda one: (one.submitted, one.number))):
        nodes = list(nodes_of(used.nodes))
        if used.started is None:
            continue
        for node in nodes:
            more = (f"/{turn}" if turn else "") + (f"@{node}" if len(nodes) > 1 else "")
            yield RawUsage(
                run=f"{ref.job}/{ref.attempt}{more}",
                node=node,
                account=run.job.account,
                amounts={CORES: used.cores // len(nodes), **_shared_out(used, len(nodes))},
                started=used.started,
                ended=_ended(run, used),
                excused=run.excused or used.state.end in EXCUSED,
            )


def _shared_out(used: Used, nodes: int) -> dict[str, int]:
    """Slurm keeps no more than the sum over all machines."""
    return {kind: count // nodes for kind, count in used.held.items()}


def _ended(run: Run, used: Used) -> datetime | None:
    if used.ended is not None or run.ended_at is None or used.started is None:
        return used.ended
    return max(run.ended_at, used.started)
