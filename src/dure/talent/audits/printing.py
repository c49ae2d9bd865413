"""A report on paper: the verdict first, then every table, the method in words, and the hash of the record."""

from collections.abc import Iterator

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dure.foundation.paper import Grid, Part, Words, pdf_bytes
from dure.talent.audits import showing, words
from dure.talent.audits.record import Kept
from dure.talent.models import AuditReport

WIDTHS = (3.2, 1.1, 1.2, 3.2, 3.2, 1.1, 2.4)


def pdf_of(found: AuditReport, kept: Kept) -> bytes:
    """The document in the language that is active."""
    return pdf_bytes(found.title, _parts(found, kept), language=translation.get_language() or "ko")


def _parts(found: AuditReport, kept: Kept) -> Iterator[Part]:
    yield from _head(found, kept)
    for table in showing.tables(kept):
        yield from _table(table)
    for one in showing.exposures(kept):
        yield from _exposure(one)
    for calibration in showing.calibrations(kept):
        yield from _calibration(calibration)
    yield Words(_("Method"), "heading")
    yield from (Words(str(sentence)) for sentence in words.METHOD)
    yield Words(_("SHA-256 of the record"), "heading")
    yield Words(found.sha256, "small")


def _head(found: AuditReport, kept: Kept) -> Iterator[Part]:
    at = date_format(timezone.localtime(found.made_at), "DATETIME_FORMAT")
    yield Words(_("Audit of who was selected"), "small")
    yield Words(found.title, "title")
    yield Words(f"{found.get_kind_display()} · {found.organisation.name} · {at}", "small")
    yield Words(words.verdict(kept.report.verdict), "heading")
    yield Words(words.meaning(kept.report.verdict))
    counted = _(
        "People: %(people)s. Selected: %(selected)s. Groups of fewer than %(minimum)s people are not shown."
    )
    given = {"people": kept.report.n, "selected": kept.report.selected, "minimum": kept.report.minimum}
    yield Words(counted % given)


def _table(table: showing.Shown) -> Iterator[Part]:
    yield Words(f"{table.title}: {table.verdict}", "heading")
    said = _("Known: %(known)s. Selected of them: %(selected)s. Unknown: %(unknown)s.")
    known = said % {"known": table.n, "selected": table.selected, "unknown": table.unknown}
    yield Words(f"{known} {table.needed}".strip())
    names = (
        _("Group"),
        _("People"),
        _("Selected"),
        _("Selection rate"),
        _("Impact ratio"),
        "p",
        _("Verdict"),
    )
    yield Grid([names, *(_line(line) for line in table.lines)], WIDTHS)


def _line(line: showing.Line) -> list[str]:
    if line.n is None:
        return [line.label, words.hidden(), *[""] * 5]
    figures = [
        line.rate_words,
        _("reference") if line.is_reference else line.ratio_words,
        line.adjusted_words,
    ]
    return [line.label, str(line.n), str(line.selected), *figures, line.verdict]


def _exposure(one: showing.ShownExposure) -> Iterator[Part]:
    what = _("Exposure by rank")
    yield Words(f"{what}, {one.title}: {one.verdict}", "heading")
    names = (_("Group"), _("People"), _("Share of the people"), _("Share of the exposure"))
    rows = [
        [row.label, words.hidden() if row.n is None else str(row.n), row.share, row.exposure]
        for row in one.groups
    ]
    yield Grid([names, *rows], (3, 1, 2, 2))


def _calibration(one: showing.ShownCalibration) -> Iterator[Part]:
    what = _("Predicted and observed")
    yield Words(f"{what}, {one.title}, {one.group}: {one.verdict}", "heading")
    people = words.hidden() if one.n is None else str(one.n)
    names = (_("People"), _("Predicted"), _("Observed"))
    yield Grid([names, [people, one.predicted, one.observed]], (1, 2, 3))
