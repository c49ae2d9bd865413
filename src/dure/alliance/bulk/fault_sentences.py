"""What can be wrong with a bulk action, in words."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.faults import register_sentences

SENTENCES = {
    "bulk_none_chosen": _("Choose at least one."),
    "bulk_too_many": _("Choose at most %(limit)s at once."),
    "bulk_unknown": _("One of these is not there, or you may not see it."),
    "bulk_no_reason": _("Give a reason; the people concerned will read it."),
    "bulk_no_roundtable": _("Choose a roundtable that is still ahead."),
    "bulk_no_minutes": _("Give 1 to %(limit)s minutes."),
    "bulk_changed": _("Something changed after you looked. Nothing was done; look at it again."),
    "bulk_nothing": _("None of these can be done now. The reasons stand beside them."),
}


def register() -> None:
    """Called once when the app is ready."""
    register_sentences(SENTENCES)
