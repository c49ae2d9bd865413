"""Template words that every page may use."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from dure.foundation import i18n, markdown
from dure.foundation.markup import escaped, together

register = template.Library()


@register.filter
def words(obj: Any, name: str) -> str:
    """`{{ problem|words:"title" }}`: the text in the reader's language."""
    return i18n.localized(obj, name) if obj is not None else ""


@register.filter
def foreign(obj: Any, name: str) -> str:
    """The language of the words when they are not in the reader's own: "ko" or "en"; else empty."""
    own, other = ("ko", "en") if i18n.is_korean() else ("en", "ko")
    return other if getattr(obj, f"{name}_{other}") and not getattr(obj, f"{name}_{own}") else ""


@register.filter(name="markdown")
def markdown_filter(source: str) -> SafeString:
    """People's Markdown as safe HTML."""
    return mark_safe(markdown.render(source))  # noqa: S308 - sanitised by nh3 in markdown.render


@register.filter
def moment(value: datetime | None) -> str:
    """A time in the reader's zone with the zone named, and the machine's form beside it."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    zone = "KST" if local.tzinfo == ZoneInfo("Asia/Seoul") else local.strftime("%Z")
    words = f"{local:%Y-%m-%d %H:%M} {zone}"
    return together((f'<time datetime="{value.isoformat()}">', escaped(words), "</time>"))


@register.simple_tag(takes_context=True)
def query(context: Any, **changes: Any) -> str:
    """The present query string with some values changed; None removes one."""
    params = context["request"].GET.copy()
    for key, value in changes.items():
        params.pop(key, None)
        if value is not None:
            params[key] = str(value)
    return f"?{params.urlencode()}"
