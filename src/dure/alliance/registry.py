"""What the alliance brings to the ground floor; each concept registers its own."""

from dure.alliance.ledger import registry as ledger


def register() -> None:
    """Called once when the app is ready."""
    ledger.register()
