"""What can be wrong with what is sent for roundtables, in words."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.faults import register_sentences

SENTENCES = {
    "roundtable_no_title": _("Write a title in at least one language."),
    "roundtable_ends_first": _("Choose an end after the beginning, within a day."),
    "roundtable_link": _("Write an address that begins with https://, or one here that begins with a slash."),
    "roundtable_item_empty": _("Write what it is about in at least one language."),
    "roundtable_item_minutes": _("Choose 1 to 600 minutes."),
    "roundtable_full": _("Not more than %(limit)s of these on one roundtable."),
    "roundtable_stranger": _(
        "Nobody whom the roundtable knows has this address: gurus, guests and the secretariat do."
    ),
    "roundtable_no_account": _("Nobody here has an account with this address."),
    "roundtable_day": _("Choose a day between 1990 and 2200."),
}


def register() -> None:
    """Called once when the app is ready."""
    register_sentences(SENTENCES)
