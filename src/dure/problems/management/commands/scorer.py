"""`scorer`: score submissions until told to stop."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from dure.problems.scoring import process


class Command(BaseCommand):
    help = "Score submissions and compute leaderboards until told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--until-empty", action="store_true", help="end when the queue is empty")

    def handle(self, *_args: Any, **options: Any) -> None:
        process.main(until_empty=options["until_empty"])
