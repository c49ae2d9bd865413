"""`slurm_accounts`: what Slurm's accounts lack, and with --apply tell Slurm."""

from getpass import getuser
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dure.farm.slurm import executor, syncing
from dure.farm.slurm.accounts import Difference
from dure.farm.slurm.commands import Refused, SlurmAway


class Command(BaseCommand):
    help = "Compare Slurm's accounts with our members, projects and people, and with --apply add what is missing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--apply", action="store_true", help="tell Slurm, instead of printing what would be told"
        )
        parser.add_argument("--user", default=getuser(), help="the runner's user (default: yours)")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            found = syncing.compared(cluster=executor.cluster(), user=options["user"])
            for one in found:
                self.stdout.write(_line(one))
            if options["apply"]:
                syncing.mend(found)
        except (SlurmAway, Refused) as error:
            raise CommandError(str(error)) from None
        self._conclude(len(found), applied=options["apply"])

    def _conclude(self, count: int, *, applied: bool) -> None:
        if not count:
            self.stdout.write("Slurm has all of it.")
        elif not applied:
            self.stdout.write(f"{count} differences; nothing was changed. --apply tells Slurm.")


def _line(one: Difference) -> str:
    if not one.words:
        return f"left alone, not ours any more: {' '.join(one.names)}"
    return f"sacctmgr {' '.join(one.words)}"
