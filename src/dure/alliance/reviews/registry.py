"""What reviews bring to the floors below."""

from dure.alliance.reviews import by_date, fault_sentences, leaving, waiting


def register() -> None:
    """Called once when the app is ready."""
    fault_sentences.register()
    leaving.register()
    waiting.register()
    by_date.listen()
