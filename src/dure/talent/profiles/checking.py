"""What may not stand in a person's own words: what hiring law keeps out, and what would say who they are."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from dure.engines import hiring
from dure.engines.faults import Fault, Faulty
from dure.foundation.faults import register_sentences

REFUSED: Final = frozenset({"resident_number", "account", "phone", "mail", "link"})
"""Never stored. The others may be mistaken, so a person may say that they mean something else."""
_LINK: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_SHOWN: Final = 40
SENTENCES: Final = {
    "talent_text_link": _(
        "“%(value)s”: A link says who you are. Remove it: until you accept, you are shown without a name."
    ),
    "talent_text_name": _(
        "“%(value)s”: This looks like your name. Until you accept, you are shown without it: leave it out."
    ),
    "talent_text_confirm": _("Change the words, or say below that they mean something else."),
} | {
    f"talent_text_{kind}": format_lazy("“%(value)s”: {warning}", warning=_(sentence))
    for kind, sentence in hiring.WARNINGS.items()
}


def register() -> None:
    """Make every code speak; called once when the app is ready."""
    register_sentences(SENTENCES)


def demand_clean(texts: Mapping[str, str], *, confirmed: bool, names: tuple[str, ...] = ()) -> None:
    """Raise Faulty with all that is against these texts, each by its place.

    What is not `REFUSED` passes once its writer has confirmed that it means something else. `names` are the writer's own.
    """
    found = [fault for place, text in texts.items() for fault in _against(text, place, names)]
    kept = [fault for fault in found if not (confirmed and may_be_confirmed(fault))]
    if kept:
        raise Faulty(kept)


def may_be_confirmed(fault: Fault) -> bool:
    """Whether the writer can say that the words mean something else."""
    return fault.code.removeprefix("talent_text_") not in REFUSED


def _against(text: str, place: str, names: tuple[str, ...]) -> Iterator[Fault]:
    for one in hiring.checked_text(text, side="applicant"):
        yield _fault(one.kind, text[slice(*one.span)], place)
    for link in _LINK.findall(text):
        yield _fault("link", link, place)
    for name in names:
        if name.strip() and name.casefold() in text.casefold():
            yield _fault("name", name, place)


def _fault(kind: str, words: str, place: str) -> Fault:
    return Fault(f"talent_text_{kind}", {"value": words[:_SHOWN]}, place=place)
