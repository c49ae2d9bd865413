"""What calls bring to the floors below."""

from django.utils.translation import gettext_lazy as _

from dure.alliance.calls import by_date, demo, fault_sentences, leaving, waiting  # noqa: F401 - by_date runs by the clock
from dure.foundation import events, navigation
from dure.foundation.access import is_signed_in
from dure.problems import api as problems


def register() -> None:
    """Called once when the app is ready."""
    fault_sentences.register()
    leaving.register()
    waiting.register()
    navigation.add(_("Calls for research"), "alliance:calls", order=32, place="account", shown=is_signed_in)
    events.subscribe(problems.DemoLoaded, demo.load)
