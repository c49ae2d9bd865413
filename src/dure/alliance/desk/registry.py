"""What the desk brings to the floors below. A concept declares in `table` what of it waits and what is due."""

from django.utils.translation import gettext_lazy as _

from dure.alliance.desk import calendar, of_calls, of_concepts, of_meetings, of_places, rules
from dure.foundation import navigation
from dure.learn import api as learn


def register() -> None:
    """Called once when the app is ready."""
    for concepts in (of_concepts, of_meetings, of_calls, of_places):
        concepts.register()
    learn.register_calendar(calendar.entries)
    navigation.add(
        _("Desk"),
        "alliance:desk",
        order=39,
        place="account",
        group="running",
        shown=lambda person: bool(rules.may_look(person)),
    )
