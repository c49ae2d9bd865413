"""What can be wrong with what is sent for intakes and stays, in words."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.faults import register_sentences

SENTENCES = {
    "intake_ends_first": _("The last day lies before the first."),
    "intake_other_kind": _("This opening is of another kind than the intake."),
    "intake_has_host": _("This opening is a host of an intake already."),
    "intake_host_in_use": _("People go there. Break their stays off first."),
    "intake_seats_in_use": _("%(used)s of these seats are in use. Give at least as many."),
    "stay_supervisor_elsewhere": _("Choose somebody else who belongs to the host."),
    "stay_no_reason": _("Give a reason."),
    "stay_paid_later": _("Choose today or an earlier day."),
    "stay_other_month": _("Choose a month of the stay that has begun."),
    "stay_no_answer": _("Say what was done."),
    "stay_no_words": _("Write the report."),
    "stay_said_before": _("You have answered this."),
    "stay_no_choice": _("Choose one of the answers."),
}


def register() -> None:
    """Called once when the app is ready."""
    register_sentences(SENTENCES)
