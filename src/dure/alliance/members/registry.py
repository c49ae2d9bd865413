"""What members bring to the floors below."""

from django.utils.translation import gettext_lazy as _

from dure.alliance.members import fault_sentences, leaving, panel, rules, waiting
from dure.foundation import navigation
from dure.foundation.access import is_signed_in
from dure.people import api as people


def register() -> None:
    """Called once when the app is ready."""
    fault_sentences.register()
    leaving.register()
    waiting.register()
    people.register_panel("organisation", panel.TEMPLATE, panel.of_organisation, order=35)
    navigation.add(_("Members"), "alliance:members", order=29, place="account", shown=is_signed_in)
    navigation.add(
        _("Contact book"),
        "alliance:contact_book",
        order=40,
        place="account",
        group="running",
        shown=lambda person: bool(rules.may_look(person)),
    )
