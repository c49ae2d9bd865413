"""REST of people: who calls."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from dure.foundation.pages import person_of

router = Router(tags=["people"])


def authenticate(request: HttpRequest) -> Any:
    """Everyone may knock; each operation asks access itself. Returns the caller, a Person or STRANGER."""
    return person_of(request) or None
