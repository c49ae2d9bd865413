"""What partners' courses bring to the floors below."""

from dure.foundation import notices
from dure.learn.partners import fault_sentences, issuers, leaving, todos  # noqa: F401 - issuers read their keys by the clock


def register() -> None:
    """Called once when the app is ready."""
    fault_sentences.register()
    leaving.register()
    notices.register_todos(todos.todos)
