"""`runner`: carry out jobs on this machine, or have a Slurm cluster do it, until told to stop."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from dure.farm.local import runner as local
from dure.farm.slurm import runner as slurm


class Command(BaseCommand):
    help = "Carry out jobs on this machine, or have a Slurm cluster do it, until told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--until-empty", action="store_true", help="end when nothing runs or waits")
        parser.add_argument(
            "--engine",
            choices=["local", "slurm"],
            default=settings.FARM,
            help="who carries jobs out (default: DURE_FARM)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        main = slurm.main if options["engine"] == "slurm" else local.main
        main(until_empty=options["until_empty"])
