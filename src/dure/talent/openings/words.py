"""What a page says of an opening beside its own words."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.talent.places import LANGUAGE_LEVELS, language_name, region_name

PER: Final[Mapping[str, str | Promise]] = {
    "hour": gettext_lazy("an hour"),
    "day": gettext_lazy("a day"),
    "week": gettext_lazy("a week"),
    "month": gettext_lazy("a month"),
    "year": gettext_lazy("a year"),
    "once": gettext_lazy("once"),
}


def next_step(opening: Any, *, is_manager: bool) -> str:
    """What happens next, for who looks after it and for everybody else."""
    said = {
        "draft": _("Only your organisation sees it. Mend what is missing, then open it."),
        "open": _("At the deadline it closes by itself. Then you decide on who applied."),
        "closed": _("Decide on who applied, then say that the seats are filled, or take applications again."),
        "filled": _("Nothing more happens here unless you take applications again."),
        "withdrawn": _("Nothing more happens here."),
    }
    read = {
        "open": _(
            "At the deadline it closes. Then the organisation goes through the steps of the selection."
        ),
        "closed": _("The organisation goes through the steps of the selection with those who applied."),
        "filled": _("All seats are taken. Other openings are in the list."),
    }
    return (said if is_manager else read).get(opening.state, said["withdrawn"])


def regions_of(opening: Any) -> list[str]:
    """Where, in the reader's language."""
    return [region_name(code) for code in opening.regions]


def languages_of(opening: Any) -> list[str]:
    """Each language with the level that is asked for."""
    return [
        f"{language_name(code)} {LANGUAGE_LEVELS.get(level, '')}".strip()
        for code, level in opening.languages.items()
    ]


def steps_of(opening: Any, *, is_korean: bool) -> list[str]:
    """The steps of the selection in the reader's language, else in the one that there is."""
    first, second = ("ko", "en") if is_korean else ("en", "ko")
    return [step.get(first) or step.get(second, "") for step in opening.steps]


def pay_of(opening: Any) -> str:
    """What is paid, or an empty text where the opening does not say."""
    low, high = opening.pay_from, opening.pay_to
    if low is None and high is None:
        return ""
    numbers = " – ".join(f"{one:,}" for one in dict.fromkeys((low, high)) if one is not None)
    return _("%(numbers)s %(currency)s %(per)s") % {
        "numbers": numbers,
        "currency": opening.pay_currency,
        "per": PER.get(opening.pay_per, opening.pay_per),
    }
