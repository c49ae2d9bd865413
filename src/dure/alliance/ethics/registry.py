"""What ethics brings to the floors below."""

from django.utils.translation import gettext_lazy as _

from dure.alliance.ethics import by_date as _by_date  # noqa: F401 - duties by the clock
from dure.alliance.ethics import (
    demo,
    fault_sentences,
    leaving,
    of_placement,
    of_problems,
    of_projects,
    panel,
    waiting,
)
from dure.foundation import events, navigation
from dure.foundation.access import is_signed_in
from dure.problems import api as problems


def register() -> None:
    """Called once when the app is ready."""
    fault_sentences.register()
    leaving.register()
    waiting.register()
    of_placement.register()
    of_problems.register()
    of_projects.register()
    panel.register()
    navigation.add(_("Ethics"), "alliance:ethics", order=36, place="account", shown=is_signed_in)
    events.subscribe(problems.DemoLoaded, demo.load)
