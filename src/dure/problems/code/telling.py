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
    "archive_unfit": gettext_lazy("It could not be unpacked."),
    "not_allowed": gettext_lazy("The owner of the data has not allowed this."),
    "other_than_allowed": gettext_lazy("The owner of the data has allowed another way of scoring."),
    "use_ended": gettext_lazy("The owner of the data allows it no more."),
    "no_looks_left": gettext_lazy("The data may not be looked at any more: the owner's limit is reached."),
    "no_looks_left_for_team": gettext_lazy(
        "Your team may not look at this data any more: the owner's limit is reached."
    ),
    "data_changed": gettext_lazy("The data has changed since it was registered."),
    "data_gone": gettext_lazy("The data is not where it was registered."),
    "data_unfit": gettext_lazy("The answers there cannot be scored."),
    "order_unreadable": gettext_lazy(
        "The site is older or newer than this platform and cannot read the task."
    ),
    "site_silent": gettext_lazy("The site has not answered for a week."),
    "files_gone": gettext_lazy("The platform has lost the program, or it was taken back."),
    "sandbox": gettext_lazy("The site's sandbox could not be built."),
}
STAGES: Final[Mapping[str, Words]] = {
    "public": gettext_lazy("On the public inputs: %(what)s"),
    "trial": gettext_lazy("On the first hidden rows: %(what)s"),
    "hidden": gettext_lazy("On the hidden inputs: %(what)s"),
    "again": gettext_lazy("Run again: %(what)s"),
    "site": gettext_lazy("At %(owner)s: %(what)s"),
}


def sentence_of(run: CodeRun) -> str:
    """Where it failed, and how."""
    return str(STAGES[run.stage]) % {"what": ending_of(run), "owner": owner_of(run)}


def owner_of(run: CodeRun) -> str:
    """Whose site it ran at; nothing for a run on the farm."""
    return run.owner.name if run.owner else ""


def stage_of(run: CodeRun) -> str:
    """Where it ran, in words."""
    if run.stage == CodeRun.Stage.SITE:
        return _("At %(owner)s") % {"owner": owner_of(run)}
    return str(CodeRun.Stage(run.stage).label)


def ending_of(run: CodeRun) -> str:
    """How it ended: the limit it met, the exception, the signal or the exit status, or what was wrong with its predictions."""
    challenge = run.submission.challenge
    if run.limit in LIMITS and (run.signal is not None or run.exit_code):
        return str(LIMITS[run.limit]) % _limits(challenge)
    if run.problem:
        return str(PROBLEMS.get(run.problem, run.problem))
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
