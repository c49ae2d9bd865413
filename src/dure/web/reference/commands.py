"""docs/reference/manage.md: the management commands that Dure adds to Django's."""

import argparse
from collections.abc import Iterator
from typing import Any

from django.core.management import get_commands, load_command_class

_HEAD = """# Management commands

Made from the commands' own help by `./dure manage reference --write`; a test keeps the two equal. Run them as `./dure manage NAME`;
the database is started for as long as they need it.
"""


def names() -> list[str]:
    """The commands of our own apps."""
    return sorted(name for name, app in get_commands().items() if str(app).startswith("dure."))


def document() -> str:
    return "\n".join([_HEAD, *(_entry(name) for name in names())])


def _entry(name: str) -> str:
    command: Any = load_command_class(str(get_commands()[name]), name)
    rows = "".join(_arguments(name, command))
    table = f"\n| argument | meaning |\n|---|---|\n{rows}" if rows else ""
    return f"## {name}\n\n{command.help}\n{table}"


def _arguments(name: str, command: Any) -> Iterator[str]:
    """Only its own arguments: those that Django gives every command stand in Django's documentation."""
    parser = argparse.ArgumentParser(prog=name)
    command.add_arguments(parser)
    for action in parser._actions[1:]:  # noqa: SLF001 - argparse has no other way to list them
        spelled = ", ".join(action.option_strings) or action.dest.upper()
        yield f"| `{spelled}` | {action.help or ''} |\n"
