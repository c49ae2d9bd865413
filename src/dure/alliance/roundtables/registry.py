"""What roundtables bring to the floors below."""

from dure.alliance.roundtables import calendar, fault_sentences, leaving, waiting
from dure.learn import api as learn


def register() -> None:
    """Called once when the app is ready."""
    fault_sentences.register()
    leaving.register()
    waiting.register()
    learn.register_calendar(calendar.entries)
