"""What commitments bring to the floors below."""

from dure.alliance.commitments import by_date as _by_date  # noqa: F401 - duties by the clock
from dure.alliance.commitments import fault_sentences, waiting


def register() -> None:
    """Called once when the app is ready."""
    fault_sentences.register()
    waiting.register()
