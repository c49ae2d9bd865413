"""What pages say about where an event stands."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NEXT: Final[Mapping[str, str | Promise]] = {
    "draft": _("It is being prepared; only its organisers and the secretariat know of it."),
    "announced": _("Registration opens by itself at the time below, or when the organisers open it."),
    "open": _(
        "Register while there are seats; afterwards you stand in line and move up when somebody gives theirs back."
    ),
    "held": _("It is over. The organisers put the list of who was there right, and close it."),
    "closed": _("The list is closed. Who was there finds a certificate here; materials stay."),
    "cancelled": _("It does not take place."),
}
