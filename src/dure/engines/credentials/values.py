"""What a credential says, as values: who gives it, for what, to whom, with which results; and where its revocation would stand."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

# What a holder is called in a credential: one opaque name per person, no address and no number of any state.
HOLDER: Final = "urn:uuid:"


@dataclass(frozen=True, slots=True)
class Text:
    """Words in Korean and English; one of them may be empty."""

    ko: str
    en: str = ""

    def both(self, between: str) -> str:
        """Both languages in one text, as credentials carry it; what is the same or empty stands once."""
        return between.join(dict.fromkeys(part for part in (self.ko, self.en) if part))


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """A node of a catalogue of skills: its address is what makes it the same skill elsewhere. `code` is the catalogue's own."""

    name: Text
    url: str
    framework: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Something measured, as text. `key` tells it from the others of its achievement.

    `kind` is a ResultType of Open Badges 3.0, such as Percent or RawScore.
    """

    key: str
    name: Text
    value: str
    kind: str = "Percent"
    required: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """An address under which it can be seen what the holder did."""

    url: str
    name: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Who gives it: the address of its profile, its name, and its home page."""

    url: str
    name: str
    home: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Achievement:
    """What was achieved. `url` names it for ever; `kind` is an AchievementType of Open Badges 3.0; `criteria` is Markdown.

    `creator` is who set it up, where that is another than the issuer.
    """

    url: str
    name: Text
    description: Text
    criteria: Text
    skills: tuple[Skill, ...] = ()
    kind: str = "CertificateOfCompletion"
    creator: Issuer | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A credential's bit: `index` (from 0) in the status list published at `url`."""

    url: str
    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """One achievement given to one person.

    `url` is the credential's own address, `subject` the opaque name of the person (`HOLDER` and a UUID), `holder` what the person
    is called. Times have a zone.
    """

    url: str
    issuer: Issuer
    achievement: Achievement
    subject: str
    holder: Text
    awarded_at: datetime
    expires_at: datetime | None = None
    results: tuple[Result, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    place: Place
