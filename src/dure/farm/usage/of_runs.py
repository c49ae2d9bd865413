"""The local runner's accounting: its own rows of runs."""

from collections.abc import Iterable
from datetime import datetime

from dure.farm.models import Run
from dure.farm.usage.raw import CORES, RawUsage


class LocalAccounting:
    """Runs that are not accounted for yet. Each is marked once it has ended and all its hours are entered: none is ever missed."""

    name = "local"

    def __init__(self) -> None:
        self._over: list[int] = []

    def begins(self) -> datetime | None:
        first = Run.objects.filter(accounted=False).order_by("started_at").first()
        return first.started_at if first else None

    def rows(self, since: datetime, until: datetime) -> Iterable[RawUsage]:  # noqa: ARG002 - the mark says more than the hour
        open_runs = Run.objects.filter(accounted=False, started_at__lt=until)
        found = list(open_runs.select_related("job__organisation", "job__person", "node"))
        self._over = [run.pk for run in found if run.ended_at is not None and run.ended_at <= until]
        return [raw_usage(run) for run in found]

    def entered(self) -> None:
        """Only what was seen ended is marked: a run that ends meanwhile comes again with the next hour."""
        Run.objects.filter(pk__in=self._over).update(accounted=True)


def raw_usage(run: Run) -> RawUsage:
    """A run of ours as every engine gives one."""
    spec = run.job.wants
    return RawUsage(
        run=f"{run.job.uid}/{run.attempt}",
        node=run.node.name,
        account=run.job.account,
        amounts={CORES: spec.limits.cores, **spec.accelerators},
        started=run.started_at,
        ended=run.ended_at,
        excused=run.excused,
    )
