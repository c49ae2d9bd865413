"""`dure worker …`: one background worker, with the periodic tasks; further words go to procrastinate."""

import argparse

from dure.cli import manage


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="…", help="as for procrastinate's worker")


def run(args: argparse.Namespace) -> int:
    return manage.run(argparse.Namespace(words=["procrastinate", "worker", *args.words]))
