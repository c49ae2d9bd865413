"""What can be wrong with what is sent for commitments, in words."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.faults import register_sentences

SENTENCES = {
    "commitment_of_no_party": _("Choose a party of the agreement."),
    "commitment_to_itself": _("Who gives and who gets it are the same."),
    "commitment_unit": _("What is promised is not counted in this unit."),
    "commitment_no_accelerator": _("Name the type of accelerator."),
    "commitment_accelerator": _("Write gpu: or npu: and a type, such as gpu:h200."),
    "delivery_later": _("Choose today or an earlier day."),
    "delivery_no_evidence": _("Name the evidence."),
}


def register() -> None:
    """Called once when the app is ready."""
    register_sentences(SENTENCES)
