"""Where submitted code stands: its runs on the farm beside each submission, in two queries however many these are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from dure.farm import api as farm
from dure.foundation import leases
from dure.problems.models import Challenge, CodeRun, Submission


@dataclass(frozen=True, slots=True)
class CodeStand:
    """The runs of one submission's code in their order; `state` and `place` of the one that is not over, if there is one."""

    runs: Sequence[CodeRun]
    state: str | None
    place: leases.Place | None


def stands_of(rows: Sequence[Submission], challenge: Challenge) -> Mapping[int, CodeStand]:
    """By submission; nothing, and no query, where code is not what is handed in."""
    if not challenge.takes_code:
        return {}
    runs = _runs_of(rows, challenge)
    jobs = [run.job for some in runs.values() for run in some if run.state == CodeRun.State.QUEUED]
    found = leases.stands(kind=farm.JOB, subjects=jobs) if jobs else {}
    return {row.pk: _stand(runs[row.pk], found) for row in rows if runs[row.pk]}


def _runs_of(rows: Sequence[Submission], challenge: Challenge) -> dict[int, list[CodeRun]]:
    by_pk, runs = {row.pk: row for row in rows}, {row.pk: list[CodeRun]() for row in rows}
    mine = CodeRun.objects.filter(submission__in=by_pk).exclude(stage=CodeRun.Stage.AGAIN)
    for run in mine.select_related("owner").order_by("pk"):
        run.submission = by_pk[run.submission_id]
        run.submission.challenge = challenge
        runs[run.submission_id].append(run)
    return runs


def _stand(runs: Sequence[CodeRun], found: Mapping[UUID, leases.Stand]) -> CodeStand:
    going = next((run for run in runs if run.state == CodeRun.State.QUEUED), None)
    if going is None:
        return CodeStand(runs, None, None)
    stand = found.get(going.job)
    # Between the end of a job and what follows from it, it is still on its way; so is what waits for a site.
    if stand is None or stand.state not in leases.OPEN:
        return CodeStand(runs, leases.State.RUNNING, None)
    return CodeStand(runs, stand.state, stand.place)
