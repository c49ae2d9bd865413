"""What cohorts bring to the ground floor: fault sentences, duties of the clock, exports."""

from dure.learn.cohorts import by_date, fault_sentences_making, leaving_places

__all__ = ["by_date", "register"]


def register() -> None:
    """Called once when the app is ready."""
    fault_sentences_making.register()
    leaving_places.register()
