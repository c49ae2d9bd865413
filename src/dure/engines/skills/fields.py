"""Takes typed values out of what YAML gave, and notes what is wrong with its place instead of stopping at the first."""

import re
from collections.abc import Iterator
from typing import Any, Final

from dure.engines.faults import Fault
from dure.engines.skills.values import LEVELS, Words

SLUG: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
ESCO: Final = re.compile(r"http://data\.europa\.eu/esco/skill/[0-9a-f-]{36}")


class Fields:
    """One mapping of the file, its place in words, and the list in which faults are noted. What is taken is gone from it."""

    def __init__(self, loaded: Any, place: str, faults: list[Fault]) -> None:
        self.left: dict[Any, Any] = dict(loaded) if isinstance(loaded, dict) else {}
        self.place = place
        self.faults = faults

    def take(self, name: Any) -> Any:
        """The value under a name, or None (then it is a fault)."""
        value = self.left.pop(name, None)
        if value is None:
            self.wrong("skill_field_missing", str(name))
        return value

    def wrong(self, code: str, name: str, **params: str | int) -> None:
        self.faults.append(Fault(code, params, place=f"{self.place}.{name}"))

    def words(self, name: Any) -> Words:
        """A text in both languages."""
        return self._words(self.take(name), str(name))

    def words_list(self, name: Any) -> tuple[Words, ...]:
        """At least one text in both languages."""
        return tuple(self._words(value, f"{name}[{at}]") for at, value in enumerate(self._list(name)))

    def _list(self, name: Any) -> list[Any]:
        value = self.take(name)
        if value is not None and (not isinstance(value, list) or not value):
            self.wrong("skill_field_missing", str(name))
        return value if isinstance(value, list) else []

    def _words(self, value: Any, name: str) -> Words:
        both = value if isinstance(value, dict) else {}
        said = [str(both.get(language) or "").strip() for language in ("ko", "en")]
        for language, text in zip(("ko", "en"), said, strict=True):
            if not text:
                self.wrong("skill_field_missing", f"{name}.{language}")
        return Words(*said)

    def entries(self, name: str) -> Iterator["Fields"]:
        """The mappings of a list, each with its slug as its place."""
        for at, value in enumerate(self._list(name)):
            slug = value.get("slug") if isinstance(value, dict) else None
            yield Fields(value, str(slug or f"{self.place}.{name}[{at}]"), self.faults)

    def slug(self) -> str:
        """The address of a skill."""
        text = str(self.take("slug"))
        if not SLUG.fullmatch(text):
            self.wrong("skill_bad_slug", "slug", value=text)
        return text

    def needs(self) -> dict[str, int]:
        """Slugs with the least level of each; may be missing."""
        given = self.left.pop("needs", {})
        wanted = given if isinstance(given, dict) else {}
        for slug, level in wanted.items():
            if level not in LEVELS:
                self.wrong("skill_bad_level", f"needs.{slug}", value=str(level))
        return {str(slug): level for slug, level in wanted.items()}

    def esco(self) -> str:
        """The address in ESCO; may be missing."""
        uri = str(self.left.pop("esco", ""))
        if uri and not ESCO.fullmatch(uri):
            self.wrong("skill_bad_esco", "esco", value=uri)
        return uri

    def nothing_else(self) -> None:
        """Whatever was not taken is no field that anybody reads."""
        for name in self.left:
            self.wrong("skill_field_unknown", str(name))
