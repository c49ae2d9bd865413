"""The gradebook as a table that a spreadsheet opens: numbers as numbers, and no text that runs as a formula."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Final

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.engines.sheets import Cell, csv_bytes, workbook_bytes
from dure.foundation.access import Hidden
from dure.learn.models import Cohort, Course
from dure.learn.queries import gradebook as queries
from dure.learn.queries.gradebook_asked import asked_in
from dure.people import api as people

FORMS: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def answer(
    person: Any, course: Course, given: Mapping[str, Any], *, form: str, cohort: Cohort | None = None
) -> HttpResponse:
    """What an address asks for of a course's learners (or a cohort's), as an attachment in one of `FORMS`.

    Raises Hidden for another form.
    """
    if form not in FORMS:
        raise Hidden(form)
    shapes, wanted = queries.shapes_of(course), given.get("organisation", "")
    organisation = people.access_organisation(person, wanted) if wanted else None
    asked = asked_in(given, course, shapes, organisation=organisation, cohort=cohort)
    response = HttpResponse(_written(course, shapes, asked, form), content_type=FORMS[form])
    response["Content-Disposition"] = f'attachment; filename="{course.slug}-learners.{form}"'
    return response


def _written(course: Course, shapes: queries.Shapes, asked: queries.Asked, form: str) -> bytes:
    shown = queries.columns(shapes, str(get_language() or "ko"))
    rows = queries.learners(course, shapes, asked).iterator(chunk_size=500)
    lines = (
        _line(row)
        for some in iter(lambda: list(islice(rows, 500)), [])
        for row in queries.rows_of(some, shapes, shown)
    )
    write = workbook_bytes if form == "xlsx" else csv_bytes
    return write(_headings(shown), lines)


def _headings(shown: Sequence[queries.Column]) -> list[str]:
    fixed = [
        _("Name"),
        _("Organisation"),
        _("Version"),
        _("State"),
        _("Done, %"),
        _("Questions, points"),
        _("Labs, points"),
        _("Began"),
        _("Last activity"),
        _("Handed in late"),
    ]
    return [*fixed, *(_heading(column) for column in shown)]


def _heading(column: queries.Column) -> str:
    part = {"quiz": _("questions"), "lab": _("lab"), "lesson": _("lesson")}[column.place[1]]
    return f"{column.title}: {part}" if column.of is None else f"{column.title}: {part} / {column.of:g}"


def _line(row: queries.Row) -> list[Cell]:
    enrolment, standing = row.enrolment, row.standing
    organisation = enrolment.organisation
    return [
        enrolment.person.name,
        organisation.name if organisation else "",
        row.number,
        str(enrolment.state_label),
        standing.done,
        row.quizzes,
        row.labs,
        _moment(enrolment.started_at),
        _moment(standing.last_at),
        sum(cell.is_late for cell in row.cells if cell),
        *_points(row),
    ]


def _points(row: queries.Row) -> Iterator[Cell]:
    """An empty cell is what nobody tried, or what the version does not have; a lesson is 1 once read."""
    for cell in row.cells:
        if cell is None:
            yield ""
        elif not cell.of:
            yield int(cell.is_done)
        else:
            yield "" if cell.points is None else cell.points


def _moment(at: datetime | None) -> str:
    return timezone.localtime(at).isoformat(" ", "minutes") if at else ""
