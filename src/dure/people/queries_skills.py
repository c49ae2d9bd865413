"""Reads of skills for pages and API, each a fixed number of queries."""

from collections.abc import Collection

from django.db.models import Prefetch, QuerySet

from dure.foundation import search
from dure.foundation.access import Hidden
from dure.people.models import Skill, SkillNeed


def skills(*, words: str = "", area: str = "") -> QuerySet[Skill]:
    """Skills that can be chosen, narrowed by words (search index) and area, in the order of the catalogue."""
    rows = Skill.objects.in_force()
    if words.strip():
        rows = rows.filter(uid__in=search.matching(words, kind="skill").values("uid"))
    return rows.filter(area=area) if area else rows


def with_neighbours(rows: QuerySet[Skill]) -> QuerySet[Skill]:
    """The same, each with what it rests on and what it opens."""
    ties = SkillNeed.objects.select_related("needed", "skill").filter(skill__is_retired=False)
    return rows.prefetch_related(Prefetch("rests_on", ties), Prefetch("opens", ties))


def skill_page(slug: str) -> Skill:
    """A skill with its neighbours, a retired one too: its page says so. Raises Hidden."""
    found = with_neighbours(Skill.objects.filter(slug=slug)).first()
    if found is None:
        raise Hidden(slug)
    return found


def skill_named(slug: str) -> Skill:
    """The skill of this slug that can be chosen. Raises Hidden."""
    found = Skill.objects.in_force().filter(slug=slug).first()
    if found is None:
        raise Hidden(slug)
    return found


def skills_to_choose() -> QuerySet[Skill]:
    """All that can be chosen, in the order of the catalogue."""
    return Skill.objects.in_force()


def skills_named(slugs: Collection[str]) -> dict[str, Skill]:
    """Those of these slugs that the catalogue has or had, by slug, in its order; one query."""
    return {row.slug: row for row in Skill.objects.filter(slug__in=slugs)}
