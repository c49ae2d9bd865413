"""What people write in one field, as values: a command's words, accelerators by type, variables; faults come beside them."""

import shlex
from collections.abc import Iterable

from dure.engines.faults import Fault


def words_of(command: str) -> tuple[tuple[str, ...], list[Fault]]:
    """The words of a command, split at blanks as a shell does, with its quotation marks; no shell ever sees them."""
    try:
        return tuple(shlex.split(command)), []
    except ValueError:
        return (), [Fault("job_unclosed", place="command")]


def accelerators_of(lines: Iterable[str]) -> tuple[dict[str, int], list[Fault]]:
    """`gpu:h100=1` as how many of which type."""
    found, faults = dict[str, int](), list[Fault]()
    for line in filter(None, map(str.strip, lines)):
        kind, _, number = line.partition("=")
        if not kind.strip() or not number.strip().isdecimal() or len(number) > 6 or kind in found:
            faults = [Fault("job_bad_accelerators", place="accelerators")]
        else:
            found[kind.strip()] = int(number)
    return found, faults


def environment_of(lines: Iterable[str]) -> dict[str, str]:
    """`NAME=value`, one a line."""
    found = dict[str, str]()
    for line in lines:
        if line.strip():
            name, _, value = line.partition("=")
            found[name.strip()] = value
    return found


SHELL_SIGNS = frozenset({"|", "||", "&", "&&", ";", ">", ">>", "<", "2>", "2>&1"})


def looks_like_shell(words: Iterable[str]) -> bool:
    """Whether somebody may have thought that a shell reads this: a program would be handed these signs as words."""
    return any(word in SHELL_SIGNS or word.startswith("$") for word in words)
