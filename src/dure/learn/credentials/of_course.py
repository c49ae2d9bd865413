"""The credential of a course: what its version says of its badge, and how its learner stood when the course was done."""

from collections.abc import Iterator, Mapping

from dure.engines.credentials import Result, Skill, Text
from dure.learn import telling
from dure.learn.cohorts import due
from dure.learn.credentials import issuing
from dure.learn.credentials.earned import Earned
from dure.learn.models import Credential, Enrolment
from dure.people import api as people


def award_course(enrolment: Enrolment) -> Credential:
    """Give the learner of a completed enrolment the badge of the course; again is the same credential (see `issuing.award`).

    It is dated by the completion. Asked for anew after points changed, it is signed anew: files downloaded before are then revoked.
    """
    return issuing.award(
        person=enrolment.person,
        earned=earned_in(enrolment),
        course=enrolment.course,
        at=enrolment.completed_at,
    )


def earned_in(enrolment: Enrolment) -> Earned:
    """What an enrolment's version and standing say, as values."""
    taught, course, home = enrolment.version.taught, enrolment.course, enrolment.course.organisation
    page = f"/courses/{course.slug}"
    return Earned(
        badge=f"course/{course.slug}",
        page=page,
        name=Text(taught.badge.name.ko, taught.badge.name.en),
        description=Text(taught.summary.ko, taught.summary.en),
        criteria=Text(taught.badge.criteria.ko, taught.badge.criteria.en),
        creator=(Text(home.name_ko, home.name_en).both(" · "), f"/organisations/{home.slug}"),
        skills=tuple(_skills(taught.skills.gains)),
        results=tuple(_results(enrolment)),
    )


def _results(enrolment: Enrolment) -> Iterator[Result]:
    """Percentages of the points of labs and quizzes, as far as the course has any that it asks for.

    That of the quizzes is left out while some of them wait for their date: it would tell who is right.
    """
    standing, asked = enrolment.standing, enrolment.version.taught.passing
    told = telling.all_told(enrolment, due.deadlines_of(enrolment))
    for key, name in (("labs", Text("실습", "Labs")), ("quizzes", Text("퀴즈", "Quizzes"))):
        if (required := getattr(asked, key)) and (told or key == "labs"):
            value = f"{getattr(standing, key):.0f}"
            yield Result(key=key, name=name, value=value, required=f"{required:g}")


def _skills(gained: Mapping[str, int]) -> Iterator[Skill]:
    """Each skill under our own address, and under ESCO's and the national standard's where the catalogue knows them."""
    for skill in people.skills_named(gained).values():
        name, page = Text(skill.name_ko, skill.name_en), skill.get_absolute_url()
        yield Skill(name=name, url=page, framework="Dure", code=skill.slug)
        if skill.esco:
            yield Skill(name=name, url=skill.esco, framework="ESCO")
        if skill.ncs_code:
            yield Skill(name=name, url=page, framework="NCS", code=skill.ncs_code)
