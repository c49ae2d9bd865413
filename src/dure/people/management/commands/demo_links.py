"""`demo_links`: a one-time way in for each role of the demo alliance, as JSON lines."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from dure.people.actions.entrance import issue_login_link
from dure.people.models import Person

WORDS: dict[str, tuple[str, str]] = {
    "problem_owner": ("수요기업 담당자", "Problem owner"),
    "talent": ("인재", "Talent"),
    "host": ("챌린지 운영자", "Challenge host"),
    "curator": ("큐레이터·구루", "Curator and guru"),
    "representative": ("회원사 대표", "Organisation representative"),
    "instructor": ("강사", "Instructor"),
    "secretariat": ("사무국", "Secretariat"),
    "auditor": ("감사", "Auditor"),
    "operator": ("운영자", "Operator"),
}
PLAYER = ("참가자", "Player")


class Command(BaseCommand):
    help = "Print a one-time login link (ten minutes, once) for each demo role, or with --all for every demo person."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="every person of the demo, not one for each role"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        people = Person.objects.filter(is_demo=True, is_active=True)
        shown = people if options["all"] else people.exclude(demo_role="")
        for person in sorted(shown, key=_rank):
            ko, en = WORDS.get(person.demo_role, PLAYER)
            line = {"role_ko": ko, "role_en": en, "name": person.name, "path": issue_login_link(person)}
            self.stdout.write(json.dumps(line, ensure_ascii=False))


def _rank(person: Person) -> tuple[int, int]:
    roles = list(WORDS)
    return roles.index(person.demo_role) if person.demo_role in roles else len(roles), person.pk
