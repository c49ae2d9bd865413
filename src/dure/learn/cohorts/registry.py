"""What cohorts bring to the ground floor."""

from dure.learn.cohorts import fault_sentences, leaving
from dure.learn.cohorts import prestarting as _prestarting  # noqa: F401 - a duty by the clock
from dure.learn.cohorts import rooms as _rooms  # noqa: F401 - declares its kind of notice
from dure.learn.cohorts import telling_sessions as _telling  # noqa: F401 - same


def register() -> None:
    """Called once when the app is ready."""
    fault_sentences.register()
    leaving.register()
