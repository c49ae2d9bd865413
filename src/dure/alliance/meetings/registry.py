"""What events bring to the floors below."""

from dure.alliance.meetings import by_date, calendars, demo, fault_sentences, leaving, waiting  # noqa: F401 - by_date runs by the clock
from dure.foundation import events
from dure.learn import api as learn
from dure.problems import api as problems


def register() -> None:
    """Called once when the app is ready."""
    fault_sentences.register()
    leaving.register()
    waiting.register()
    learn.register_calendar(calendars.entries)
    events.subscribe(problems.DemoLoaded, demo.load)
