"""How batches and startups in them are spoken of: what comes next, who sees it."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

BATCH_NEXT: Final[Mapping[str, str | Promise]] = {
    "draft": _("The secretariat writes the call and the rubric and names the jury. Then the call goes out."),
    "open": _("Founders apply. After the last day the call closes by itself."),
    "selecting": _(
        "The jury gives points, and the secretariat decides on each startup. Then the batch begins."
    ),
    "running": _("Startups move in, hold a checkpoint each month and present at the demo day."),
    "ended": _("It is over. What became of each startup is written down here further on."),
    "cancelled": _("It was called off. The reason stands here."),
}
NEXT: Final[Mapping[str, str | Promise]] = {
    "applied": _("The jury gives points; after the call the secretariat decides. The founder may withdraw."),
    "selected": _("Space, equipment and a mentor are found. Then it moves in."),
    "incubating": _("It holds a checkpoint with its mentor each month, until the demo day."),
    "demo_day": _("It presents. Then it graduates, is extended once, or leaves."),
    "graduated": _("It has graduated. What came of it is written down further on."),
    "rejected": _("It was not taken. Its founder reads why."),
    "exited": _("It has left. What came of it is written down further on."),
}


def who_sees(case: Any) -> str:
    """Who reads it, down to the rival next door."""
    if case.state in ("applied", "selected", "rejected"):
        return str(
            _(
                "Its founder, the jury of the batch while it is judged, the secretariat and auditors. Points are read by the "
                "secretariat and auditors, and each juror's own by that juror. Nobody else learns that it applied."
            )
        )
    return str(
        _(
            "Its name, its sentence and its fields: people of all members, competitors among them. Pitch, checkpoints and figures: "
            "its founder, its mentors, the secretariat and auditors."
        )
    )
