"""What can be wrong with what is sent for calls, in words."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.faults import register_sentences

SENTENCES = {
    "call_track_unknown": _("Choose tracks from the list."),
    "call_never_waived": _(
        "Conflicts of people who take part, declared ones and those of advisors and students are never waived."
    ),
    "call_agreement_over": _("Choose an agreement that is in force."),
    "call_number": _("Choose a number from 1 to 100."),
    "call_code_unknown": _("No proposal under discussion is called “%(value)s”."),
    "call_code_twice": _("A proposal stands twice."),
    "call_no_message": _("Write what the applicants read."),
    "call_verdict_unknown": _("Choose accept, waiting list or decline."),
    "call_many_items": _("A rubric has at most %(limit)s items."),
}


def register() -> None:
    """Called once when the app is ready."""
    register_sentences(SENTENCES)
