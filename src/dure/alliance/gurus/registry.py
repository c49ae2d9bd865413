"""What gurus bring to the floors below."""

from dure.alliance.gurus import by_date as _by_date  # noqa: F401 - duties by the clock
from dure.alliance.gurus import fault_sentences, leaving, waiting


def register() -> None:
    """Called once when the app is ready."""
    fault_sentences.register()
    leaving.register()
    waiting.register()
