"""`python -m dure.cli.documents [--check]`: the CLI's reference, and links between documents that lead somewhere."""

import os
import re
import sys
from pathlib import Path

from dure.cli.main import COMMANDS, parser_of
from dure.cli.tools import root

_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)")
_WIDTH = "100"
_HEAD = """# Commands

Made from the commands' own help by `python -m dure.cli.documents`; `dure COMMAND --help` prints the same.
Set `LANG=ko_KR.UTF-8` for Korean. Exit status: 0 done, 1 failed, 2 misused.
"""

# What the launcher and the supervisor read; what the site itself reads stands in dure.settings.env.
ENVIRONMENT = {
    "DURE_PYTHON": "Python that the launcher makes `.venv` with (default: the first of 3.11 or newer on PATH).",
    "DURE_WEB_WORKERS": "Web processes (default: one per core, at least 2, at most 16).",
    "DURE_DATA": "Data folder of every command without `--data` (default: `.dure` in the checkout; of an installed "
    "wheel `dure` in the data home). Its path may be 89 bytes long and hold no blank.",
    "DATABASE_URL": "PostgreSQL server, 15 or newer; without it the embedded one runs in the data folder.",
    "DURE_SECRET_KEY": "Signing key; without it one is made in the data folder's file `secret_key`.",
    "PIP_INDEX_URL": "A package mirror told to pip is told to uv too.",
    "DURE_SITE": "Folder of `dure site`: key, journal and work. Default: `dure-site` in the person's data home",
    "DURE_SERVER, DURE_TOKEN": "Server and access token of `problems`, `download`, `submit`, `leaderboard`, `run` and "
    "`jobs`; they go before what `dure login` kept.",
    "DURE_OUTPUT, DURE_ARRAY_INDEX, DURE_ARRAY_COUNT": "What a job on the farm finds: the folder whose files come out; "
    "of an array its own number, from 0 on, and how many there are.",
    "XDG_CONFIG_HOME": "Where `dure login` keeps `dure/login.json` (default: `~/.config`).",
    "DURE_DATA_MIRROR": "Folder that serves `dure data get` without the network.",
    "LC_ALL, LC_MESSAGES, LANG": "The first that is set chooses the terminal's language: `ko…` is Korean.",
}


def reference() -> str:
    """Return docs/reference/cli.md as the parsers have it, in English and without this terminal's width."""
    os.environ.update(COLUMNS=_WIDTH, LC_ALL="C.UTF-8", NO_COLOR="1")
    parts = [_HEAD]
    for name, command in COMMANDS.items():
        parts.append(f"## dure {name}\n\n```text\n{parser_of(name).format_help().rstrip()}\n```\n")
        if command.raw:
            parts.append("Everything behind the name is handed on as it is.\n")
    rows = "".join(f"| `{name}` | {meaning} |\n" for name, meaning in ENVIRONMENT.items())
    parts.append(f"## Environment of the commands\n\n| name | meaning |\n|---|---|\n{rows}")
    return "\n".join(parts)


def dead_links(folder: Path) -> list[str]:
    """Return each relative link in our documents that leads nowhere, with its document."""
    documents = [*folder.glob("*.md"), *(folder / "docs").rglob("*.md")]
    return [
        f"{document.relative_to(folder)}: {target}"
        for document in sorted(documents)
        for target in _LINK.findall(document.read_text())
        if not (document.parent / target).exists()
    ]


def main(words: list[str]) -> int:
    """Write the reference, or with --check compare it and follow the links."""
    target = root() / "docs" / "reference" / "cli.md"
    if words != ["--check"]:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(reference())
        return 0
    faults = [f"link leads nowhere: {link}" for link in dead_links(root())]
    if not target.exists() or target.read_text() != reference():
        faults.append("docs/reference/cli.md is not what the commands say: python -m dure.cli.documents")
    print("\n".join(faults), end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
