"""What an organisation reads of an applicant: exactly the parts that the person shares, read anew at each look."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dure.foundation import clock
from dure.people import api as people
from dure.talent.applications.rules import speaks_for
from dure.talent.applications.visibility import OPEN
from dure.talent.models import AccessEntry, Application, Opening
from dure.talent.profiles import cards as profiles

FIELDS: Final = {name: words for name, words in profiles.FIELDS.items() if name != "kinds"}
"""What can be shared: which kinds of openings somebody looks for elsewhere is nobody's business here."""

PURPOSE: Final = "application"


@dataclass(frozen=True, slots=True)
class Shown:
    """Of one skill that the opening asks for: the level it needs, and the level that evidence shows (None: nothing shown)."""

    skill: Any
    needed: int
    is_must: bool
    level: int | None


@dataclass(frozen=True, slots=True)
class Card:
    """All that the organisation reads of a person beside what they wrote: no links, scores or dates by which one could be found."""

    lines: tuple[profiles.Line, ...]
    skills: tuple[Shown, ...]


def card_of(application: Application) -> Card:
    """The card of an application while it stands; nothing once it is over. Five queries."""
    stands = application.state in (*OPEN, "accepted")
    fields = application.shared if stands else []
    return preview(application.person, application.opening, fields)


def preview(person: Any, opening: Opening, fields: Sequence[str]) -> Card:
    """The same before anything is handed in. Of skills, only those that the opening asks for."""
    found = profiles.cards_of({person: fields}, reader=f"{PURPOSE} {opening.uid}")[person.pk]
    levels = {one.slug: one.level for one in found.skills}
    return Card(found.lines, tuple(_asked_for(opening, levels)))


def _asked_for(opening: Opening, levels: dict[str, int]) -> Iterable[Shown]:
    wanted = list(opening.requirements.all())
    named = people.skills_named([one.skill for one in wanted])
    for one in wanted:
        if one.skill in named:
            yield Shown(named[one.skill], one.level, one.is_must, levels.get(one.skill))


def names_of(slugs: Iterable[str]) -> dict[str, str]:
    """Skills in the reader's language; what the catalogue no longer has keeps its slug."""
    known = people.skills_named(list(slugs))
    return {slug: known[slug].name if slug in known else slug for slug in slugs}


def note_look(application: Application, *, by: Any) -> None:
    """Write down for the applicant who looked, once a day for the same; they read it in their access log.

    The secretariat looks for no organisation.
    """
    opening = application.opening
    look: dict[str, Any] = {
        "person_id": application.person_id,
        "by_id": by.pk,
        "organisation_id": opening.organisation_id if speaks_for(by, opening) else None,
        "purpose": PURPOSE,
        "what": f"{opening.title_ko} / {opening.title_en}"[:200],
    }
    if not AccessEntry.objects.filter(at__date=clock.today(), **look).exists():
        AccessEntry.objects.create(at=clock.now(), **look)
