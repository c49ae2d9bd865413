"""What intakes bring to the floors below."""

from django.utils.translation import gettext_lazy as _

from dure.foundation import events, navigation, workflow
from dure.foundation.access import is_signed_in
from dure.talent.events import HostAdded, OfferAccepted, RoundDecided
from dure.talent.intakes import by_date, fault_sentences, following, leaving, waiting  # noqa: F401 - by_date runs by the clock


def register() -> None:
    """Called once when the app is ready."""
    fault_sentences.register()
    leaving.register()
    waiting.register()
    events.subscribe(OfferAccepted, following.follow)
    events.subscribe(RoundDecided, following.follow_round)
    events.subscribe(workflow.StateChanged, following.follow_call)
    events.subscribe(HostAdded, following.follow_host)
    navigation.add(
        _("My programmes"), "talent:stays", order=17, place="account", group="places", shown=is_signed_in
    )
