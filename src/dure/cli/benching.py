"""`dure bench`: each benchmark against its goal.

A benchmark is a file in benchmarks/ whose last line is `NAME ratio=0.93 max=1.50 ok` (or `min=`; or `short`).
"""

import argparse
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from dure.cli.tools import NoCheckoutError, environment, root
from dure.cli.words import either

RESULT = re.compile(r"(?P<name>[\w-]+) ratio=\d+(\.\d+)? (max|min)=\d+(\.\d+)? (?P<state>ok|short)")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=either("benchmarks (default: all)", "측정 이름 (기본: 전부)")
    )
    parser.add_argument("--list", action="store_true", help=either("only list them", "목록만 보기"))


def benchmarks() -> dict[str, Path]:
    """Return the benchmarks by name: the files that can be run; the others help them."""
    files = sorted((root() / "benchmarks").glob("*.py"))
    return {path.stem: path for path in files if '__name__ == "__main__"' in path.read_text()}


def run(args: argparse.Namespace) -> int:
    try:
        known = benchmarks()
        if args.list:
            print("\n".join(known))
            return 0
        unknown = [name for name in args.names if name not in known]
        if unknown:
            print(
                f"dure bench: there is no benchmark {', '.join(unknown)}; there are {', '.join(known)}",
                file=sys.stderr,
            )
            return 2
        with environment() as env:
            passed = [run_one(known[name], env) for name in args.names or known]
    except NoCheckoutError as error:
        print(f"dure bench: {error}", file=sys.stderr)
        return 1
    return 0 if all(passed) else 1


def run_one(path: Path, env: Mapping[str, str]) -> bool:
    """Run one benchmark, show what it says, and return whether it reached its goal."""
    last = ""
    with subprocess.Popen(
        [sys.executable, "-m", f"benchmarks.{path.stem}"],
        cwd=root(),
        env=env,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            last = line.strip() or last
    result = RESULT.fullmatch(last)
    if result is None:
        print(
            f"dure bench: {path.stem} ended with status {process.returncode} and named no result",
            file=sys.stderr,
        )
        return False
    return result["state"] == "ok" and process.returncode == 0
