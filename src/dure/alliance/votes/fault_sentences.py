"""What can be wrong with what is sent for votes, in words; those of the engine are translated from its English."""

from django.utils.translation import gettext_lazy as _

from dure.engines import voting
from dure.foundation.faults import register_sentences

SENTENCES = {
    "vote_no_title": _("Write a title in at least one language."),
    "vote_motion_topic": _("A motion is about exactly one topic."),
    "vote_no_topic": _("Choose the topics."),
    "vote_topic_state": _("Only topics under discussion can be voted on."),
    "vote_closes_past": _("Choose a time that is ahead."),
    "vote_extension": _("It can be extended by 0 to %(most)s days."),
    "vote_rank": _("A rank is a whole number from 1 on."),
}


def register() -> None:
    """Called once when the app is ready."""
    register_sentences({code: _(sentence) for code, sentence in voting.FAULTS.items()})
    register_sentences(SENTENCES)
