"""What can be wrong with what is sent for reviews, in words; the engine's own faults, reasons and printed rules among them."""

from django.utils.translation import gettext_lazy as _

from dure.engines import reviewing as engine
from dure.foundation.faults import register_sentences

SENTENCES = {
    "review_person_unknown": _("There is no account with this address."),
    "review_person_twice": _("This person is in the pool already."),
    "review_waiver_reason": _("Give a reason; it stays in the record."),
    "review_kind_unknown": _("There is no such kind of conflict."),
    "review_tie_one": _("Name either an organisation or a person's address."),
    "review_tie_advisor": _("Name the address of your advisor or student."),
    "review_many_ties": _("At most %(limit)s ties can be declared."),
}


def register() -> None:
    """Called once when the app is ready."""
    register_sentences(SENTENCES)
    for table in (engine.FAULTS, engine.REASONS, engine.FUNDING):
        register_sentences({code: _(sentence) for code, sentence in table.items()})
