"""What introductions bring to the floors below."""

from dure.alliance.introductions import fault_sentences, leaving


def register() -> None:
    """Called once when the app is ready."""
    fault_sentences.register()
    leaving.register()
