"""`dure demo year`: a whole year of a made-up alliance, played in a data folder of its own, to look at with `dure up`."""

import argparse
import subprocess
import sys
from pathlib import Path

from dure.cli.children import python
from dure.cli.installation import Installation, InUseError
from dure.cli.processes import NoSuitableUserError, clean_environment
from dure.cli.programs import DatabaseError
from dure.cli.words import either


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    words = either(
        "play a year of an alliance, from the first application to the renewals, in an empty data folder",
        "빈 데이터 폴더에서 얼라이언스의 한 해를 가입 신청부터 과제 갱신까지 펼쳐 봅니다",
    )
    year = actions.add_parser("year", help=words, description=words, allow_abbrev=False)
    year.add_argument("--data", metavar="DIR", type=Path, help=either("data folder", "데이터 폴더"))


def run(args: argparse.Namespace) -> int:
    installation = Installation.at(args.data)
    try:
        with installation.database():
            done = all(_manage(installation, name) for name in ("prepare", "demo_year"))
    except (DatabaseError, InUseError, NoSuitableUserError, OSError) as error:
        print(f"dure: {error}", file=sys.stderr)
        return 1
    if not done:
        return 1
    # `up` shows the ways in of a demo that is there, and loads no other one beside it.
    (installation.folder / "demo_loaded").touch()
    print(
        either(
            f"The year is there. Look at it: ./dure up --data {installation.folder}",
            f"한 해가 준비되었습니다. 보려면: ./dure up --data {installation.folder}",
        )
    )
    return 0


def _manage(installation: Installation, name: str) -> bool:
    """Run a management command on the installation; it says itself what is wrong."""
    environment = clean_environment(installation.environment())
    command = python("dure.cli", "manage", name)
    return subprocess.run(command, env=environment, check=False).returncode == 0
