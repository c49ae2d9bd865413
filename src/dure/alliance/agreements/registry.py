"""What agreements bring to the floors below."""

from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements import by_date, fault_sentences, leaving, panel, waiting  # noqa: F401 - by_date runs by the clock
from dure.foundation import navigation
from dure.foundation.access import is_signed_in
from dure.people import api as people


def register() -> None:
    """Called once when the app is ready."""
    fault_sentences.register()
    leaving.register()
    waiting.register()
    people.register_panel("organisation", panel.TEMPLATE, panel.of_organisation, order=40)
    navigation.add(_("Agreements"), "alliance:agreements", order=30, place="account", shown=is_signed_in)
