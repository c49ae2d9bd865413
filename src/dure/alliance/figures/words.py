"""Words of the figures, in both languages at once: what is published must be readable in either."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from dure.alliance.models import OrganisationFacts
from dure.engines.openings import REGIONS
from dure.foundation import i18n

UNKNOWN: Final = "unknown"
NONE: Final = "none"
ABROAD: Final = "abroad"
DIMENSIONS: Final = {
    "region": _("By region"),
    "size": _("By size of organisation"),
    "field": _("By field"),
}
SMALL_FIRMS: Final = "small_firms"
SMALL_FIRMS_LABEL: Final = _("Small and medium firms helped")
SMALL_FIRMS_DEFINITION: Final = _(
    "Firms noted as small or medium (startups among them) that in the year posted a need, saw one solved, "
    "used "
    "accelerator hours, hosted somebody who was placed, or took part in a joint project. Each firm counts once."
)
OTHERS: Final = {UNKNOWN: _("Not recorded"), NONE: _("Without an organisation"), ABROAD: _("Abroad")}
SIZES: Final = {**dict(OrganisationFacts.Size.choices), **OTHERS}


def both(made: Callable[[], Any]) -> dict[str, str]:
    """What a function says in Korean and in English."""
    found = {}
    for language in ("ko", "en"):
        with translation.override(language):
            found[language] = str(made())
    return found


def region_words(key: str) -> str:
    """A region in the active language."""
    if key in OTHERS:
        return str(OTHERS[key])
    words = REGIONS.get(key)
    return i18n.either(words.ko, words.en) if words else key


def plain(amount: Decimal) -> str:
    """A number as text that stays the same wherever it is written: without an exponent and noughts at its end."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(amount: str | None) -> str:
    """The same with its thousands set apart; a dash for none."""
    return "–" if amount is None else f"{Decimal(amount):,}"
