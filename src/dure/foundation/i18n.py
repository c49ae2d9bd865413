"""People's own words in two languages: one marked original, the other shown when it is there."""

from typing import Any

from django.conf import settings
from django.utils import translation


def is_korean() -> bool:
    return (translation.get_language() or settings.LANGUAGE_CODE).startswith("ko")


def localized(obj: Any, name: str) -> str:
    """`obj.<name>_ko` or `_en` by the active language; the other one when that is empty."""
    return either(getattr(obj, f"{name}_ko"), getattr(obj, f"{name}_en"))


def either(ko: str, en: str) -> str:
    """The words in the active language; the other ones where these are empty."""
    return str((ko or en) if is_korean() else (en or ko))
