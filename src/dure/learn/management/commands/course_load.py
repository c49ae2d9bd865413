"""`course_load`: publish a course that comes with Dure, or any folder on this machine, for an organisation."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dure.foundation import faults
from dure.foundation.faults import Faulty
from dure.learn import shipped
from dure.learn.actions import versions
from dure.people import api as people


class Command(BaseCommand):
    help = "Publish a course folder at once, without the farm's checks: those of shipped courses are part of Dure's tests."

    def add_arguments(self, parser: CommandParser) -> None:
        names = ", ".join(folder.name for folder in shipped.folders())
        parser.add_argument("course", metavar="NAME_OR_PATH", help=f"a shipped course ({names}), or a folder")
        parser.add_argument("--organisation", metavar="SLUG", required=True, help="who gives it")
        parser.add_argument(
            "--author", metavar="EMAIL", action="append", default=[], help="an instructor; may be repeated"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        known = {folder.name: folder for folder in shipped.folders()}
        folder = known.get(options["course"], Path(options["course"]))
        home = people.Organisation.objects.filter(slug=options["organisation"]).first()
        if home is None:
            raise CommandError(f"there is no organisation {options['organisation']}")
        authors = list(people.Person.objects.filter(email__in=options["author"]))
        if len(authors) < len(set(options["author"])):
            raise CommandError("not every author has an account")
        try:
            course = versions.take_shipped(folder, organisation=home, authors=authors)
        except Faulty as faulty:
            raise CommandError("\n".join(faults.say(fault) for fault in faulty.faults)) from faulty
        self.stdout.write(f"{course.slug} is open")
