"""What else happens when a bulk action moves."""

from dure.foundation.workflow import Change


def cancel(change: Change) -> None:
    """Nothing was done and nobody was told; its things are free for another one."""
    change.obj.items.filter(result="").update(result="cancelled")


def perform(change: Change) -> None:
    from dure.alliance.bulk import performing  # noqa: PLC0415 - the models name the table that names this module

    performing.perform(change.obj)
