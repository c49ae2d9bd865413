"""What applications bring to the floors below."""

from django.utils.translation import gettext_lazy as _

from dure.foundation import navigation
from dure.foundation.access import is_signed_in
from dure.learn import api as learn
from dure.talent.applications import by_date as _by_date  # noqa: F401 - duties by the clock
from dure.talent.applications import calendar, fault_sentences, leaving, panel, todos
from dure.talent.applications import keeping as _keeping  # noqa: F401 - same
from dure.talent.openings.panels import register_panel


def register() -> None:
    """Called once when the app is ready."""
    fault_sentences.register()
    leaving.register()
    todos.register()
    register_panel(panel.TEMPLATE, panel.panel, order=10)
    learn.register_calendar(calendar.entries)
    navigation.add(
        _("My applications"),
        "talent:my_applications",
        order=15,
        place="account",
        group="places",
        shown=is_signed_in,
    )
