"""`clock`: run every clock-driven duty for now, or for --date."""

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from dure.foundation import audit, clock


class Command(BaseCommand):
    help = "Run every clock-driven duty (deadlines, sweeps, digests) for now or for --date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--date", help="moment in ISO 8601, for example 2026-12-01T09:00:00+09:00")

    def handle(self, *_args: Any, **options: Any) -> None:
        moment = _moment(options["date"])
        try:
            with audit.origin("dure manage clock"):
                moved = clock.strike(moment)
        except clock.DutyFailed as error:
            self._report(error.moved)
            raise CommandError(str(error)) from error
        self._report(moved)

    def _report(self, moved: dict[str, int]) -> None:
        for name, count in moved.items():
            self.stdout.write(f"{name}: {count}")


def _moment(text: str | None) -> datetime:
    if not text:
        return clock.now()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(
            f"--date: {text} is no ISO 8601 moment, for example 2026-12-01T09:00:00+09:00"
        ) from error
    return moment if moment.tzinfo else timezone.make_aware(moment)
