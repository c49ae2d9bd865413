"""The annual report of the portfolio: one document for page, PDF and HWPX, in Korean or English."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dure.alliance.models import ProjectMilestone, ProjectOutput, ProjectRenewal
from dure.alliance.projects import figures, tracks
from dure.alliance.projects.figures import YearFigures
from dure.engines import documents
from dure.engines.documents import Block, Cell, Column, Heading, KeyValues, Note, Paragraph, Table

Language = Literal["ko", "en"]
FIRST_YEAR: Final = 1990
WRITERS: Final = {
    "pdf": (documents.to_pdf, "application/pdf"),
    "hwpx": (documents.to_hwpx, "application/hwp+zip"),
}


def year_of(word: str, otherwise: int) -> int:
    """The year in a word; another one for what is no year of the portfolio."""
    year = int(word) if word.isascii() and word.isdigit() and len(word) == 4 else otherwise
    return year if FIRST_YEAR <= year <= otherwise + 1 else otherwise


def document_of(person: Any, year: int, language: Language) -> documents.Document:
    """The report of what this person may read whole, as a value."""
    found = figures.of_year(person, year)
    with translation.override(language):
        return documents.Document(
            title=_("Joint research in %(year)s") % {"year": year},
            language=language,
            subtitle=_("Annual report of the research portfolio"),
            blocks=tuple(_blocks(found)),
            dated=date(year, 12, 31),
        )


def _blocks(found: YearFigures) -> Iterator[Block]:
    yield Paragraph(
        _("Counted are projects under way in the year that the reader of this report may read whole.")
    )
    yield KeyValues(tuple(_figures(found)))
    yield Heading(_("By track"))
    yield _by_track(found)
    yield from _table(_("Renewals due in the year"), _decisions(found))
    yield from _table(
        _("Milestones due in the year"), _named(ProjectMilestone.workflow.choices, found.milestones)
    )
    yield from _table(_("Outputs of the year"), _named(ProjectOutput.Kind.choices, found.outputs))
    yield Heading(_("Projects of the year"))
    yield from _projects(found)
    if found.named:
        yield Heading(_("Outputs by name"))
        yield _outputs(found)


def _figures(found: YearFigures) -> Iterator[tuple[str, str]]:
    yield _("Projects under way"), str(found.running)
    yield _("Began in the year"), str(sum(line.begun for line in found.tracks))
    yield _("Ended in the year"), str(sum(line.ended for line in found.tracks))
    for group in tracks.Group:
        yield str(group.label), str(sum(line.running for line in found.tracks if line.group == group.value))
    money = " · ".join(f"{_amount(amount)} {currency}" for currency, amount in found.money.items())
    yield _("Brought in by partners for a year"), money or "–"


def _amount(amount: Decimal) -> str:
    return f"{amount:,.2f}".removesuffix(".00")


def _by_track(found: YearFigures) -> Table:
    columns = (
        Column(_("Track")),
        Column(_("Group of tracks")),
        Column(_("Under way"), "integer"),
        Column(_("Began"), "integer"),
        Column(_("Ended"), "integer"),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            str(tracks.Track(line.track).label),
            str(tracks.Group(line.group).label),
            line.running,
            line.begun,
            line.ended,
        )
        for line in found.tracks
    ]
    sums = [sum(getattr(line, name) for line in found.tracks) for name in ("running", "begun", "ended")]
    return Table(columns, (*rows, (_("Total"), "", *sums)), total=True)


def _decisions(found: YearFigures) -> list[tuple[str, int]]:
    undecided = found.renewals.get("", 0)
    open_ones = [(_("Not decided yet"), undecided)] if undecided else []
    return [*_named(ProjectRenewal.Decision.choices, found.renewals), *open_ones]


def _named(choices: Any, counted: dict[str, int]) -> list[tuple[str, int]]:
    return [(str(label), counted[key]) for key, label in choices if counted.get(key)]


def _table(heading: str, rows: list[tuple[str, int]]) -> Iterator[Block]:
    yield Heading(heading)
    if rows:
        columns = (Column(_("Kind")), Column(pgettext("how many", "Number"), "integer"))
        yield Table(columns, tuple(rows))
    else:
        yield Note(_("None."))


def _projects(found: YearFigures) -> Iterator[Block]:
    if not found.projects:
        yield Note(_("None."))
        return
    columns = (
        Column(_("Research project")),
        Column(_("Track")),
        Column(_("Partners")),
        Column(_("First day"), "date"),
        Column(_("State")),
    )
    yield Table(columns, tuple(_project(one) for one in found.projects))
    if found.running > len(found.projects):
        said = _("The first %(count)s of %(all)s are listed.")
        yield Note(said % {"count": len(found.projects), "all": found.running})


def _project(one: Any) -> tuple[Cell, ...]:
    partners = ", ".join(partner.organisation.name for partner in one.partners.all())
    return (
        _seen(one.title),
        str(one.get_track_display()),
        _seen(partners),
        one.starts_on,
        one.state_label,
    )


def _outputs(found: YearFigures) -> Table:
    columns = (Column(_("Kind")), Column(_("Title")), Column(_("Research project")))
    rows = ((str(one.get_kind_display()), _seen(one.title), _seen(one.project.title)) for one in found.named)
    return Table(columns, tuple(rows))


def _seen(text: str) -> str:
    return documents.without_unseen(text) or "–"
