"""What others are shown of a person: levels in words and what they look for, under a name that means nothing elsewhere.

No links, no exact scores, no dates of results and no counts: nothing by which a public board would say who it is.
"""

import hashlib
import hmac
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.db.models import Exists, OuterRef, Subquery, prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dure.engines import evidence as engine
from dure.foundation import i18n
from dure.people import api as people
from dure.talent.models import Opening, Profile, SkillPosterior
from dure.talent.places import LANGUAGE_LEVELS, language_name, region_name
from dure.talent.profiles.computing import as_value

FIELDS: Final[Mapping[str, str | Promise]] = {
    "skills": _("My skills, each as a level in words"),
    "about": _("What I wrote about myself"),
    "kinds": _("Which kinds of openings I look for"),
    "regions": _("Where I can work"),
    "languages": _("My languages"),
    "availability": _("When I can, by month, and how many hours a week"),
}
KINDS: Final = {str(kind): kind.label for kind in Opening.Kind}


@dataclass(frozen=True, slots=True)
class ShownSkill:
    """A skill and the level that evidence shows, 1 to 4."""

    slug: str
    name: str
    level: int
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One other thing that is shown: a label and words."""

    field: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Card:
    """All of it. `pseudonym` is the same for one reader each time, and another one for every other reader."""

    pseudonym: str
    skills: tuple[ShownSkill, ...]
    lines: tuple[Line, ...]

    def only(self, fields: Collection[str]) -> "Card":
        """What is left of it with these fields alone."""
        skills = self.skills if "skills" in fields else ()
        return replace(self, skills=skills, lines=tuple(line for line in self.lines if line.field in fields))


def cards_of(fields_of: Mapping[Any, Collection[str]], *, reader: str) -> dict[int, Card]:
    """The cards of these people by their ids, each with the fields that are allowed; two queries at most.

    `reader` names the audience. Nothing is asked or written down here: pages of others go through `looking`.
    """
    prefetch_related_objects(list(fields_of), "talent_profile")
    skills = _skills({person.pk for person, fields in fields_of.items() if "skills" in fields})
    return {
        person.pk: Card(
            pseudonym(person, reader),
            tuple(skills.get(person.pk, ())),
            tuple(_lines(getattr(person, "talent_profile", None), fields)),
        )
        for person, fields in fields_of.items()
    }


def pseudonym(person: Any, reader: str) -> str:
    """Six characters that nobody can follow back or match with another reader's."""
    secret, text = settings.SECRET_KEY.encode(), f"talent-card {reader} {person.uid}"
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()[:6].upper()


def _skills(ids: Collection[int]) -> dict[int, list[ShownSkill]]:
    """Every skill that is shown at a level at all, the highest first."""
    levels = [(row, engine.shown_level(as_value(row))) for row in _named(ids)]
    shown = sorted((one for one in levels if one[1]), key=lambda one: -one[1])
    found: dict[int, list[ShownSkill]] = {}
    for row, level in shown:
        said = ShownSkill(row.skill, i18n.localized(row, "name"), level, str(people.LEVEL_NAMES[level]))
        found.setdefault(row.person_id, []).append(said)
    return found


def _named(ids: Collection[int]) -> Iterable[Any]:
    """Their skills that the catalogue has or had, each with its names."""
    skill = people.Skill.objects.filter(slug=OuterRef("skill"))
    names = {name: Subquery(skill.values(name)) for name in ("name_ko", "name_en")}
    rows = SkillPosterior.objects.filter(Exists(skill), person_id__in=ids)
    return rows.annotate(**names).order_by("skill")


def _lines(profile: Profile | None, fields: Collection[str]) -> Iterable[Line]:
    if profile is None:
        return
    for name, label, words in _said(profile):
        if name in fields and words:
            yield Line(name, label, words)


def _said(profile: Profile) -> list[tuple[str, str, str]]:
    """Each field with its label and words, in the reader's language."""
    remote = [gettext("Remote")] if profile.remote else []
    hours = (
        gettext("%(hours)s hours a week") % {"hours": profile.weekly_hours} if profile.weekly_hours else ""
    )
    return [
        ("about", gettext("About"), i18n.localized(profile, "about")),
        ("kinds", gettext("Looks for"), _joined(str(KINDS[one]) for one in profile.kinds if one in KINDS)),
        ("regions", gettext("Regions"), _joined([*map(region_name, profile.regions), *remote])),
        ("languages", gettext("Languages"), _joined(map(_language, profile.languages.items()))),
        ("availability", gettext("Available"), _joined(filter(None, [_months(profile), hours]))),
    ]


def _language(pair: tuple[str, int]) -> str:
    return f"{language_name(pair[0])} {LANGUAGE_LEVELS[pair[1]]}"


def _months(profile: Profile) -> str:
    first, last = _month(profile.available_from), _month(profile.available_until)
    return f"{first} – {last}".strip() if first or last else ""


def _month(day: date | None) -> str:
    return f"{day:%Y-%m}" if day else ""


def _joined(words: Iterable[str]) -> str:
    return ", ".join(words)
