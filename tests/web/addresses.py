"""Every address of the platform, from Django's own table and from the REST document."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from dure.web.rest import api

Key = tuple[str, str]
_PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
_GROUP = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
PREFIX = "/api/v1"


@dataclass(frozen=True, slots=True)
class Route:
    """An address with places as `{name}`; each place is known by the words before it and its name."""

    template: str
    methods: tuple[str, ...]

    @property
    def is_rest(self) -> bool:
        return self.template.startswith(PREFIX)

    @property
    def keys(self) -> tuple[Key, ...]:
        """Each place as (the words before it, its name): `("awards/files", "file")`."""
        words: list[str] = []
        found: list[Key] = []
        for part in self.template.removeprefix(PREFIX).strip("/").split("/"):
            names = re.findall(r"{(\w+)}", part)
            found += [("/".join(words), name) for name in names]
            words += [] if names else [part]
        return tuple(found)

    def filled(self, values: dict[Key, Any]) -> str | None:
        """The address with values in its places; None when one is not known."""
        if not set(self.keys) <= values.keys():
            return None
        return self.template.format(**{name: values[words, name] for words, name in self.keys})


def routes() -> list[Route]:
    """Pages take GET and POST; REST takes what its document says."""
    return [*_pages(), *_operations()]


def _pages() -> Iterator[Route]:
    for pattern in _patterns(get_resolver(), ""):
        if not pattern.startswith("api/"):
            yield Route(f"/{_template(pattern)}", ("get", "post"))


def _operations() -> Iterator[Route]:
    for path, operations in api.get_openapi_schema()["paths"].items():
        yield Route(path, tuple(operations))


def _patterns(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for found in resolver.url_patterns:
        whole = prefix + str(found.pattern)
        if isinstance(found, URLPattern):
            yield whole
        else:
            yield from _patterns(found, whole)


def _template(pattern: str) -> str:
    plain = pattern.replace("^", "").replace("$", "").replace(r"\Z", "")
    return _GROUP.sub(r"{\1}", _PLACE.sub(r"{\1}", plain))
