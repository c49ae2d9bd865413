"""Evidence of everybody gathered and weighed anew, for instance after a new model."""

from datetime import datetime
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandParser

from dure.foundation import clock
from dure.talent.profiles import gathering

AT_ONCE: Final = 500


class Command(BaseCommand):
    help = "Gather the evidence of everybody who has a talent record, and compute the posteriors anew. May be broken off."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--before",
            type=datetime.fromisoformat,
            help="Go on with what was broken off: leave out whose evidence was gathered since this moment (with a time zone).",
        )

    def handle(self, *, before: datetime | None, **_options: Any) -> None:
        begun = before or clock.now()
        self.stdout.write(f"to go on after a break: --before {begun.isoformat()}")
        total = 0
        while done := gathering.gather_before(begun, most=AT_ONCE):
            total += done
            self.stdout.write(f"gathered for {total}")
