"""Collecting the facts about a person's skills: labs, credentials and challenge results, in a fixed number of queries."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max, Q
from django.urls import reverse

from dure.engines import courses
from dure.foundation import clock
from dure.learn.models import Course, CourseVersion, Credential, Enrolment, LearningEvent, Recognition
from dure.learn.models.course import taught_of
from dure.learn.partners.queries import recognised
from dure.learn.skills.evidence import MOST, Fact, lab_counts
from dure.people import api as people
from dure.problems import api as problems

MOST_RESULTS = 50


def skill_facts(person: people.Person) -> list[Fact]:
    """Everything that shows a level of a skill of this person, for themselves; a fixed number of queries."""
    return facts_of(person, enrolments_of(person))


def facts_of(person: people.Person, taken: Sequence[Enrolment]) -> list[Fact]:
    """The same where the enrolments are known; `taken` as `enrolments_of` gives it."""
    taught = taught_of({one.version_id for one in taken})
    return [
        *_labs(taken, taught),
        *_credentials(person, {one.course_id: taught[one.version_id] for one in taken}),
        *_results(person, [one.version_id for one in taken]),
        *_recognised(person),
    ]


def enrolments_of(person: people.Person) -> list[Enrolment]:
    """Every course that the person began, also those that were left: what was shown stays."""
    rows = Enrolment.objects.filter(person=person).select_related("course", "standing", "version")
    return list(rows.defer("version__content", "version__findings"))


def _labs(taken: Sequence[Enrolment], taught: Mapping[int, courses.Course]) -> Iterator[Fact]:
    graded = _graded_at(taken)
    for enrolment in taken:
        for unit in taught[enrolment.version_id].units:
            stands = enrolment.standing.items.get(f"lab/{unit.id}")
            if unit.lab and stands and lab_counts(stands["points"], stands["of"]):
                yield from _of_lab(
                    enrolment,
                    unit,
                    stands,
                    graded.get((enrolment.pk, f"lab/{unit.id}"), enrolment.started_at),
                )


def _of_lab(
    enrolment: Enrolment, unit: courses.Unit, stands: Mapping[str, Any], at: datetime
) -> Iterator[Fact]:
    assert unit.lab is not None  # noqa: S101 - the caller looked
    course, title = enrolment.course, unit.lab.title
    figures = {"points": stands["points"], "of": stands["of"], "version": enrolment.version.number}
    for skill, level in unit.lab.skills.items():
        yield Fact(
            skill=skill,
            level=level,
            kind="lab",
            title_ko=f"{course.title_ko or course.title_en} · {title.within('ko')}",
            title_en=f"{course.title_en or course.title_ko} · {title.within('en')}",
            url=reverse("learn:results", args=[course.slug, unit.id]),
            at=at,
            origin=_of_course(course.pk),
            figures=figures,
        )


def _graded_at(taken: Sequence[Enrolment]) -> dict[tuple[int, str], datetime]:
    """When each lab was last graded."""
    rows = LearningEvent.objects.filter(enrolment__in=[one.pk for one in taken], verb="graded").order_by()
    latest = rows.values_list("enrolment_id", "object").annotate(last=Max("at"))
    return {(enrolment, about): at for enrolment, about, at in latest}


def _credentials(person: people.Person, taught: Mapping[int, courses.Course]) -> Iterator[Fact]:
    """Those in force. The skills of a course's are those that the learned version gains; others name skills without a level."""
    in_force = Q(expires_at=None) | Q(expires_at__gt=clock.now())
    for one in Credential.objects.filter(in_force, person=person, state="standing"):
        course = taught.get(one.course_id or 0)
        named = [skill["code"] for skill in one.content["skills"] if skill["framework"] == "Dure"]
        for skill, level in (course.skills.gains if course else dict.fromkeys(named, 1)).items():
            yield Fact(
                skill=skill,
                level=level,
                kind="credential",
                title_ko=one.name_ko,
                title_en=one.name_en,
                url=reverse("learn:badge", args=[one.uid]),
                at=one.awarded_at,
                origin=_of_course(one.course_id) if one.course_id else f"badge:{one.badge}",
            )


def _results(person: people.Person, versions: Iterable[int]) -> Iterator[Fact]:
    """Results of challenges: they show what the host said, and what a course is about that ends there."""
    records = list(problems.results_of(person, reader=person)[:MOST_RESULTS])
    if not records:
        return
    tied = _ending_in({record.challenge.slug for record in records}, person, versions)
    spreads = problems.spreads({record.challenge_id for record in records})
    for record in records:
        for skill, level in _shown_by(record.challenge, tied).items():
            problem = record.challenge.problem
            yield Fact(
                skill=skill,
                level=level,
                kind="reproduced" if record.reproduced else "challenge",
                title_ko=problem.title_ko or problem.title_en,
                title_en=problem.title_en or problem.title_ko,
                url=f"/challenges/{record.challenge.slug}/leaderboard",
                at=record.created_at,
                origin=f"challenge:{record.challenge_id}",
                figures=_placed(record, spreads[record.challenge_id]),
            )


def _shown_by(challenge: problems.Challenge, tied: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """The host's skills at the level that a place on a board shows at most, and those of courses where they say more."""
    levels = dict.fromkeys(challenge.skills, MOST["challenge"])
    for skill, level in tied.get(challenge.slug, {}).items():
        levels[skill] = max(level, levels.get(skill, 0))
    return levels


def _placed(record: problems.ResultRecord, spread: tuple[float, float]) -> dict[str, Any]:
    """The score and the rank with their intervals, and between which scores the results of the challenge lie."""
    names = ("metric", "score", "low", "high", "rank", "rank_low", "rank_high", "teams")
    return {name: getattr(record, name) for name in names} | {"lowest": spread[0], "highest": spread[1]}


def _recognised(person: people.Person) -> Iterator[Fact]:
    """Foreign certificates that count, with the skills as they were recognised."""
    for row in recognised(person):
        for skill, level in row.skills.items():
            yield Fact(
                skill=skill,
                level=level,
                kind="recognised",
                title_ko=row.course.title_ko or row.course.title_en,
                title_en=row.course.title_en or row.course.title_ko,
                url=reverse("learn:recognition", args=[row.uid]),
                at=row.decided_at or row.handed_in_at,
                origin=f"partner-course:{row.course_id}",
                figures=_recognised_by(row),
            )


def _recognised_by(row: Recognition) -> dict[str, str]:
    if row.state == "verified" or row.decided_by is None:
        return {"way": row.state, "by_ko": row.issuer_name, "by_en": row.issuer_name}
    by = row.decided_by
    return {"way": row.state, "by_ko": by.name_ko or by.name_en, "by_en": by.name_en or by.name_ko}


def _ending_in(
    challenges: set[str], person: people.Person, versions: Iterable[int]
) -> dict[str, dict[str, int]]:
    """For each challenge the skills of the courses that end in it, each at the highest level that one of them gains."""
    ends = Q()
    for slug in challenges:
        ends |= Q(content__units__contains=[{"challenge": slug}])
    offered = Course.objects.visible_to(person).filter(state="open").values("current_id")
    known = CourseVersion.objects.filter(ends, Q(pk__in=list(versions)) | Q(pk__in=offered))
    found: dict[str, dict[str, int]] = {}
    for units, gains in known.values_list("content__units", "content__skills__gains"):
        for slug in challenges & {unit["challenge"] for unit in units}:
            levels = found.setdefault(slug, {})
            levels.update({skill: max(level, levels.get(skill, 0)) for skill, level in gains.items()})
    return found


def _of_course(number: int) -> str:
    return f"course:{number}"
