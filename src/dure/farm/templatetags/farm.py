"""Template words of the farm."""

from collections.abc import Mapping
from datetime import datetime

from django import template
from django.utils.safestring import SafeString

from dure.farm import standing, telling, words
from dure.farm.jobs import JobSpec
from dure.farm.models import Run
from dure.farm.queries.now import Gauge
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
def needed(spec: JobSpec) -> str:
    """The same for what a job asks for."""
    return words.amounts(standing.needs(spec))


@register.filter
def how_it_ended(run: Run) -> str:
    """How a try ended, in few words."""
    return telling.in_short(run)


@register.filter
def in_use(gauge: Gauge) -> str:
    """“3 of 8”, with the unit where there is one."""
    return words.share_of(gauge.kind, gauge.used, gauge.amount)


@register.filter
def duration(seconds: float) -> str:
    return words.duration(seconds)


@register.filter
def from_now(moment: datetime) -> str:
    """How long it is until then."""
    return words.duration(max(0.0, (moment - clock.now()).total_seconds()))
