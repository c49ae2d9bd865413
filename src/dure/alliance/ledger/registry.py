"""What the ledger brings to the floors below."""

from django.utils.translation import gettext_lazy as _

from dure.alliance.ledger import by_date as _by_date  # noqa: F401 - duties by the clock
from dure.alliance.ledger import demo, fault_sentences, leaving, sources, waiting
from dure.foundation import events, navigation
from dure.foundation.access import is_signed_in
from dure.problems import api as problems


def register() -> None:
    """Called once when the app is ready."""
    fault_sentences.register()
    leaving.register()
    sources.register()
    waiting.register()
    events.subscribe(problems.DemoLoaded, demo.load)
    navigation.add(_("Ledger"), "alliance:ledger", order=31, place="account", shown=is_signed_in)
