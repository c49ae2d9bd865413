"""`dure check`: everything a reviewer should not have to look for. All rows run, all faults are shown."""

import argparse
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass

from dure.cli.tools import NoCheckoutError, environment, root
from dure.cli.words import either

_SYNTAX = (
    'for file in "$@"; do case $file in .ci/*) bash -n "$file" ;; *) sh -n "$file" ;; esac || exit 1; done'
)
SHELL_SCRIPTS = ("dure", "requirements/install", "requirements/compile", ".ci/run")


@dataclass(frozen=True)
class Row:
    """One check: a program that exits 0 when all is well."""

    name: str
    words: tuple[str, ...]


def _module(*words: str) -> tuple[str, ...]:
    return (sys.executable, "-m", *words)


ROWS = (
    Row("format", _module("ruff", "format", "--check", ".")),
    Row("lint", _module("ruff", "check", ".")),
    Row("types", _module("mypy")),
    Row("walls", ("lint-imports",)),
    Row("migrations", _module("dure.cli", "manage", "makemigrations", "--check", "--dry-run")),
    Row("translations", _module("pytest", "-q", "-n", "0", "tests/house/test_translations.py")),
    Row("docs", _module("dure.cli.documents", "--check")),
    Row("shell", ("sh", "-c", _SYNTAX, "sh", *SHELL_SCRIPTS)),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=either("only these: ", "이것만: ") + ", ".join(row.name for row in ROWS),
    )


def run(args: argparse.Namespace) -> int:
    unknown = set(args.names) - {row.name for row in ROWS}
    if unknown:
        print(f"dure check: there is no check {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    rows = [row for row in ROWS if not args.names or row.name in args.names]
    try:
        with environment() as env:
            passed = [run_row(row, env) for row in rows]
    except NoCheckoutError as error:
        print(f"dure check: {error}", file=sys.stderr)
        return 1
    return 0 if all(passed) else 1


def run_row(row: Row, env: Mapping[str, str]) -> bool:
    """Run one check and print its line, with what it said where it failed."""
    started = time.monotonic()
    done = subprocess.run(
        row.words,
        cwd=root(),
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    state = "ok" if done.returncode == 0 else "FAIL"
    print(f"  {row.name:<14} {state:<5} {time.monotonic() - started:6.1f} s", flush=True)
    if done.returncode != 0:
        print(done.stdout.rstrip(), flush=True)
    return done.returncode == 0
