"""`grant_role`: the operator's way to name the first member of the secretariat."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dure.foundation import audit
from dure.foundation.access import SYSTEM, Role
from dure.people.actions.roles import grant_role
from dure.people.models import Person


class Command(BaseCommand):
    help = "Give a platform role to the account with this e-mail address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("role", choices=Role.values)

    def handle(self, *_args: Any, **options: Any) -> None:
        person = Person.objects.filter(email=options["email"].lower(), is_active=True).first()
        if person is None:
            raise CommandError(f"There is no active account with the address {options['email']}.")
        with audit.origin("grant_role"):
            granted = grant_role(person, options["role"], by=SYSTEM)
        self.stdout.write(f"{granted.email}: {', '.join(granted.roles)}")
