"""What a piece of evidence is, in words."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.foundation.i18n import is_korean
from dure.learn.partners.words import recognised_as
from dure.learn.skills.evidence import Kind

KINDS: Final[Mapping[Kind, str | Promise]] = {
    "lab": gettext_lazy("Graded lab"),
    "challenge": gettext_lazy("Challenge result"),
    "reproduced": gettext_lazy("Challenge result, run again by the host"),
    "credential": gettext_lazy("Credential"),
    "recognised": gettext_lazy("Recognised certificate"),
}


def detail(kind: str, figures: Mapping[str, Any]) -> str:
    """The figures of a fact as a sentence in the reader's language; empty where its kind has none."""
    if kind == "lab":
        points = {"points": f"{figures['points']:g}", "of": f"{figures['of']:g}", "n": figures["version"]}
        return _("%(points)s of %(of)s points, version %(n)s of the course") % points
    if kind in ("challenge", "reproduced"):
        return _("rank %(rank)s of %(teams)s") % {"rank": figures["rank"], "teams": figures["teams"]}
    if kind == "recognised":
        by = figures["by_ko"] if is_korean() else figures["by_en"]
        return recognised_as(figures["way"], by)
    return ""
