"""How a project is spoken of: what comes next, where a renewal stands, who sees it."""

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.people import api as people

NEXT: Final[dict[str, str | Promise]] = {
    "setup": _("Partners, lead, milestones, money and terms are agreed. Then the secretariat starts it."),
    "active": _("It is under way. After eleven months its yearly renewal is asked for."),
    "paused": _("It rests. The secretariat lets it go on, closes it or stops it."),
    "renewal_due": _(
        "Its lead writes the report of the year and the plan of the next one. Thirty days after the day it "
        "lapses, and the project closes."
    ),
    "renewal_review": _(
        "The secretariat decides: renew, renew with conditions that become milestones, do not renew, or return it."
    ),
    "closing": _(
        "Nothing new begins. With a final report and no open milestone the secretariat completes it."
    ),
    "completed": _("It is completed. Its final report and its outputs stay here."),
    "stopped": _("It was stopped early. The reason stands here."),
}
STEPS: Final[dict[str, str | Promise]] = {
    "due": _("Due"),
    "submitted": _("Submitted"),
    "in_review": _("In review"),
    "decided": _("Decided"),
    "lapsed": _("Lapsed"),
}
"""Where a renewal stands: the columns of the month."""


def who_sees(project: Any) -> str:
    """In words, for the reader."""
    inside = str(
        _(
            "Reports, milestones, money, risks and changes: who works on it, representatives of its partners, "
            "the secretariat and auditors."
        )
    )
    if project.state == "setup":
        return str(
            _("Before it starts: its lead, its people, representatives of its partners and the secretariat.")
        )
    return f"{people.who_sees(project.audience, project.circle)} {inside}"
