"""What can be wrong with what is written down of a startup's way, in words."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.faults import register_sentences

SENTENCES = {
    "introduced_to_one": _("Name a member, or a partner elsewhere: one of the two."),
    "introduced_for_nothing": _("Say what it is about."),
    "startup_day_ahead": _("Give a day that has come."),
}


def register() -> None:
    """Called once when the app is ready."""
    register_sentences(SENTENCES)
