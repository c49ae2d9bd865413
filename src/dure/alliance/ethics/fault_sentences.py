"""What can be wrong with what is sent for ethics, in words."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.faults import register_sentences

SENTENCES = {
    "ethics_basis_of_humans": _(
        "Data about humans has a basis: consent, pseudonymisation, a contract or a law."
    ),
    "ethics_risk_of_humans": _("With clinical or other human data the risk is at least limited."),
    "ethics_no_reason": _("Say why; the others on the board read it."),
    "ethics_no_words": _("Say what happened."),
    "ethics_later": _("Choose today or an earlier day."),
    "ethics_sits_already": _("This person sits on the board already."),
    "ethics_not_outside": _("This person belongs to an organisation of the alliance, so not from outside."),
    "ethics_seat_over": _("Choose a later day, or leave it empty."),
    "ethics_no_person": _("Nobody here has this address."),
}


def register() -> None:
    """Called once when the app is ready."""
    register_sentences(SENTENCES)
