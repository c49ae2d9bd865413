"""Why a step is recommended, and where one stands, in the reader's language."""

from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.engines.tracing import Reason, Step
from dure.learn.paths.choosing import Standing
from dure.people import api as people

STANDINGS: Final[Mapping[Standing, str | Promise]] = {
    "firm": gettext_lazy("firm"),
    "growing": gettext_lazy("growing"),
    "unsure": gettext_lazy("to practise"),
    "unseen": gettext_lazy("not asked yet"),
}


def reasons(step: Step, named: Mapping[str, people.Skill]) -> list[str]:
    """Why just this skill is next, sentence by sentence."""
    said = [_why(step.reason), _ground(step, named)]
    if step.opens:
        said.append(_("It opens the way to: %(skills)s.") % {"skills": listed(step.opens, named)})
    return said


def _why(reason: Reason) -> str:
    if reason is Reason.UNSEEN:
        return _("No question about it has been asked yet.")
    return _("Of the skills that you can build on now, your answers are least sure in this one.")


def _ground(step: Step, named: Mapping[str, people.Skill]) -> str:
    if not step.rests_on:
        return _("It rests on nothing else that is asked about here.")
    return _("What it rests on is firm: %(skills)s.") % {"skills": listed(step.rests_on, named)}


def listed(slugs: Iterable[str], named: Mapping[str, people.Skill]) -> str:
    """Names of skills in a row."""
    return ", ".join(named[slug].name if slug in named else slug for slug in slugs)
