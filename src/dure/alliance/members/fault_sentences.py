"""What can be wrong with what is sent about membership, in words."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.faults import register_sentences

SENTENCES = {
    "joining_no_field": _("Choose at least one field of cooperation."),
    "joining_no_why": _("Say why the organisation wants to join."),
    "joining_brings_nothing": _("Say what the organisation brings."),
    "joining_contact_outside": _("The contact is somebody who belongs to the organisation today."),
    "joining_not_its_agreement": _("The organisation is no party of this agreement."),
    "deputy_ends_first": _("The last day lies before the first."),
    "deputy_is_past": _("The last day has passed already."),
    "member_level_taken": _("There is a level with the short name “%(value)s” already."),
    "member_level_unknown": _("There is no level of membership with the short name “%(value)s”."),
}


def register() -> None:
    """Called once when the app is ready."""
    register_sentences(SENTENCES)
