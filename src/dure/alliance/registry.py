"""What the alliance brings to the ground floor; each concept registers its own."""


def register() -> None:
    """Called once when the app is ready."""
