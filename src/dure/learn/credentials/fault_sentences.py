"""The sentences of what can be wrong with a credential."""

from django.utils.translation import gettext_lazy as _

from dure.engines import credentials as ob
from dure.foundation.faults import register_sentences

SENTENCES = {
    "credential_foreign_link": _(
        "This link is not of this host, and other hosts are not asked. Hand in the file instead."
    ),
    "credential_no_link": _("Nothing stands under this link, or its holder does not share it."),
}


def register() -> None:
    """Make every code speak; called once when the app is ready."""
    register_sentences({code: _(sentence) for code, sentence in ob.FAULTS.items()}, in_bytes=ob.IN_BYTES)
    register_sentences(SENTENCES)
