"""Handing jobs over to Slurm: taken from the queue, laid ready, asked for side by side, and written down as Slurm answered."""

import logging
import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Final

from dure.farm import inputs
from dure.farm.actions import tries
from dure.farm.actions.tries import Try
from dure.farm.models import Node, SlurmJob
from dure.farm.slurm import believing
from dure.farm.slurm.believing import Handed, payer_of, ref_of
from dure.farm.slurm.commands import Refused, SlurmAway, Unclear
from dure.farm.slurm.executor import Request, Slurm
from dure.foundation import clock, files

log = logging.getLogger(__name__)
AT_ONCE: Final = 64
CALLS_AT_ONCE: Final = 4
AGAIN_AFTER: Final = timedelta(seconds=60)
AGAIN_AT_ONCE: Final = 8
Answer = int | Refused | Unclear | SlurmAway | None


def hand_over(slurm: Slurm, *, worker: str, node: Node) -> int:
    """Hand over jobs that wait; returns how many. Raises SlurmAway, StorageUnavailable or OSError when it cannot go on."""
    taken = believing.take(worker=worker, node=node, limit=AT_ONCE)
    ask(slurm, _laid(slurm, taken))
    return len(taken)


def ask_again(slurm: Slurm, ours: Iterable[Handed]) -> None:
    """Ask anew for those that Slurm refused a while ago, a few at a time."""
    due = [
        handed.one for handed in ours if handed.row.state == SlurmJob.State.REFUSED and _is_due(handed.row)
    ]
    ask(slurm, due[:AGAIN_AT_ONCE])


def _is_due(row: SlurmJob) -> bool:
    return row.asked_at < clock.now() - AGAIN_AFTER


def _laid(slurm: Slurm, taken: Sequence[Try]) -> list[Try]:
    """Those that could be laid ready. Where store or folder is away all wait again, unharmed: Slurm has not heard of them."""
    try:
        return [one for one in taken if _is_laid(slurm, one)]
    except (OSError, files.StorageUnavailable):
        _put_back(taken)
        raise


def _is_laid(slurm: Slurm, one: Try) -> bool:
    """Lay one ready. One whose file is lost for good is given up, and holds up no other."""
    try:
        slurm.shared.lay(ref_of(one), one.job)
    except inputs.LostError as lost:
        log.error("run %s reads %s, which is not in the store", one.run, lost)  # noqa: TRY400 - all is said
        tries.give_up(one, tries.INPUT_LOST)
        slurm.shared.remove(ref_of(one))
        return False
    return True


def _put_back(some: Iterable[Try]) -> None:
    for one in some:
        tries.put_back(one, begun=False)


def ask(slurm: Slurm, some: Sequence[Try]) -> None:
    """Ask Slurm to run these. As soon as it does not answer no more are asked; those it was not asked for wait again."""
    believing.asked(one.run for one in some)
    away = threading.Event()
    with ThreadPoolExecutor(CALLS_AT_ONCE, "sbatch") as threads:
        answers = list(threads.map(lambda one: _answer(slurm, one, away), some))
    for one, answer in zip(some, answers, strict=True):
        _write_down(one, answer)
    for answer in answers:
        if isinstance(answer, SlurmAway):
            raise answer


def _answer(slurm: Slurm, one: Try, away: threading.Event) -> Answer:
    """Slurm's number, its refusal, that it did not answer clearly, or None: not asked. Runs in a thread without a database."""
    if away.is_set():
        return None
    request = Request.of(one.job.wants, account=payer_of(one.job).account, job_class=one.job.job_class)
    try:
        return slurm.submit(ref_of(one), request)
    except (Refused, Unclear) as answer:
        return answer
    except SlurmAway as error:
        away.set()
        return error
    except ValueError as error:
        return Refused(f"BadConstraints: {error}")


def _write_down(one: Try, answer: Answer) -> None:
    if isinstance(answer, int):
        believing.accepted(one.run, answer)
    elif isinstance(answer, Refused):
        log.warning("Slurm refused run %s: %s", one.run, answer)
        believing.refused(one.run, str(answer))
    elif answer is None:
        tries.put_back(one, begun=False)
    else:
        log.warning("whether Slurm took run %s shows later: %s", one.run, answer)
        believing.unanswered(one.run)
