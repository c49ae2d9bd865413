"""What bulk actions bring to the floors below."""

from dure.alliance.bulk import by_date, fault_sentences, leaving  # noqa: F401 - by_date runs by the clock


def register() -> None:
    """Called once when the app is ready."""
    fault_sentences.register()
    leaving.register()
