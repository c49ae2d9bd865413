"""What the farm brings to the ground floor: its link in the header."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.farm import rules
from dure.foundation import navigation


def register() -> None:
    """Called once when the app is ready."""
    navigation.add(_("Farm"), "farm:now", order=30, shown=_looks)


def _looks(person: Any) -> bool:
    return bool(rules.may_look(person))
