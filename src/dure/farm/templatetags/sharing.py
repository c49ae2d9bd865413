"""Template words of shared capacity."""

from decimal import Decimal

from django import template

from dure.farm import rules_hours

register = template.Library()


@register.filter
def in_hours(seconds: Decimal) -> str:
    """Seconds as hours, to a tenth."""
    return rules_hours.hours(seconds)
