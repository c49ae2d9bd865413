"""The sentences of what can be wrong with a cohort, its seats, and a programme."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.faults import register_sentences

SENTENCES = {
    "no_cohort_name": _("Write a name, in Korean or in English."),
    "cohort_ends_before_it_starts": _("The last day must not be before the first."),
    "apply_after_the_end": _("One cannot apply after the last day of the cohort."),
    "no_such_version": _("Choose a published version of the course."),
    "attendance_no_percent": _("Attendance is asked in percent, from 0 to 100."),
    "seats_out_of_range": _("Enter from 1 to %(most)s seats."),
    "seats_are_taken": _("Only seats that nobody has can be taken back: %(count)s now."),
    "no_coach": _("Name at least one coach."),
    "too_many_coaches": _("At most %(limit)s people coach a cohort."),
    "no_such_coach": _("Nobody here has this address: %(who)s"),
    "no_such_programme": _("Choose a programme of an organisation of yours."),
    "programme_taken": _("Another programme has this address."),
    "programme_address": _("An address has small letters, digits and hyphens, and is not “new”."),
    "no_programme_name": _("Write a name of the programme, in Korean or in English."),
    "programme_hours": _("Enter from 0 to %(limit)s hours."),
    "no_news_title": _("Write a title."),
    "no_news_body": _("Write what you announce."),
}


def register() -> None:
    """Make every code speak; called once when the app is ready."""
    register_sentences(SENTENCES)
