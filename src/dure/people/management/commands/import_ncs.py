"""`import_ncs`: give skills their codes of Korea's national competency standards."""

from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dure.engines import skills
from dure.engines.sheets import Table, read_table
from dure.foundation import audit, faults
from dure.foundation.access import SYSTEM
from dure.people.actions.skills import set_ncs_codes
from dure.people.models import Skill

MOST_UNITS: Final = 50_000
"""The public file had 13,296 units in December 2025."""


class Command(BaseCommand):
    help = (
        "Take the NCS codes of skills from the public file, by a list that pairs them; --apply writes them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("ncs", help="the public file, CSV or XLSX, with dutyCd and compUnitCd")
        parser.add_argument("pairs", help="your own list, CSV or XLSX, with skill and ncs_code")
        parser.add_argument(
            "--apply", action="store_true", help="write them, instead of showing what would be"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            public, pairs = (_table(options[name]) for name in ("ncs", "pairs"))
            slugs = set(Skill.objects.in_force().values_list("slug", flat=True))
            codes = skills.paired(public, pairs, slugs=slugs)
        except faults.Faulty as error:
            raise CommandError("\n".join(faults.say(fault) for fault in error.faults)) from None
        self._conclude(codes, apply=options["apply"])

    def _conclude(self, codes: dict[str, str], *, apply: bool) -> None:
        for slug, code in codes.items():
            self.stdout.write(f"{slug}: {code}")
        if apply:
            with audit.origin("import_ncs"):
                changed = set_ncs_codes(codes, by=SYSTEM)
            self.stdout.write(f"{len(changed)} skills have a new code.")
        else:
            self.stdout.write("Nothing was changed. --apply writes the codes.")


def _table(path: str) -> Table:
    """The table in a file of the operator. Raises Faulty."""
    if not Path(path).is_file():
        raise CommandError(f"There is no file {path}.")
    return read_table(path, most=MOST_UNITS)
