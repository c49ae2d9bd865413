"""What the caller can do now, over REST. Nobody else's."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from dure.foundation.pages import signed_in
from dure.foundation.rest import ERRORS
from dure.learn.skills.evidence import Fact, Kind
from dure.learn.skills.queries import Line, abilities_of
from dure.learn.skills.words import detail

router = Router(tags=["learn"])


class SkillFactOut(Schema):
    """A dated fact; `shows` is the level that evidence of its kind may show of the level that its course claims."""

    kind: Kind
    title: str
    url: str
    at: datetime
    level: int
    shows: int
    detail: str


class SkillTeachesOut(Schema):
    """An open course, and the level to which it brings one."""

    course: str
    level: int


class SkillShownOut(Schema):
    """A skill at the level that evidence shows (0: none yet); the rest is about the level above, in the caller's language."""

    skill: str
    name: str
    level: int
    facts: list[SkillFactOut]
    next_level: int | None
    criteria: list[str]
    teaches: list[SkillTeachesOut]


class SkillsShownOut(Schema):
    """`begun` are skills of courses in the middle of which the caller is, with nothing to show yet."""

    shown: list[SkillShownOut]
    begun: list[SkillShownOut]


@router.get("/me/skills", response={200: SkillsShownOut, **ERRORS}, summary="What you can do now")
def my_skills(request: HttpRequest) -> Any:
    """Levels come from graded labs, credentials, recognised certificates and challenge results, and from nothing else."""
    found = abilities_of(signed_in(request))
    return {"shown": [_line(one) for one in found.shown], "begun": [_line(one) for one in found.begun]}


def _line(line: Line) -> dict[str, Any]:
    return {
        "skill": line.skill.slug,
        "name": line.skill.name,
        "level": line.shown.level,
        "facts": [_fact(one) for one in line.shown.facts],
        "next_level": line.shown.next_level,
        "criteria": line.criteria,
        "teaches": [{"course": one.course.slug, "level": one.level} for one in line.teaches],
    }


def _fact(fact: Fact) -> dict[str, Any]:
    names = ("kind", "title", "url", "at", "level", "shows")
    return {name: getattr(fact, name) for name in names} | {"detail": detail(fact.kind, fact.figures)}
