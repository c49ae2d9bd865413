"""`login_link`: the operator lets somebody in who has lost every other way."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dure.foundation import audit
from dure.foundation.access import SYSTEM
from dure.people.actions.entrance import issue_login_link
from dure.people.models import Person


class Command(BaseCommand):
    help = "Print the path of a one-time login link (ten minutes, once) for the account with this e-mail address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *_args: Any, **options: Any) -> None:
        person = Person.objects.filter(email=options["email"].lower(), is_active=True).first()
        if person is None:
            raise CommandError(f"There is no active account with the address {options['email']}.")
        with audit.origin("login_link"):
            audit.write(by=SYSTEM, action="person.link_issued", obj=person)
        self.stdout.write(issue_login_link(person))
