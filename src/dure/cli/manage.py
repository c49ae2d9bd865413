"""`dure manage …`: Django's management commands on the installation that DURE_DATA names.

Where the installation is not being served, its database runs for as long as the command does.
"""

import argparse
import os
import sys
from contextlib import ExitStack

from dure.cli.installation import Installation, InUseError
from dure.cli.programs import DatabaseError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="…", help="as for Django's manage.py")


def run(args: argparse.Namespace) -> int:
    installation = Installation.at()
    with ExitStack() as stack:
        try:
            if installation.cluster.exists and not os.environ.get("DATABASE_URL"):
                stack.enter_context(installation.database())
        except (DatabaseError, InUseError) as error:
            print(f"dure: {error}", file=sys.stderr)
            return 1
        os.environ.update(installation.environment())
        from django.core.management import execute_from_command_line

        execute_from_command_line(["dure manage", *args.words])
    return 0
