"""What can be wrong with what is sent for proposals, in words."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.faults import register_sentences

SENTENCES = {
    "proposal_track": _("Choose one of the call's tracks."),
    "proposal_amount": _("An amount is a whole number of won, 0 or more."),
    "proposal_partner_no_member": _("This organisation is no member of the alliance today."),
    "proposal_many_partners": _("A proposal has at most %(limit)s partners."),
    "proposal_many_people": _("A proposal names at most %(limit)s people."),
    "proposal_leads": _("The organisation that leads it stays."),
}


def register() -> None:
    """Called once when the app is ready."""
    register_sentences(SENTENCES)
