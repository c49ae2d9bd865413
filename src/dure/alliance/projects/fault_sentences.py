"""What can be wrong with what is sent for projects, in words."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.faults import register_sentences

SENTENCES = {
    "project_no_title": _("Write a title in at least one language."),
    "project_no_agreement": _("Choose the agreement that it comes from."),
    "project_no_circle": _("A circle is that of an agreement in force. Choose one, or another audience."),
    "project_day": _("Choose a day between 1990 and 2200."),
    "project_currency": _("Choose a currency."),
    "project_partner_twice": _("This organisation takes part already."),
    "project_person_unknown": _("Nobody with this address belongs to one of its partners."),
    "project_person_twice": _("This person works on it already."),
    "project_link": _("Write an address that begins with https://, or one here that begins with a slash."),
    "milestone_before_start": _("Choose a day after the project's first."),
}


def register() -> None:
    """Called once when the app is ready."""
    register_sentences(SENTENCES)
