"""`demo_year`: play a whole year of a made-up alliance, day by day, on an installation that holds nothing else."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from dure.alliance.models import Agreement, LedgerPeriod
from dure.alliance.year.cast import is_played
from dure.alliance.year.chapters import figures, play_year


class Command(BaseCommand):
    help = "Play a year of an alliance from the first application to the renewals. Only where no alliance is yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--every",
            type=int,
            default=1,
            choices=range(1, 15),
            metavar="DAYS",
            help="let the clock strike every so many days (1 to 14), and before each scene",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if is_played() or Agreement.objects.exists() or LedgerPeriod.objects.exists():
            raise CommandError("this installation holds an alliance already; play the year in an empty one")
        with transaction.atomic():
            play_year(say=self._say, every=options["every"])
        for name, states in figures().items():
            self._say(f"{name}: " + ", ".join(f"{state or '–'} {count}" for state, count in states.items()))

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
