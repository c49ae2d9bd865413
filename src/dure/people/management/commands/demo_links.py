"""`demo_links`: a one-time way in for each person of the demo alliance, as JSON lines."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from dure.foundation.access import Role
from dure.people.actions.entrance import issue_login_link
from dure.people.models import Membership, Person

WORDS: dict[str, tuple[str, str]] = {
    Role.SECRETARIAT: ("사무국", "Secretariat"),
    Role.OPERATOR: ("운영자", "Operator"),
    Role.AUDITOR: ("감사", "Auditor"),
    Role.FUNDER: ("부처·지원기관", "Ministry or funder"),
    Role.GURU: ("구루", "Guru"),
    Role.INSTRUCTOR: ("강사", "Instructor"),
    Membership.Role.REPRESENTATIVE: ("회원사 대표", "Organisation representative"),
    Membership.Role.PROBLEM_OWNER: ("수요기업 담당자", "Problem owner"),
    Membership.Role.COORDINATOR: ("코디네이터", "Coordinator"),
    Membership.Role.MEMBER: ("인재", "Talent"),
}
TALENT = WORDS[Membership.Role.MEMBER]


class Command(BaseCommand):
    help = (
        "Print a one-time login link (ten minutes, once) for each demo person: role_ko, role_en, name, path."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        people = Person.objects.filter(is_demo=True, is_active=True).prefetch_related("memberships")
        for person in sorted(people, key=_rank):
            ko, en = WORDS.get(_role(person), TALENT)
            line = {"role_ko": ko, "role_en": en, "name": person.name, "path": issue_login_link(person)}
            self.stdout.write(json.dumps(line, ensure_ascii=False))


def _role(person: Person) -> str:
    """The role that says most about a person: platform roles before roles in an organisation."""
    held = {*person.roles, *(membership.role for membership in person.memberships.all())}
    return next((role for role in WORDS if role in held), Membership.Role.MEMBER)


def _rank(person: Person) -> tuple[int, int]:
    return list(WORDS).index(_role(person)), person.pk
