"""Skills over REST."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from dure.engines.skills import LEVELS
from dure.foundation.rest import ERRORS, PageOut, page_out
from dure.people import queries_skills
from dure.people.models import Skill

router = Router(tags=["people"])


class CriterionOut(Schema):
    ko: str
    en: str


class SkillNeedOut(Schema):
    """Another skill, and the level at which it is needed."""

    slug: str
    level: int


class SkillOut(Schema):
    """`levels` are those from 1 to 4, each with what one can be seen to do; `esco` and `ncs_code` are empty where there is none."""

    slug: str
    area: str
    name_ko: str
    name_en: str
    about_ko: str
    about_en: str
    levels: dict[int, list[CriterionOut]]
    needs: list[SkillNeedOut]
    needed_by: list[SkillNeedOut]
    esco: str
    ncs_code: str
    is_retired: bool


def skill_out(skill: Skill) -> dict[str, Any]:
    """A skill with the neighbours that `queries_skills.with_neighbours` has loaded."""
    return {
        "slug": skill.slug,
        "area": skill.area,
        "name_ko": skill.name_ko,
        "name_en": skill.name_en,
        "about_ko": skill.about_ko,
        "about_en": skill.about_en,
        "levels": dict(zip(LEVELS, skill.levels, strict=True)),
        "needs": [{"slug": tie.needed.slug, "level": tie.level} for tie in skill.rests_on.all()],
        "needed_by": [{"slug": tie.skill.slug, "level": tie.level} for tie in skill.opens.all()],
        "esco": skill.esco,
        "ncs_code": skill.ncs_code,
        "is_retired": skill.is_retired,
    }


@router.get("/skills", response={200: PageOut[SkillOut], **ERRORS})
def list_skills(
    request: HttpRequest,
    q: str = "",
    area: str = "",
    page: int = 1,  # noqa: ARG001 - page_out reads it from the query
) -> Any:
    """The skill catalogue, for everybody, in its order."""
    rows = queries_skills.skills(words=q, area=area)
    return page_out(request, queries_skills.with_neighbours(rows), skill_out)


@router.get("/skills/{slug:slug}", response={200: SkillOut, **ERRORS})
def get_skill(request: HttpRequest, slug: str) -> Any:  # noqa: ARG001 - ninja hands it in
    return skill_out(queries_skills.skill_page(slug))
