"""The demo's content and its days."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from dure.foundation import clock


@cache
def read(name: str) -> Any:
    """What stands in `NAME.yaml` beside this module."""
    return yaml.safe_load(files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8"))


@contextmanager
def on_day(days: int) -> Iterator[None]:
    """What happens inside happens so many days after now; before it where `days` is negative."""
    with clock.at(clock.now() + timedelta(days=days)):
        yield


def day(days: int) -> date:
    return clock.today() + timedelta(days=days)


def hour(days: int, at: int) -> datetime:
    """That hour of that day where the platform is."""
    return clock.moment(day(days), at)
