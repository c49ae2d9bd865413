"""`demo_load`: play the demo alliance, people first, then problems, baselines and teams with progress, then the floors above."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from dure.foundation import events
from dure.problems import demo_finishing
from dure.problems.demo import catalogue
from dure.problems.demo_loading import DemoLoader
from dure.problems.events import DemoLoaded


class Command(BaseCommand):
    help = "Load the demo alliance, or with --only one problem that `dure data get` has fetched. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--only", metavar="SLUG", help="one problem: " + ", ".join(catalogue.SHIPPED + catalogue.FETCHED)
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        loader = DemoLoader(catalogue.load_alliance(), say=self._say)
        loader.put_people()
        self._say("[people]")
        wanted = (options["only"],) if options["only"] else catalogue.SHIPPED + catalogue.FINISHED
        problems = [_content(slug) for slug in wanted if slug not in catalogue.FINISHED]
        opened = [(content, loader.open_problem(content)) for content in problems]
        self._say(f"{len(opened)} problems are open")
        loader.put_needs()
        loader.put_capacity()
        for content, challenge in opened:
            loader.hand_in_all(content, challenge, content.baselines)
        for content, challenge in opened:
            loader.hand_in_all(content, challenge, content.teams)
        for slug in set(wanted) & set(catalogue.FINISHED):
            demo_finishing.play(loader, _content(slug))
        # Last: what floors above add takes seconds, in which the boards fill already.
        with transaction.atomic():
            events.record(DemoLoaded())

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _content(slug: str) -> catalogue.DemoProblem:
    built = Path(settings.DATA) / "data" / slug if slug in catalogue.FETCHED else None
    try:
        return catalogue.load(slug, built=built)
    except KeyError as error:
        raise CommandError(f"there is no demo problem {slug}") from error
    except FileNotFoundError as error:
        raise CommandError(
            f"{error.filename or error} is missing; run `dure data get {slug}` first"
        ) from error
