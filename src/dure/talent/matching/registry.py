"""What matching brings to the floors below."""

from django.utils.translation import gettext_lazy as _

from dure.foundation import navigation
from dure.foundation.access import is_signed_in
from dure.foundation.waiting import declare
from dure.talent.matching import inviting, panel, waiting  # noqa: F401 - invitations run out by the clock


def register() -> None:
    """Called once when the app is ready."""
    declare(waiting.INVITED)
    panel.register()
    navigation.add(
        _("Openings for me"), "talent:matches", order=14, place="account", group="places", shown=is_signed_in
    )
