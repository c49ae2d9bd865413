"""Template words of the farm."""

from collections.abc import Mapping
from datetime import datetime

from django import template
from django.utils.safestring import SafeString

from dure.farm import words
from dure.farm.queries.queue import kind_words
from dure.foundation import clock
from dure.foundation.templatetags.parts import badge

register = template.Library()


@register.filter
def job_state(state: str) -> SafeString:
    """Where a job stands, as a badge."""
    return badge(*words.STATES[state])


@register.filter
def job_class(name: str) -> str:
    return str(words.CLASSES[name])


@register.filter
def kind(name: str) -> str:
    return kind_words(name)


@register.filter
def amounts(needs: Mapping[str, int]) -> str:
    """“4 cores, 16 GiB of memory”."""
    return words.amounts(needs)


@register.filter
def amount_of(number: int, kind_name: str) -> str:
    return words.amount(kind_name, number)


@register.filter
def duration(seconds: float) -> str:
    return words.duration(seconds)


@register.filter
def from_now(moment: datetime) -> str:
    """How long it is until then."""
    return words.duration(max(0.0, (moment - clock.now()).total_seconds()))
