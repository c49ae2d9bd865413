"""What a need's owner looks for in a team: skills with levels, a size and how sure the whole should be."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from dure.engines import teams as engine
from dure.foundation import audit, clock
from dure.foundation.access import demand
from dure.foundation.faults import Fault, Faulty
from dure.people import api as people
from dure.problems import api as problems
from dure.talent.models import TeamNeed, TeamSkill
from dure.talent.openings.suggesting import Suggested, named_in
from dure.talent.teams import rules

MOST: Final = 12
TARGETS: Final = (50, 60, 70, 80, 90)
FIELDS: Final = tuple(
    f"{name}_{code}" for name in ("title", "summary", "hurts", "data", "worth") for code in ("ko", "en")
)


@dataclass(frozen=True, slots=True)
class Sought:
    """A skill of the catalogue with the level that somebody should have."""

    skill: people.Skill
    level: int


def need_of(problem: problems.Problem) -> TeamNeed | None:
    """What was stated for this need, or None; one query."""
    return TeamNeed.objects.filter(problem=problem).first()


def sought(need: TeamNeed | None) -> list[Sought]:
    """The stated skills with their names; two queries."""
    return named(list(need.skills.values_list("skill", "level"))) if need else []


def named(pairs: Sequence[Sequence[Any]]) -> list[Sought]:
    """Pairs of slug and level with the skills of the catalogue; one query."""
    skills = people.skills_named({slug for slug, _level in pairs})
    return [Sought(skills[slug], level) for slug, level in pairs if slug in skills]


def suggested(problem: problems.Problem, known: Sequence[Sought]) -> list[Suggested]:
    """What the need's own words name and nobody has confirmed yet; one query."""
    texts = (getattr(problem, name) for name in FIELDS)
    return named_in(texts, but={one.skill.slug for one in known})


@transaction.atomic
def put(problem: problems.Problem, skill: str, level: int, *, by: people.Person) -> None:
    """Look for one skill, or for another level of it. Raises Denied, Faulty."""
    need = _locked(problem, by)
    _check([*need.skills.exclude(skill=skill).values_list("skill", "level"), (skill, level)])
    need.skills.update_or_create(skill=skill, defaults={"level": level})
    _note(need, by)


@transaction.atomic
def remove(problem: problems.Problem, skill: str, *, by: people.Person) -> None:
    """Look for it no longer; harmless when nobody did. Raises Denied."""
    need = _locked(problem, by)
    need.skills.filter(skill=skill).delete()
    _note(need, by)


@transaction.atomic
def size(problem: problems.Problem, *, least: int, most: int, target: int, by: people.Person) -> None:
    """Say how large the team may be, and how sure the whole should be. Raises Denied, Faulty."""
    need = _locked(problem, by)
    _check_size(least, most, target)
    need.least, need.most, need.target = least, most, target
    _note(need, by)


@transaction.atomic
def state(
    problem: problems.Problem, skills: Sequence[tuple[str, int]], *, by: people.Person, **sizes: int
) -> None:
    """All of it at once. Raises Denied, and Faulty with everything that is wrong with the skills."""
    need = _locked(problem, by)
    _check(skills)
    size(problem, by=by, **sizes)
    need.skills.all().delete()
    TeamSkill.objects.bulk_create(TeamSkill(need=need, skill=slug, level=level) for slug, level in skills)


def _locked(problem: problems.Problem, by: people.Person) -> TeamNeed:
    demand(rules.may_seek(by, problem))
    TeamNeed.objects.get_or_create(problem=problem, defaults={"made_by": by})
    return TeamNeed.objects.select_for_update(of=("self",)).get(problem=problem)


def _note(need: TeamNeed, by: people.Person) -> None:
    need.made_by, need.changed_at = by, clock.now()
    need.save()
    detail = {"least": need.least, "most": need.most, "target": need.target}
    levels = dict(need.skills.values_list("skill", "level"))
    audit.write(by=by, action="team_need.stated", obj=need.problem, detail=detail | {"skills": levels})


def _check(wanted: Sequence[tuple[str, int]]) -> None:
    faults = list(_faults(wanted, people.skills_named({slug for slug, _level in wanted})))
    if faults:
        raise Faulty(faults)


def _faults(wanted: Sequence[tuple[str, int]], known: Mapping[str, Any]) -> Iterator[Fault]:
    if len(wanted) > MOST:
        yield Fault("team_too_many_skills", {"limit": MOST}, place="skill")
    for slug, count in Counter(slug for slug, _level in wanted).items():
        if slug not in known or known[slug].is_retired:
            yield Fault("team_skill_unknown", {"value": slug[:60]}, place="skill")
        if count > 1:
            yield Fault("team_skill_twice", {"value": slug[:60]}, place="skill")
    if not all(level in people.LEVEL_NAMES for _slug, level in wanted):
        yield Fault("team_skill_level", place="level")


def _check_size(least: int, most: int, target: int) -> None:
    faults = []
    if not 1 <= least <= most <= engine.LARGEST:
        faults.append(Fault("team_sizes", {"limit": engine.LARGEST}, place="most"))
    if target not in TARGETS:
        faults.append(Fault("team_target", place="target"))
    if faults:
        raise Faulty(faults)
