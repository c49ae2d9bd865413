"""Skills that words name: an opening's own, or a need's. A person confirms each: nothing is asked for because a machine read it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from dure.engines import skills
from dure.foundation import audit
from dure.foundation.access import demand
from dure.people import api as people
from dure.talent.models import Opening
from dure.talent.openings import rules
from dure.talent.openings.passages import Passage, passage

FIELDS: Final = ("title_ko", "text_ko", "title_en", "text_en")
MOST_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Suggested:
    """A skill with the level and need that the words around it say.

    Where they say none, `level_said` is false and `is_must` true.
    """

    skill: people.Skill
    level: int
    level_said: bool
    is_must: bool
    places: tuple[Passage, ...]


def suggested(opening: Opening) -> list[Suggested]:
    """What the words name and the opening does not ask for yet, in the order of the text; two queries.

    What somebody dismissed comes back only when they ask for it.
    """
    asked = {*opening.requirements.values_list("skill", flat=True), *opening.dismissed}
    return named_in(_texts(opening), but=asked)


def named_in(texts: Iterable[str], *, but: Collection[str]) -> list[Suggested]:
    """What these texts name, in their order, without skills that are known already (`but`); one query."""
    found: dict[str, list[tuple[skills.Suggestion, str]]] = {}
    for text in texts:
        for one in skills.suggested(text):
            if one.slug not in but:
                found.setdefault(one.slug, []).append((one, text))
    known = people.skills_named(found)
    return [
        _joined(known[slug], read)
        for slug, read in found.items()
        if slug in known and not known[slug].is_retired
    ]


def dismissed(opening: Opening) -> list[people.Skill]:
    """What was dismissed and is not asked for, by name; two queries."""
    asked = set(opening.requirements.values_list("skill", flat=True))
    known = people.skills_named(set(opening.dismissed) - asked)
    return sorted(known.values(), key=lambda skill: skill.name)


@transaction.atomic
def dismiss(opening: Opening, skill: str, *, by: people.Person) -> None:
    """Suggest a skill no more; harmless when it is dismissed already or the text does not name it. Raises Denied."""
    demand(rules.may_edit(by, opening))
    locked = Opening.objects.select_for_update(of=("self",)).get(pk=opening.pk)
    if skill not in locked.dismissed and skill in _named(locked):
        _keep(locked, [*locked.dismissed, skill], by=by)


@transaction.atomic
def bring_back(opening: Opening, skill: str, *, by: people.Person) -> None:
    """Suggest it again; harmless when it was not dismissed. Raises Denied."""
    demand(rules.may_edit(by, opening))
    locked = Opening.objects.select_for_update(of=("self",)).get(pk=opening.pk)
    if skill in locked.dismissed:
        _keep(locked, [one for one in locked.dismissed if one != skill], by=by)


def _keep(opening: Opening, dismissed: list[str], *, by: people.Person) -> None:
    opening.dismissed = dismissed
    opening.save(update_fields=["dismissed"])
    audit.write(by=by, action="opening.suggestions_dismissed", obj=opening, detail={"dismissed": dismissed})


def _named(opening: Opening) -> set[str]:
    return {one.slug for text in _texts(opening) for one in skills.suggested(text)}


def _texts(opening: Opening) -> Iterator[str]:
    return (getattr(opening, name) for name in FIELDS)


def _joined(skill: people.Skill, read: list[tuple[skills.Suggestion, str]]) -> Suggested:
    """What both languages say of one skill: the highest level that was said, and needed where either says so."""
    said = [one.level for one, _text in read if one.level_said]
    needs = {one.need for one, _text in read}
    places = [passage(text, span) for one, text in read for span in one.places]
    return Suggested(
        skill=skill,
        level=max(said, default=read[0][0].level),
        level_said=bool(said),
        is_must="must" in needs or "nice" not in needs,
        places=tuple(places[:MOST_SHOWN]),
    )
