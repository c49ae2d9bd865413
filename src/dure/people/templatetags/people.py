"""Template words of people's pages."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.foundation.access import Role
from dure.people.countries import country_name
from dure.people.levels import LEVEL_NAMES

register = template.Library()

DEEDS: dict[str, str | Promise] = {
    "person.role_granted": _("Granted"),
    "person.role_revoked": _("Revoked"),
    "person.closed": _("Account closed"),
    "person.reopened": _("Account opened again"),
}


@register.filter
def country(code: str) -> str:
    """The country's name in the reader's language."""
    return country_name(code)


@register.filter
def business_number(number: str) -> str:
    """Ten digits as people write them: 123-45-67890."""
    return f"{number[:3]}-{number[3:5]}-{number[5:]}"


@register.filter
def role_label(role: str) -> str:
    """A platform role in words."""
    return str(Role(role).label) if role in Role.values else role


@register.filter
def level_name(level: int) -> str:
    """A level of a skill in words."""
    return str(LEVEL_NAMES[level])


@register.filter
def deed(action: str) -> str:
    """What an audit entry about an account says."""
    return str(DEEDS.get(action, action))


FATES: dict[str, str | Promise] = {"create": _("made"), "update": _("changed"), "unchanged": _("as it is")}


@register.filter
def fate(name: str | None) -> str:
    """What happens to a thing of one row."""
    return str(FATES.get(name or "", "–"))
