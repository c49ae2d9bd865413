"""What joint labs bring to the floors below."""

from dure.alliance.residents import by_date, demo, fault_sentences, leaving, waiting  # noqa: F401 - by_date runs by the clock
from dure.foundation import events
from dure.problems import api as problems


def register() -> None:
    """Called once when the app is ready."""
    fault_sentences.register()
    leaving.register()
    waiting.register()
    events.subscribe(problems.DemoLoaded, demo.load)
