"""The runs of submitted code, drawn under the submission they belong to."""

from collections.abc import Mapping, Sequence
from typing import Final

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.foundation import faults
from dure.foundation.markup import escaped, together
from dure.foundation.templatetags.parts import icon
from dure.problems.code import telling
from dure.problems.models import CodeRun

register = template.Library()
SIGNS: Final[Mapping[str, tuple[str, str | Promise]]] = {
    "queued": ("clock", gettext_lazy("on its way")),
    "done": ("check", gettext_lazy("ended well")),
    "failed_user": ("x-circle", gettext_lazy("failed")),
    "failed_platform": ("x-circle", gettext_lazy("our fault")),
    "cancelled": ("", gettext_lazy("cancelled")),
}


@register.simple_tag
def runs_of(runs: Sequence[CodeRun]) -> str:
    """One line per run with how it went; below it, of the run on public inputs, its faults and its log. Nothing for predictions."""
    if not runs:
        return ""
    return together(['<ol class="runs small">', *(_run(run) for run in runs), "</ol>"])


def _run(run: CodeRun) -> str:
    sign, words = SIGNS[run.state]
    shown = f"{icon(sign)} " if sign else ""
    figures = telling.figures_of(run)
    facts = f' <span class="muted">{escaped(figures)}</span>' if figures else ""
    is_told = run.state == "failed_user" or (run.state == "failed_platform" and run.problem)
    failed = f" {escaped(telling.ending_of(run))}" if is_told else ""
    return f"<li>{shown}{escaped(telling.stage_of(run))}: {escaped(words)}{facts}{failed}{_faults(run)}{_log(run)}</li>"


def _faults(run: CodeRun) -> str:
    found = [faults.say(faults.of_json(one)) for one in run.faults]
    return f"<ul>{''.join(f'<li>{escaped(words)}</li>' for words in found)}</ul>" if found else ""


def _log(run: CodeRun) -> str:
    if not run.log:
        return ""
    title = escaped(_("What it printed"))
    return f"<details><summary>{title}</summary><pre>{escaped(run.log)}</pre></details>"
