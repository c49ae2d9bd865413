"""The headings under which kinds of notices stand, and who can ever be told some of them."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.foundation.access import Role, has_role
from dure.foundation.notices import Group

TAKING_PART: Final = Group(10, _("My submissions and teams"))
NEEDS: Final = Group(20, _("My needs"))
HOSTING: Final = Group(30, _("Challenges I run"))
ROOMS: Final = Group(40, _("Workrooms"))
OPERATION: Final = Group(60, _("Operation"))


def is_operator(person: Any) -> bool:
    return has_role(person, Role.OPERATOR)


def is_secretary(person: Any) -> bool:
    return has_role(person, Role.SECRETARIAT)
