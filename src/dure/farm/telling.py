"""A job in one or two sentences: what state it is in, why, and what one can do about it."""

from collections.abc import Iterator, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.engines.faults import Fault
from dure.farm import words
from dure.farm.models import Job, Run
from dure.farm.queries.queue import Place
from dure.farm.slurm import states
from dure.foundation import faults

LIMITS: Final[Mapping[str, str | Promise]] = {
    "wall": gettext_lazy("It took longer than it may: %(time)s. Ask for more time."),
    "cpu": gettext_lazy("It used more processor time than it may: %(cpu)s. Ask for more time or more cores."),
    "memory": gettext_lazy("It needed more memory than it may have: %(memory)s. Ask for more."),
    "processes": gettext_lazy("It started more processes or threads than it may: %(processes)s."),
    "file_size": gettext_lazy(
        "It wrote a file larger than it may: %(files)s. Ask for more memory: files count as memory."
    ),
    "entries": gettext_lazy("It wrote more files and folders than may come out: %(entries)s."),
    "log": gettext_lazy("It wrote far more to its log than anybody reads. Have it say less."),
    "stopped": gettext_lazy("It was stopped."),
}


LIMIT_NAMES: Final[Mapping[str, str | Promise]] = {
    "wall": gettext_lazy("time"),
    "cpu": gettext_lazy("processor time"),
    "memory": gettext_lazy("memory"),
    "processes": gettext_lazy("processes"),
    "file_size": gettext_lazy("size of a file"),
    "entries": gettext_lazy("number of files"),
    "log": gettext_lazy("size of the log"),
    "stopped": gettext_lazy("stopped"),
}


def sentences(job: Job, run: Run | None, place: Place | None) -> str:
    """The state of a job in words, for its page, REST and the terminal."""
    return " ".join(_said(job, run, place))


def _said(job: Job, run: Run | None, place: Place | None) -> Iterator[str]:
    cluster = getattr(run, "slurm", None) if job.state == Job.State.QUEUED else None
    if cluster is not None and run is not None and run.ended_at is None:
        yield str(states.SENTENCES[states.waits_of(cluster.reason)])
    elif place is not None:
        yield place.sentence
    elif job.state == Job.State.QUEUED:
        yield _("It waits.")
    elif job.state == Job.State.RUNNING and run is not None:
        yield _("It runs on %(machine)s and may take %(time)s.") % {
            "machine": run.node.name,
            "time": words.duration(job.wants.limits.wall_seconds),
        }
    elif job.state == Job.State.CANCELLED:
        yield _("It was taken back.")
    elif job.state == Job.State.FAILED_PLATFORM:
        yield from _given_up(run)
    elif run is not None:
        yield from ended(job, run)


def _given_up(run: Run | None) -> Iterator[str]:
    """Why it was tried no more; without a reason of its own it broke once too often."""
    if run is None or not run.faults:
        yield _("It broke through our own fault as often as is tried. Nothing is charged. Run it again.")
        return
    yield from (faults.say(fault_of(one)) for one in run.faults)
    yield _("Nothing is charged.")


def ended(job: Job, run: Run) -> Iterator[str]:
    """How a try ended by itself."""
    if run.limit:
        yield limit_met(job, run.limit)
    elif run.signal:
        yield _("Signal %(number)s ended it.") % {"number": run.signal}
    elif run.exit_code:
        yield _("It ended with the status %(code)s, which means that it failed. Its log says why.") % {
            "code": run.exit_code
        }
    elif run.exit_code == 0 and not run.faults:
        yield _("It ended well after %(time)s.") % {"time": words.duration(run.wall_seconds or 0)}
    yield from (faults.say(fault_of(one)) for one in run.faults)


def in_short(run: Run) -> str:
    """How a try ended, in few words, for a table."""
    if run.ended_at is None:
        return _("still running")
    if run.limit:
        return _("limit: %(name)s") % {"name": LIMIT_NAMES[run.limit]}
    if run.signal:
        return _("signal %(number)s") % {"number": run.signal}
    if run.exit_code is not None:
        return _("status %(code)s") % {"code": run.exit_code}
    return _("put back, charged to nobody") if run.excused else _("did not start")


def limit_met(job: Job, limit: str) -> str:
    """The limit that a try met, with how much it was."""
    limits = job.wants.limits
    return str(LIMITS[limit]) % {
        "time": words.duration(limits.wall_seconds),
        "cpu": words.duration(limits.cpu_seconds),
        "memory": words.mebibytes(limits.memory_mib),
        "processes": limits.processes,
        "files": words.mebibytes(max(limits.output_mib, limits.temporary_mib)),
        "entries": limits.output_entries,
    }


def fault_of(kept: Mapping[str, object]) -> Fault:
    """A fault as it was written into a run's row."""
    params, place = kept["params"], kept["place"]
    return Fault(
        str(kept["code"]),
        dict(params) if isinstance(params, Mapping) else {},
        place=str(place) if place else None,
    )
