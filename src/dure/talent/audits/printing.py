"""A report on paper: the verdict first, then every table, the method in words, and the hash of the record."""

from collections.abc import Iterator

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dure.engines import documents
from dure.engines.documents import Block, Cell, Column, Heading, Listing, Note, Paragraph, Table
from dure.talent.audits import showing, words
from dure.talent.audits.record import Kept, Predictions
from dure.talent.models import AuditReport


def pdf_of(found: AuditReport, kept: Kept) -> bytes:
    """The document in the language that is active."""
    at = date_format(timezone.localtime(found.made_at), "DATETIME_FORMAT")
    said = (_("Audit of who was selected"), str(found.get_kind_display()), found.organisation.name, at)
    document = documents.Document(
        title=documents.without_unseen(found.title),
        language="en" if translation.get_language() == "en" else "ko",
        subtitle=documents.without_unseen(" · ".join(said)),
        blocks=tuple(_blocks(found, kept)),
    )
    return documents.to_pdf(document)


def _blocks(found: AuditReport, kept: Kept) -> Iterator[Block]:
    yield from _head(kept)
    for table in showing.tables(kept):
        yield from _table(table)
    for one in showing.exposures(kept):
        yield from _exposure(one)
    if kept.predictions is not None:
        yield from _predictions(kept.predictions)
    for calibration in showing.calibrations(kept):
        yield from _calibration(calibration)
    yield Heading(_("Method"))
    yield Listing(tuple(str(sentence) for sentence in words.METHOD))
    yield Heading(_("SHA-256 of the record"))
    yield Note(found.sha256)


def _head(kept: Kept) -> Iterator[Block]:
    yield Heading(words.verdict(kept.report.verdict))
    yield Paragraph(words.meaning(kept.report.verdict))
    counted = _(
        "People: %(people)s. Selected: %(selected)s. Groups of fewer than %(minimum)s people are not shown."
    )
    given = {"people": kept.report.n, "selected": kept.report.selected, "minimum": kept.report.minimum}
    yield Paragraph(counted % given)


def _table(table: showing.Shown) -> Iterator[Block]:
    yield Heading(f"{table.title}: {table.verdict}", 2)
    said = _("Known: %(known)s. Selected of them: %(selected)s. Unknown: %(unknown)s.")
    known = said % {"known": table.n, "selected": table.selected, "unknown": table.unknown}
    yield Paragraph(f"{known} {table.needed}".strip())
    columns = (
        Column(_("Group")),
        Column(_("People"), "integer"),
        Column(_("Selected"), "integer"),
        Column(_("Selection rate")),
        Column(_("Impact ratio")),
        Column("p", align="right"),
        Column(_("Verdict")),
    )
    yield Table(columns, tuple(_line(line) for line in table.lines))


def _line(line: showing.Line) -> tuple[Cell, ...]:
    if line.n is None:
        return (line.label, words.hidden(), *[""] * 5)
    figures = (
        line.rate_words,
        _("reference") if line.is_reference else line.ratio_words,
        line.adjusted_words,
    )
    return (line.label, line.n, line.selected, *figures, line.verdict)


def _exposure(one: showing.ShownExposure) -> Iterator[Block]:
    what = _("Exposure by rank")
    yield Heading(f"{what}, {one.title}: {one.verdict}", 2)
    columns = (
        Column(_("Group")),
        Column(_("People"), "integer"),
        Column(_("Share of the people"), align="right"),
        Column(_("Share of the exposure"), align="right"),
    )
    rows = tuple(
        (row.label, words.hidden() if row.n is None else row.n, row.share, row.exposure) for row in one.groups
    )
    yield Table(columns, rows)


def _predictions(counted: Predictions) -> Iterator[Block]:
    yield Heading(_("Predicted and observed"), 2)
    yield Paragraph(words.predictions(counted))
    yield Listing(tuple(str(sentence) for sentence in words.PREDICTED))


def _calibration(one: showing.ShownCalibration) -> Iterator[Block]:
    what = _("Predicted and observed")
    yield Heading(f"{what}, {one.title}, {one.group}: {one.verdict}", 2)
    columns = (Column(_("People"), "integer"), Column(_("Expected")), Column(_("Observed")))
    yield Table(
        columns, ((words.hidden() if one.n is None else one.n, one.expected_words, one.observed_words),)
    )
