"""What placement rounds bring to the floors below."""

from dure.talent.rounds import closing, fault_sentences, leaving, todos  # noqa: F401 - rounds close by the clock


def register() -> None:
    """Called once when the app is ready."""
    fault_sentences.register()
    leaving.register()
    todos.register()
