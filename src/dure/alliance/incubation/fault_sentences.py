"""What can be wrong with what is sent for the incubation, in words."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.faults import register_sentences

SENTENCES = {
    "batch_no_title": _("Give it a title in Korean or in English."),
    "batch_days": _("The days follow each other: last day to apply, first day, demo day, last day."),
    "batch_seats": _("Between 1 and 200 seats."),
    "batch_rubric": _(
        "In each line: the words in Korean, the words in English, the most points (1 to 100), with | between."
    ),
    "batch_rubric_long": _("At most %(limit)s lines."),
    "startup_no_pitch": _("Write the pitch."),
    "startup_person_unknown": _("There is no account with this address."),
    "startup_person_twice": _("This person is named already."),
    "startup_mentors_itself": _("Its founder cannot mentor it."),
    "startup_amount": _("An amount of money, with the digits that the currency has."),
    "pitch_points": _("Give points on each line, from nothing to the most that it gives."),
    "checkpoint_nothing_said": _("Give at least one figure, or a word."),
}


def register() -> None:
    """Called once when the app is ready."""
    register_sentences(SENTENCES)
