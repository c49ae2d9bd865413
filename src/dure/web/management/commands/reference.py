"""`reference`: write, or compare, the reference documents that are made from the code."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dure.web.reference import DOCUMENTS


class Command(BaseCommand):
    help = "Compare docs/reference with the code, or write it anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--write", action="store_true", help="write the documents instead of comparing them"
        )
        parser.add_argument(
            "--folder", default="docs/reference", help="where they stand (default: docs/reference)"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        folder = Path(options["folder"])
        if options["write"]:
            for name, make in DOCUMENTS.items():
                (folder / name).write_text(make(), encoding="utf-8")
            return
        old = [name for name, make in DOCUMENTS.items() if _text(folder / name) != make()]
        if old:
            raise CommandError(
                f"not what the code says: {', '.join(old)}; run ./dure manage reference --write"
            )


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
