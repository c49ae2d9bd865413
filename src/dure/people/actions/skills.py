"""The catalogue of skills as rows: in step with the packaged files, and codes of the national standards."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from django.db import transaction

from dure.engines import skills as engine
from dure.foundation import audit, search
from dure.foundation.access import Actor, demand
from dure.people import rules
from dure.people.index import skill_entry
from dure.people.models import Skill, SkillNeed

FIELDS: Final = (
    "area",
    "position",
    "name_ko",
    "name_en",
    "about_ko",
    "about_en",
    "levels",
    "esco",
    "is_retired",
)


def ensure_skills(**_signal: Any) -> None:
    """Bring the rows in step with the packaged catalogue; changes nothing where they are."""
    keep_in_step(engine.packaged())


@transaction.atomic
def keep_in_step(catalogue: engine.Catalogue) -> list[Skill]:
    """Make, change and retire rows until they say what the catalogue says; gives back those that were touched."""
    rows = {row.slug: row for row in Skill.objects.all()}
    wanted = {slug: _values(skill, at) for at, (slug, skill) in enumerate(catalogue.skills.items())}
    touched = [_filled(rows.get(slug) or Skill(slug=slug), values) for slug, values in wanted.items()]
    touched += [_filled(row, {"is_retired": True}) for slug, row in rows.items() if slug not in wanted]
    changed = [row for row in touched if row is not None]
    Skill.objects.bulk_update([row for row in changed if row.pk], FIELDS)
    Skill.objects.bulk_create([row for row in changed if not row.pk])
    search.put_all(skill_entry(row) for row in changed)
    _tie({row.slug: row.pk for row in Skill.objects.in_force()}, catalogue)
    return changed


def _values(skill: engine.Skill, position: int) -> dict[str, Any]:
    return {
        "area": skill.area,
        "position": position,
        "name_ko": skill.name.ko,
        "name_en": skill.name.en,
        "about_ko": skill.about.ko,
        "about_en": skill.about.en,
        "levels": [[asdict(words) for words in level] for level in skill.levels],
        "esco": skill.esco,
        "is_retired": False,
    }


def _filled(row: Skill, values: Mapping[str, Any]) -> Skill | None:
    """The row with its values; None for one that had them all."""
    if row.pk and all(getattr(row, name) == value for name, value in values.items()):
        return None
    for name, value in values.items():
        setattr(row, name, value)
    return row


def _tie(ids: Mapping[str, int], catalogue: engine.Catalogue) -> None:
    wanted = {
        (ids[slug], ids[need]): level
        for slug, skill in catalogue.skills.items()
        for need, level in skill.needs.items()
    }
    there = {(tie.skill_id, tie.needed_id): tie for tie in SkillNeed.objects.all()}
    gone = [tie.pk for ends, tie in there.items() if wanted.get(ends) != tie.level]
    SkillNeed.objects.filter(pk__in=gone).delete()
    fresh = [ends for ends, level in wanted.items() if ends not in there or there[ends].level != level]
    SkillNeed.objects.bulk_create(
        SkillNeed(skill_id=ends[0], needed_id=ends[1], level=wanted[ends]) for ends in fresh
    )


@transaction.atomic
def set_ncs_codes(codes: Mapping[str, str], *, by: Actor) -> dict[str, str]:
    """Give skills their codes of the national standards, by slug; gives back those that changed. Raises Denied."""
    demand(rules.only_secretariat(by))
    rows = Skill.objects.select_for_update().filter(slug__in=codes)
    changed = {row.slug: row for row in rows if row.ncs_code != codes[row.slug]}
    for slug, row in changed.items():
        row.ncs_code = codes[slug]
    Skill.objects.bulk_update(changed.values(), ["ncs_code"])
    told = {slug: row.ncs_code for slug, row in changed.items()}
    if told:
        audit.write(by=by, action="skills.ncs_codes", detail=told)
    return told
