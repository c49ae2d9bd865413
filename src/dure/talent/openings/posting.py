"""An opening as machines read it: in the words of schema.org, and as the engine's own values."""

from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from dure.engines import openings as engine
from dure.engines.skills import Words, packaged
from dure.foundation import i18n
from dure.talent.models import Opening
from dure.talent.places import LANGUAGE_LEVELS

JSON_LD: Final = "application/ld+json"


def posting_of(opening: Opening) -> dict[str, Any]:
    """The document of schema.org in the reader's language; the skills of the opening take one query."""
    opened: Any = opening.opened_at or opening.created_at
    return engine.posting(
        as_engine(opening),
        url=f"{settings.PUBLIC_URL}/openings/{opening.uid}",
        posted=_day(opened),
        language="ko" if i18n.is_korean() else "en",
        closes=timezone.localtime(opening.deadline, timezone.get_default_timezone()),
    )


def script_safe(opening: Opening) -> str:
    """The document as JSON that may stand inside a page."""
    return engine.script_safe(posting_of(opening))


def embedded(opening: Opening) -> str:
    """The document for the page itself; empty where search engines for jobs have no business with it."""
    if opening.state != "open" or opening.kind not in engine.FOR_SEARCH_ENGINES:
        return ""
    return script_safe(opening)


def as_engine(opening: Opening) -> engine.Opening:
    """The opening as a value."""
    kind: Any = opening.kind
    remote: Any = opening.remote
    return engine.Opening(
        kind=kind,
        title=_words(opening, "title"),
        text=_words(opening, "text"),
        organisation=opening.organisation.name,
        seats=opening.seats,
        regions=tuple(opening.regions),
        remote=remote,
        deadline=_day(opening.deadline),
        languages=tuple(_language(code, level) for code, level in opening.languages.items()),
        starts=opening.starts_on,
        ends=opening.ends_on,
        weekly_hours=opening.weekly_hours,
        skills=_skills(opening),
        steps=tuple(Words(step.get("ko", ""), step.get("en", "")) for step in opening.steps),
        accessibility=_words(opening, "accessibility"),
        pay=_pay(opening),
    )


def _skills(opening: Opening) -> tuple[engine.WantedSkill, ...]:
    """Those that the catalogue in force has: a retired one is no promise to the world."""
    known = packaged().skills
    return tuple(
        engine.WantedSkill(row.skill, "must" if row.is_must else "nice", row.level, row.weight)
        for row in opening.requirements.all()
        if row.skill in known
    )


def _language(code: str, level: int) -> engine.WantedLanguage:
    named: Any = LANGUAGE_LEVELS[level]
    return engine.WantedLanguage(code, named)


def _pay(opening: Opening) -> engine.Pay | None:
    low, high = opening.pay_from, opening.pay_to
    amount = high if low is None else low
    if amount is None:
        return None
    period: Any = opening.pay_per
    upto = Decimal(high) if high is not None and high != amount else None
    return engine.Pay(Words("", ""), Decimal(amount), opening.pay_currency, period, upto)


def _words(opening: Opening, name: str) -> Words:
    return Words(getattr(opening, f"{name}_ko"), getattr(opening, f"{name}_en"))


def _day(moment: Any) -> Any:
    """The day in Korea."""
    return timezone.localtime(moment, timezone.get_default_timezone()).date()
