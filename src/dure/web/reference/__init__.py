"""Reference documents that are made from the code: they cannot say anything else than what runs."""

from collections.abc import Callable

from dure.web.reference import commands, operations, settings, workflows

DOCUMENTS: dict[str, Callable[[], str]] = {
    "manage.md": commands.document,
    "rest.md": operations.document,
    "settings.md": settings.document,
    "workflows.md": workflows.document,
}
"""File name in docs/reference → the function that makes its text."""

__all__ = ["DOCUMENTS"]
