"""What a run of code came to, in words that its team may read."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.problems.models import Challenge, CodeRun

Words = str | Promise
LIMITS: Final[Mapping[str, Words]] = {
    "wall": gettext_lazy("It took longer than %(minutes)s min."),
    "cpu": gettext_lazy(
        "It used more processor time than %(minutes)s min on each core it may use (%(cores)s)."
    ),
    "memory": gettext_lazy("It needed more memory than %(memory)s MiB."),
    "processes": gettext_lazy("It started more processes or threads than allowed."),
    "file_size": gettext_lazy("It wrote a larger file than allowed."),
    "entries": gettext_lazy("It made more files than allowed."),
    "log": gettext_lazy("It flooded its log."),
    "stopped": gettext_lazy("It was stopped."),
}
PROBLEMS: Final[Mapping[str, Words]] = {
    "no_predictions": gettext_lazy("It ended well but wrote no predictions into the output folder."),
    "several_files": gettext_lazy("It wrote several files; name the predictions predictions.csv."),
    "predictions_unfit": gettext_lazy(
        "Its predictions do not fit what is asked for: columns, ids or values."
    ),
    "output_refused": gettext_lazy(
        "What it left in the output folder could not be taken: plain files only, and not too many."
    ),
}
STAGES: Final[Mapping[str, Words]] = {
    "public": gettext_lazy("On the public inputs: %(what)s"),
    "trial": gettext_lazy("On the first hidden rows: %(what)s"),
    "hidden": gettext_lazy("On the hidden inputs: %(what)s"),
    "again": gettext_lazy("Run again: %(what)s"),
}


def sentence_of(run: CodeRun) -> str:
    """Where it failed, and how."""
    return str(STAGES[run.stage]) % {"what": ending_of(run)}


def ending_of(run: CodeRun) -> str:
    """How it ended: the limit it met, the exception, the signal or the exit status, or what was wrong with its predictions."""
    challenge = run.submission.challenge
    if run.limit in LIMITS and (run.signal is not None or run.exit_code):
        return str(LIMITS[run.limit]) % _limits(challenge)
    if run.problem:
        return str(PROBLEMS[run.problem])
    if run.exception:
        return _("It ended with %(exception)s.") % {"exception": run.exception}
    if run.signal is not None:
        return _("It was ended by signal %(number)s.") % {"number": run.signal}
    if run.exit_code:
        return _("It ended with exit status %(status)s.") % {"status": run.exit_code}
    return _("It ended well.")


def figures_of(run: CodeRun) -> str:
    """Time and memory; nothing before it ended."""
    if run.seconds is None or run.memory_mib is None:
        return ""
    return _("%(seconds)s s, %(memory)s MiB") % {"seconds": f"{run.seconds:.0f}", "memory": run.memory_mib}


def _limits(challenge: Challenge) -> dict[str, int]:
    return {
        "minutes": challenge.code_minutes,
        "cores": challenge.code_cores,
        "memory": challenge.code_memory_mib,
    }
