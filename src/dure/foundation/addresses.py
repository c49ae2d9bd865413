"""Addresses of pages by their names, each worked out once: Django walks all patterns anew for every link of a page."""

from functools import lru_cache
from typing import Any

from django.urls import get_script_prefix, reverse


def address(name: str, *args: Any) -> str:
    """The same as `reverse(name, args=args)`. Raises NoReverseMatch as that does."""
    return _reversed(get_script_prefix(), name, tuple(str(arg) for arg in args))


@lru_cache(maxsize=8192)
def _reversed(_prefix: str, name: str, args: tuple[str, ...]) -> str:
    """The prefix is where the whole site stands; `reverse` reads it by itself."""
    return reverse(name, args=args)
