"""The content of a revision: as a value that code works with, and as the JSON that is hashed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements.articles import Article
from dure.alliance.agreements.canonical import tidy
from dure.alliance.agreements.payments import Payment, exact
from dure.engines.faults import Fault, Faulty
from dure.foundation import i18n

SCHEMA: Final = "dure-agreement-1"
LONGEST_NOTICE: Final = 730
LACKING: Final[Mapping[str, str | Promise]] = {
    "agreement_one_party": _("Name at least two parties."),
    "agreement_no_field": _("Choose at least one field of cooperation."),
    "agreement_no_articles": _("Write at least one article."),
    "agreement_not_in_ko": _("The Korean text decides, and its title or an article is missing."),
    "agreement_not_in_en": _("The English text decides, and its title or an article is missing."),
    "agreement_parties_moved": _("The parties have changed. Save the draft again."),
}
"""What a text can lack before it goes to the parties."""


@dataclass(frozen=True, slots=True)
class PartyNamed:
    """A party as it stands in the text: by the uid of its organisation and the names it had then."""

    organisation: str
    name_ko: str = ""
    name_en: str = ""

    @property
    def name(self) -> str:
        return i18n.localized(self, "name")


@dataclass(frozen=True, slots=True)
class Content:
    """All that the parties agree to. `amends` and `renews` are uids of agreements, or ""."""

    kind: str
    title_ko: str
    title_en: str
    authoritative: str
    cooperation: tuple[str, ...]
    effective_from: date
    effective_to: date | None
    notice_days: int = 30
    is_public: bool = False
    articles: tuple[Article, ...] = ()
    confidentiality_ko: str = ""
    confidentiality_en: str = ""
    ip_ko: str = ""
    ip_en: str = ""
    payments: tuple[Payment, ...] = ()
    parties: tuple[PartyNamed, ...] = ()
    amends: str = ""
    renews: str = ""

    @property
    def title(self) -> str:
        return i18n.localized(self, "title")

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages whose text decides."""
        return ("ko", "en") if self.authoritative == "both" else (self.authoritative,)

    def with_changes(self, **changed: Any) -> "Content":
        return replace(self, **changed)


def as_json(content: Content) -> dict[str, Any]:
    """What is kept and hashed."""
    said = asdict(content)
    said["payments"] = [
        {**asdict(one), "due_on": one.due_on.isoformat(), "amount": exact(one.amount, one.currency)}
        for one in content.payments
    ]
    said["cooperation"] = sorted(content.cooperation)
    said["effective_from"] = content.effective_from.isoformat()
    said["effective_to"] = content.effective_to.isoformat() if content.effective_to else None
    return {"schema": SCHEMA, **{name: _tidied(value) for name, value in said.items()}}


def _tidied(value: Any) -> Any:
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, Mapping):
        return {key: _tidied(item) for key, item in value.items()}
    return [_tidied(item) for item in value] if isinstance(value, list | tuple) else value


def of_json(said: Mapping[str, Any]) -> Content:
    """The value again."""
    plain = {name: value for name, value in said.items() if name != "schema"}
    until = plain["effective_to"]
    payments = [
        Payment(**{**one, "due_on": date.fromisoformat(one["due_on"]), "amount": Decimal(one["amount"])})
        for one in plain["payments"]
    ]
    return Content(
        **{
            **plain,
            "cooperation": tuple(plain["cooperation"]),
            "effective_from": date.fromisoformat(plain["effective_from"]),
            "effective_to": date.fromisoformat(until) if until else None,
            "articles": tuple(Article(**one) for one in plain["articles"]),
            "payments": tuple(payments),
            "parties": tuple(PartyNamed(**one) for one in plain["parties"]),
        }
    )


def check(content: Content) -> None:
    """Raise Faulty where a draft cannot even be kept like this; what it still lacks is asked when it is circulated."""
    faults = []
    if content.effective_to and content.effective_to < content.effective_from:
        faults.append(Fault("agreement_ends_first", place="effective_to"))
    if not content.title_ko and not content.title_en:
        faults.append(Fault("agreement_no_title", place="title_ko"))
    known = {party.organisation for party in content.parties}
    if any(one.payer not in known or one.payee not in known for one in content.payments):
        faults.append(Fault("payment_of_no_party", place="parties"))
    if faults:
        raise Faulty(faults)


def lacks(content: Content) -> list[str]:
    """Codes of what a text still lacks before it can go to the parties."""
    found = []
    if len(content.parties) < 2:
        found.append("agreement_one_party")
    if not content.cooperation:
        found.append("agreement_no_field")
    if not content.articles:
        found.append("agreement_no_articles")
    for language in content.languages:
        whole = all(getattr(one, f"text_{language}") for one in content.articles)
        if not getattr(content, f"title_{language}") or not whole:
            found.append(f"agreement_not_in_{language}")
    return found
