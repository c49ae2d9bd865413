"""What openings bring to the floors below."""

from django.utils.translation import gettext_lazy as _

from dure.foundation import events, navigation
from dure.people import api as people
from dure.problems import api as problems
from dure.talent.openings import closing, demo, fault_sentences, index, leaving, todos  # noqa: F401 - openings close by the clock


def register() -> None:
    """Called once when the app is ready."""
    fault_sentences.register()
    index.register()
    todos.register()
    leaving.register()
    events.subscribe(problems.DemoLoaded, demo.load)
    navigation.add(_("Openings"), "talent:openings", order=16)
    navigation.add(
        _("Verified organisations"),
        "talent:verified",
        order=41,
        place="account",
        group="running",
        shown=people.is_secretary,
    )
