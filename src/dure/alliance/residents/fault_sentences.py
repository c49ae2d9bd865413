"""What can be wrong with what is sent for joint labs, in words."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.faults import register_sentences

SENTENCES = {
    "lab_unnamed": _("Give it a name in Korean or in English."),
    "lab_keeper_unknown": _("Nobody has an account with the address “%(value)s”."),
    "space_name": _("Give it a name that no other room or desk of this lab has."),
    "space_capacity": _("Between 1 and %(limit)s places."),
    "resident_unknown": _("Nobody with this address belongs to this organisation now."),
    "resident_twice": _("This person is entered for this lab already."),
    "resident_year": _("This is not a year in which somebody works here."),
    "resident_days": _("The last day is not before the first."),
    "resident_employer_unknown": _("There is no organisation “%(value)s”."),
    "resident_day_malformed": _("“%(value)s” is no day; write it as 2026-03-02."),
    "resident_column_missing": _("The column “%(value)s” is missing."),
    "desk_unknown": _("This is no desk of this lab that can be given."),
    "desk_taken": _("This desk is somebody's already."),
    "booking_taken": _(
        "Somebody has booked it for a part of this time. Look at the week and choose another time."
    ),
    "booking_closed": _("This is closed now."),
    "booking_desk_of_somebody": _("This desk is somebody's own."),
    "booking_times": _("It ends after it begins, and takes at most %(limit)s hours."),
    "booking_when": _("It lies ahead, and at most %(limit)s days."),
    "booking_many": _("There are places for 1 to %(limit)s people."),
}


def register() -> None:
    """Called once when the app is ready."""
    register_sentences(SENTENCES)
