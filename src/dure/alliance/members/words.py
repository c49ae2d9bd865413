"""How applications and memberships are spoken of: what comes next."""

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NEXT: Final[dict[str, str | Promise]] = {
    "submitted": _("The secretariat reads it and accepts, refuses or asks back. Representatives are told."),
    "asked": _("The organisation answers the question below. Then the secretariat decides."),
    "accepted": _("The organisation is accepted as a member."),
    "refused": _("The secretariat has refused. The reason stands below; the organisation may apply again."),
    "withdrawn": _("The organisation has withdrawn its application. It may apply again."),
}
STANDS: Final[dict[str, str | Promise]] = {
    "active": _("It is a member."),
    "suspended": _(
        "Its membership rests: its people do not see what is shared with all members. Its agreements and circles go on."
    ),
    "left": _("It has left the alliance."),
    "ended": _("The secretariat has ended its membership."),
}


def who_sees_joining(joining: Any) -> str:
    """In words, for the reader."""
    said = str(_("Representatives of %(name)s, the secretariat and auditors. Nobody else knows of it."))
    return said % {"name": joining.organisation.name}
