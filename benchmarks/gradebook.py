"""The gradebook of a thousand learners and a hundred items: at most 12 queries, the same as for ten, and nearly as quick.

The course has ten units of nine questions and a lab. Its gradebook is looked at in this process through the whole middleware with
10, 50 and 1,000 learners, each with a standing that holds up to a hundred items: by name, by what is done, filtered by a unit, and
those at risk alone. A page shows fifty learners, so the figure is the CPU of a page among a thousand against the same page among
fifty; the slowest of them counts. Queries above 12, or more of them with more learners, fail the benchmark outright.
"""

import random
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.harness import Result, report
from benchmarks.looking import QUERIES, analyse, get, measure
from benchmarks.stage import stage

UNITS, QUESTIONS = 10, 9
FEW, A_PAGE, MANY = 10, 50, 1000
LIMIT = 3.0
UNIT_IDS = tuple(f"{at:02}-unit" for at in range(1, UNITS + 1))
ITEMS = tuple(
    name
    for unit in UNIT_IDS
    for name in (*(f"quiz/{unit[:2]}-question-{at}" for at in range(QUESTIONS)), f"lab/{unit}")
)
VIEWS = ("", "?sort=-done", "?sort=last", f"?unit={UNIT_IDS[4]}&state=begun", "?at_risk=1")
ASK = '{ko: "얼마인가요?", en: "How much?"}'


def run() -> Result:
    with stage(), tempfile.TemporaryDirectory(prefix="dure-bench-gradebook-") as root:
        course = _course(Path(root))
        found = [_measured(course, learners) for learners in (FEW, A_PAGE, MANY)]
    few, page, many = found
    queries = {view: [one[view][0] for one in found] for view in VIEWS}
    assert all(len(set(counts)) == 1 and max(counts) <= QUERIES for counts in queries.values()), queries
    notes = [
        f"{view or 'by name':28} {many[view][0]:3} queries, CPU {few[view][1] * 1e3:6.2f} ms with {FEW}, "
        f"{page[view][1] * 1e3:6.2f} with {A_PAGE}, {many[view][1] * 1e3:6.2f} with {MANY}"
        for view in VIEWS
    ]
    slowest = max(many[view][1] / page[view][1] for view in VIEWS)
    return Result("gradebook", slowest, LIMIT, notes=tuple(notes))


def _course(root: Path) -> Any:
    from tests.factories.courses import author  # noqa: PLC0415 - Django is set up by the stage

    from dure.learn.actions import versions  # noqa: PLC0415

    by = author()
    home = by.memberships.get().organisation
    return versions.take_shipped(_folder(root), organisation=home, authors=[by])


def _folder(root: Path) -> Path:
    """The tests' small course with its first unit ten times."""
    from tests.factories.course_files import COURSE, FILES, laid  # noqa: PLC0415 - with Django, late

    course = COURSE.replace("[01-first, 02-second]", f"[{', '.join(UNIT_IDS)}]")
    changed: dict[str, str | None] = {name: None for name in FILES if name.startswith("units/")}
    for unit in UNIT_IDS:
        for name, text in FILES.items():
            if name.startswith("units/01-first/"):
                changed[name.replace("01-first", unit)] = text
        changed[f"units/{unit}/quiz.yaml"] = _quiz(unit)
        for language in ("ko", "en"):
            changed[f"units/{unit}/lesson.{language}.md"] = _lesson(unit, language)
    return laid(root / "course", **{**changed, "course.yaml": course})


def _quiz(unit: str) -> str:
    lines = [
        f"  - {{id: {unit[:2]}-question-{at}, kind: number, skill: data-leakage, answer: 1, ask: {ASK}}}"
        for at in range(QUESTIONS)
    ]
    return "items:\n" + "\n".join(lines) + "\n"


def _lesson(unit: str, language: str) -> str:
    asked = "".join(f"::: quiz {unit[:2]}-question-{at}\n:::\n" for at in range(QUESTIONS))
    title = "한 단원" if language == "ko" else "A unit"
    return f"# {title}\n\n![box](figures/box.svg)\n\n{asked}\n::: lab\n:::\n"


def _measured(course: Any, learners: int) -> dict[str, tuple[int, float]]:
    from tests.factories.people import client_of  # noqa: PLC0415 - Django is set up by the stage

    _fill(course, learners)
    teacher = client_of(course.authors.get())
    base = f"/courses/{course.slug}/learners"
    return {view: measure(lambda view=view: get(teacher, base + view)) for view in VIEWS}  # type: ignore[misc]


def _fill(course: Any, total: int) -> None:
    """Bring the course to `total` learners, each somewhere between nothing and everything."""
    from dure.foundation import clock  # noqa: PLC0415 - Django is set up by the stage
    from dure.learn.models import Enrolment, Standing  # noqa: PLC0415
    from dure.people.models import Person  # noqa: PLC0415

    chance = random.Random(total)  # noqa: S311 - figures, no secrets
    have, now = course.enrolments.count(), clock.now()
    people = Person.objects.bulk_create(
        Person(name_ko=f"학습자 {at:04}", name_en=f"Learner {at:04}", email=f"learner-{at}@example.org")
        for at in range(have, total)
    )
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(
            person=person,
            course=course,
            version=course.current,
            started_at=now - timedelta(days=chance.randrange(60)),
        )
        for person in people
    )
    Standing.objects.bulk_create(_standing(enrolment, chance, now) for enrolment in enrolments)
    analyse()


def _standing(enrolment: Any, chance: random.Random, now: Any) -> Any:
    from dure.learn.models import Standing  # noqa: PLC0415 - Django is set up by the stage

    got = chance.randrange(len(ITEMS) + 1)
    items = {
        name: {
            "points": chance.randrange(2),
            "tries": chance.randrange(1, 5),
            "settled": chance.random() < 0.9,
        }
        for name in ITEMS[:got]
    }
    done = 100 * got / len(ITEMS)
    return Standing(
        enrolment=enrolment,
        items=items,
        read=list(UNIT_IDS[: got // (QUESTIONS + 1)]),
        quizzes=done,
        labs=done,
        done=done,
        last_at=now - timedelta(days=chance.randrange(30)),
    )


if __name__ == "__main__":
    sys.exit(report(run()))
