"""The sentences of what can be wrong with an entry, a value or a file of facts."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from dure.engines import ledger
from dure.foundation.faults import register_sentences

SENTENCES: Final = {
    "ledger_ahead": _("This day lies ahead; enter what has happened."),
    "ledger_to_itself": _("Who gives and who receives are the same."),
    "ledger_quarter_closed": _(
        "The quarter of this day is closed. Enter it on a later day, and say there when it happened."
    ),
    "ledger_commitment_not_owed": _(
        "Nothing is owed of this commitment: it is not confirmed, or it is over."
    ),
    "ledger_commitment_of_other": _("Another organisation made this commitment."),
    "ledger_commitment_for_other": _("This commitment is for another receiver."),
    "ledger_commitment_unit": _("This commitment is counted in another unit."),
    "ledger_reference_of_other": _(
        "“%(value)s” stands in the ledger already, and says something else there."
    ),
    "ledger_value_closed": _(
        "This quarter is closed and was compared with another value. Choose a later quarter."
    ),
    "ledger_posted_already": _("This reference stands in the ledger already."),
}


def register() -> None:
    """Make every code speak; called once when the app is ready."""
    register_sentences(SENTENCES)
    register_sentences({code: _(sentence) for code, sentence in ledger.FAULTS.items()})
