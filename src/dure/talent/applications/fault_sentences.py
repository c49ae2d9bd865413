"""The sentences of what can be wrong with an application, a review or a time for an interview."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from dure.foundation.faults import register_sentences

SENTENCES: Final = {
    "statement_too_long": _("What you write is longer than %(limit)s characters."),
    "unknown_shared": _("Choose only parts of your profile that stand there."),
    "too_many_slots": _("An opening has at most %(limit)s times for interviews ahead."),
    "slot_in_the_past": _("Choose a time that is still ahead."),
    "slot_ends_first": _("It ends before it begins."),
    "slot_nowhere": _("Say where: a place, or a link."),
    "slot_no_https": _("Give an address that begins with https://."),
    "slot_place_in_use": _("Your organisation has another interview there at that time."),
    "review_not_all": _("Give a score for each skill that the opening asks for, and for no other."),
    "review_bad_score": _("A score is a whole number from 1 to 4."),
    "review_words_too_long": _("What you write on one skill is longer than %(limit)s characters."),
    "review_no_recommendation": _("Choose what you recommend."),
}


def register() -> None:
    """Make every code speak; called once when the app is ready."""
    register_sentences(SENTENCES)
