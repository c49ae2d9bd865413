"""What the ledger brings to the floors below."""

from dure.alliance.ledger import fault_sentences, sources


def register() -> None:
    """Called once when the app is ready."""
    fault_sentences.register()
    sources.register()
