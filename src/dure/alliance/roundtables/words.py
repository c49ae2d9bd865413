"""What a roundtable's page says about where it stands and who reads it."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.alliance.topics.visibility import MEMBERS

NEXT: Final[Mapping[str, str | Promise]] = {
    "planned": _("The secretariat puts the agenda together. Once it is announced, gurus are invited."),
    "announced": _("Gurus read the materials, say whether they come, and meet."),
    "held": _("The secretariat writes the minutes and publishes them."),
    "minuted": _("The minutes are published. What was taken on is done by its day."),
    "cancelled": _("It does not take place. Its topics are proposed again."),
}


def who_sees(roundtable: Any) -> str:
    """Who reads it, down to the rival next door."""
    if roundtable.announced_at is None:
        return str(_("Only the secretariat and auditors, until it is announced."))
    if roundtable.reach == MEMBERS:
        return str(
            _(
                "Gurus, guests, the secretariat and auditors. Once published, all people of member organisations read its minutes "
                "and agenda, competitors among them, but no topic that was put in confidence, and not who came."
            )
        )
    return str(_("Gurus, guests, the secretariat and auditors, before and after the minutes are published."))
