"""Who may work in a lab."""

from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused
from dure.people import api as people

NO_LABS: Final = Refused(
    "no_labs", _("This installation has no labs. Its operator starts them with “dure up --labs”.")
)
NO_MEMBERSHIP: Final = Refused(
    "no_membership",
    _("Labs run on an organisation's account, and you belong to none now. Ask yours to add you."),
)
HUB_AWAY: Final = Refused(
    "labs_away", _("Labs cannot be opened right now. Your files are safe; try again in some minutes.")
)
NOT_ON: Final = Refused("lab_off", _("Your lab is off already."))
HOME_FULL: Final = Refused(
    "lab_home_full", _("Your lab's home has no room for this. Open the lab and delete what you do not need.")
)


def are_on() -> bool:
    """Whether this installation has labs. A cluster's nodes cannot be reached through a relay, so there are none on one."""
    return bool(settings.LABS_URL) and settings.FARM == "local"


def may_work(person: Any) -> Decision:
    """Whoever belongs to an organisation today."""
    if not person.is_authenticated:
        return SIGN_IN
    if not are_on():
        return NO_LABS
    return ALLOWED if people.organisations_of(person).exists() else NO_MEMBERSHIP
