"""What dates, coaching, projects, the entrance test and following up bring to the ground floor."""

from django.utils.translation import gettext_lazy as _

from dure.foundation import notices
from dure.foundation.faults import register_sentences
from dure.learn.cohorts import leaving_coached, todos

SENTENCES = {
    "no_such_unit": _("The cohort's version has no such unit."),
    "due_out_of_time": _("A date lies between the cohort's first day and a year after its last."),
    "too_many_days": _("At most %(limit)s days."),
    "no_team_name": _("Give the team a name of at most 60 characters."),
    "team_name_taken": _("Another team of this project has this name."),
    "team_without_members": _("A team has from 1 to %(limit)s members."),
    "not_in_cohort": _("Only people with a place in the cohort can be in a team."),
    "report_changed": _(
        "Another member has changed the report meanwhile. What you wrote stands below; what they wrote stands above."
    ),
    "report_too_long": _("A report has at most %(limit)s characters."),
    "empty_report": _("Write something before you hand in."),
    "no_such_test_skill": _("Choose skills that the question bank asks about, at least one."),
    "not_so_many_questions": _("Ask from 1 to %(limit)s questions: for these skills the bank has no more."),
    "not_so_long": _("At most %(limit)s minutes."),
    "no_percentage": _("A percentage lies between 0 and 100."),
    "answered_before": _("You have answered this before."),
    "empty_message": _("Write a message."),
    "long_message": _("A message has at most %(limit)s characters."),
}


def register() -> None:
    """Called once when the app is ready."""
    register_sentences(SENTENCES)
    notices.register_todos(todos.todos)
    leaving_coached.register()
