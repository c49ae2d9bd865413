"""`runner`: carry out jobs on this machine until told to stop."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from dure.farm.local import runner


class Command(BaseCommand):
    help = "Carry out jobs on this machine until told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--until-empty", action="store_true", help="end when nothing runs or waits")

    def handle(self, *_args: Any, **options: Any) -> None:
        runner.main(until_empty=options["until_empty"])
