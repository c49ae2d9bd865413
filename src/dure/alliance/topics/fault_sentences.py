"""What can be wrong with what is sent for topics, in words."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.faults import register_sentences

SENTENCES = {
    "topic_in_no_language": _("Write it in Korean or in English."),
    "topic_no_owner": _("Choose an organisation that somebody represents."),
    "topic_no_track": _("Choose a track."),
    "topic_reach_unknown": _("“%(value)s” does not say who reads it."),
}


def register() -> None:
    """Called once when the app is ready."""
    register_sentences(SENTENCES)
