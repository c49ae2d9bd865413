"""A lesson as its page draws it: blocks in the reader's language, each question with what its learner did, the lab's place."""

from dataclasses import dataclass
from functools import lru_cache, partial

from django.urls import reverse

from dure.engines import courses
from dure.learn.cohorts.due import NO_DATES, Deadlines, Due, deadlines_of, said
from dure.learn.models import CourseVersion, Enrolment
from dure.learn.queries.questions import Asking, Question, answers_of


@dataclass(frozen=True, slots=True)
class Part:
    """One block of the page."""

    block: courses.Block
    html: str = ""
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class Lesson:
    """A unit's page; `due` is its date for this learner."""

    unit: courses.Unit
    title: str
    parts: tuple[Part, ...]
    goals: tuple[str, ...]
    due: Due | None = None


def lesson(
    version: CourseVersion,
    unit: courses.Unit,
    enrolment: Enrolment | None,
    language: str,
    deadlines: Deadlines = NO_DATES,
) -> Lesson:
    """The unit in this language; one query for a learner's answers."""
    answers = answers_of(enrolment, unit)
    asking = _asking(version, unit, enrolment, language, deadlines)
    items = {item.id: item for item in unit.quiz}
    parts = tuple(
        Part(part.block, question=asking.question(items[name], answers.get(name, ())))
        if part.block.kind == "quiz" and (name := part.block.text) in items
        else part
        for part in _parts(version.pk, unit.id, language)
    )
    goals = tuple(goal.within(language) for goal in unit.goals)
    return Lesson(unit, unit.title.within(language), parts, goals, said(deadlines.dates.get(unit.id)))


def question(enrolment: Enrolment, item: str, language: str) -> Question | None:
    """One question as it stands now; None for one that the version does not have."""
    version = enrolment.version
    unit = next((unit for unit in version.taught.units if any(one.id == item for one in unit.quiz)), None)
    asked = version.taught.item(item)
    if unit is None or asked is None:
        return None
    asking = _asking(version, unit, enrolment, language, deadlines_of(enrolment))
    return asking.question(asked, answers_of(enrolment, unit).get(item, ()))


def _asking(
    version: CourseVersion,
    unit: courses.Unit,
    enrolment: Enrolment | None,
    language: str,
    deadlines: Deadlines,
) -> Asking:
    """Options stand in an order of each learner's own; those who only read answer nothing."""
    slug = version.course.slug
    return Asking(
        seed=str(enrolment.uid) if enrolment else "",
        may_answer=enrolment is not None and enrolment.state != "left",
        language=language,
        html=partial(_html, version, unit.id),
        url=lambda item: reverse("learn:answer", args=[slug, unit.id, item]),
        is_over=deadlines.is_over(unit.id),
        due_at=deadlines.dates.get(unit.id),
    )


@lru_cache(maxsize=256)
def _parts(version: int, unit: str, language: str) -> tuple[Part, ...]:
    """A version never changes, so each lesson is rendered once in a process."""
    row = CourseVersion.objects.select_related("course").get(pk=version)
    found = row.taught.unit(unit)
    blocks = found.lesson["ko" if language == "ko" else "en"] if found else ()
    return tuple(Part(block, _html(row, unit, block.text)) for block in blocks)


def _html(version: CourseVersion, unit: str, text: str) -> str:
    return _rendered(version.course.slug, version.number, unit, text)


@lru_cache(maxsize=4096)
def _rendered(slug: str, number: int, unit: str, text: str) -> str:
    """A text of a version as HTML: what never changes is rendered once in a process."""

    def figure(path: str) -> str:
        where = {"slug": slug, "number": number, "unit": unit, "name": path.removeprefix("figures/")}
        return reverse("learn:figure", kwargs=where)

    return courses.render(text, figure=figure)
