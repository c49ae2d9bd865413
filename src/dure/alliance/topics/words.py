"""What a topic's page says about where it stands and who reads it."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NEXT: Final[Mapping[str, str | Promise]] = {
    "proposed": _(
        "The secretariat puts it on a roundtable’s agenda, merges it with another, parks it or rejects it, each with a reason."
    ),
    "scheduled": _(
        "It stands on a roundtable’s agenda. The secretariat opens it for discussion before that."
    ),
    "discussing": _("Gurus and members discuss it here and at the roundtable."),
    "voting": _("It is voted on. Ballots are secret until the tally."),
    "decided": _(
        "The vote is over. The secretariat adopts it, returns it to the discussion, parks it or rejects it."
    ),
    "adopted": _("It was adopted. What it became goes its own way; its progress stands here."),
    "merged": _("It goes on in the topic that it was merged into. Who followed it follows that one."),
    "parked": _("It rests. The secretariat can take it up again."),
    "rejected": _("It is not pursued. The reason stands here."),
}


def who_sees(topic: Any) -> str:
    """Who reads it, down to the rival next door."""
    if topic.reach == topic.Reach.MEMBERS:
        return str(
            _(
                "All people of member organisations, competitors among them, gurus, the secretariat and auditors."
            )
        )
    return str(
        _(
            "Gurus, whichever organisation they belong to, the secretariat, auditors and the people of the organisation that "
            "proposed it. Other members do not learn that it exists."
        )
    )
