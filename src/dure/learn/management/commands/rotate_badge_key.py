"""A new key for credentials, by an operator's hand."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from dure.foundation.access import SYSTEM
from dure.learn.credentials import issuing, keyring


class Command(BaseCommand):
    help = (
        "Make a new key that signs credentials; credentials of the old one keep verifying. "
        "Take a backup afterwards: it holds the key."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--compromised",
            action="store_true",
            help="Somebody else may have the old keys: nothing they signed verifies, and standing credentials are signed anew.",
        )
        parser.add_argument(
            "--sign-again",
            action="store_true",
            help="Sign all standing credentials anew, for instance after the public address changed; files that people have "
            "already are revoked by that.",
        )

    def handle(self, *, compromised: bool, sign_again: bool, **_options: Any) -> None:
        made = keyring.rotate(by=SYSTEM, compromised=compromised)
        self.stdout.write(f"made {made.kid}")
        if compromised or sign_again:
            count = issuing.sign_all_again(by=SYSTEM, why="compromised" if compromised else "asked")
            self.stdout.write(f"signed {count} credentials again")
