"""What can be wrong with what is sent for gurus, in words."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.faults import register_sentences

SENTENCES = {
    "guru_no_account": _("Nobody has an account with this address. Invite the person to the platform first."),
    "guru_no_field": _("Choose at least one field."),
    "guru_already": _("This person is a guru or is invited already."),
    "guru_ends_before_today": _("The last day of the term has passed already."),
    "alliance_field_unknown": _("There is no field “%(value)s”."),
}


def register() -> None:
    """Called once when the app is ready."""
    register_sentences(SENTENCES)
