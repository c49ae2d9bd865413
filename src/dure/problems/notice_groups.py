"""The headings under which kinds of notices stand, and who can ever be told some of them."""

from collections.abc import Callable
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.foundation import notices
from dure.foundation.access import Role, has_role
from dure.foundation.notices import Group

TAKING_PART: Final = Group(10, _("My submissions and teams"))
NEEDS: Final = Group(20, _("My needs"))
HOSTING: Final = Group(30, _("Challenges I run"))
ROOMS: Final = Group(40, _("Workrooms"))
OPERATION: Final = Group(60, _("Operation"))


def kinds_under(
    group: Group, *, only: Callable[[Any], bool] | None = None
) -> Callable[[str, str | Promise, str | Promise], str]:
    """How the kinds of this app are declared."""
    return notices.kinds_under("problems", group, only=only)


def is_operator(person: Any) -> bool:
    return has_role(person, Role.OPERATOR)
