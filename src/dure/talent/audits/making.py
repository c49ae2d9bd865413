"""Making a report: whose answers are counted, what is kept, and when another one would tell too much."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from typing import Any, Final

from django.db import transaction

from dure.engines import fairness
from dure.foundation import audit, clock
from dure.foundation.access import SYSTEM
from dure.talent.audits import attributes, record
from dure.talent.audits.subjects import Considered, Subject
from dure.talent.models import AuditReport
from dure.talent.models.demographic import DemographicAnswer

MINIMUM: Final = fairness.MINIMUM
Counts = Mapping[tuple[Any, ...], int]


@transaction.atomic
def make(subject: Subject, *, by: Any) -> AuditReport | None:
    """A report of how things stand now; None where nobody took part, or too little changed since the last one.

    The clock and whoever asks twice get one report: the same people with the same answers make no second one.
    """
    considered = subject.considered()
    if not considered:
        return None
    report = fairness.audit(fairness.expected(rows_of(considered)), minimum=MINIMUM)
    known = sum(one.predicted is not None for one in considered)
    predictions = record.Predictions(known, len(considered) - known)
    last = AuditReport.objects.filter(kind=subject.kind, about=subject.uid).first()
    kept = record.read(bytes(last.record)) if last else None
    if kept and tells_of_few(_counts(kept.report, kept.predictions), _counts(report, predictions)):
        return None
    return _kept(subject, report, predictions, by=by)


def rows_of(considered: Sequence[Considered]) -> list[fairness.Row]:
    """What the engine is given: answers by attribute, and nothing by which a person could be told."""
    answers = _answers([one.person for one in considered if one.person is not None])
    nothing: Mapping[str, str] = {}
    return [
        fairness.Row(
            {name: answers.get(one.person or 0, nothing).get(name) for name in attributes.ATTRIBUTES},
            one.selected,
            position=one.position,
            probability=one.predicted,
            happened=one.was_given,
        )
        for one in considered
    ]


def _answers(people: Sequence[int]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    rows = DemographicAnswer.objects.filter(person_id__in=people)
    for person, attribute, value in rows.values_list("person_id", "attribute", "value"):
        found.setdefault(person, {})[attribute] = value
    return found


def tells_of_few(before: Counts, after: Counts) -> bool:
    """Whether the difference of two reports is that of nobody, or of so few people that it would say something of them.

    A cell, a table's total or that of the report that moved by fewer than the minimum gives it away; so nothing is made, and
    nothing says whether it was nobody or somebody.
    """
    moved = [abs(after[place] - before[place]) for place in before.keys() & after.keys()]
    return all(one == 0 for one in moved) or any(0 < one < MINIMUM for one in moved)


def _counts(report: fairness.Report, predictions: record.Predictions | None) -> Counts:
    """Every number of people that a report publishes, by its place."""
    found: dict[tuple[Any, ...], int] = {("n",): report.n, ("selected",): report.selected}
    for table in report.tables:
        found |= {("n", table.attributes): table.n, ("selected", table.attributes): table.selected}
        for cell in table.cells:
            if cell.n is not None and cell.selected is not None:
                found[("n", table.attributes, cell.groups)] = cell.n
                found[("selected", table.attributes, cell.groups)] = cell.selected
    if predictions is not None:
        found[("predicted",)] = predictions.known
    return found | dict(_predictions(report))


def _predictions(report: fairness.Report) -> Iterator[tuple[tuple[Any, ...], int]]:
    """The same of predictions, group by group and bin by bin."""
    for one in report.calibrations:
        for part in (one.overall, *one.bins):
            if part.n is not None and part.observed is not None:
                place = (one.attribute, one.group, part.low, part.high)
                yield ("predicted", *place), part.n
                yield ("given", *place), round(part.n * part.observed.value)


def _kept(
    subject: Subject, report: fairness.Report, predictions: record.Predictions, *, by: Any
) -> AuditReport:
    at = clock.now()
    names = (subject.title_ko, subject.title_en, subject.organisation.slug)
    about = record.About(subject.kind, str(subject.uid), *names, at.astimezone(UTC).isoformat())
    content = record.written(about, report, predictions)
    made = AuditReport.objects.create(
        kind=subject.kind,
        about=subject.uid,
        title_ko=subject.title_ko,
        title_en=subject.title_en,
        organisation=subject.organisation,
        made_at=at,
        is_automatic=by is SYSTEM,
        people=report.n,
        selected=report.selected,
        verdict=report.verdict,
        sha256=record.hash_of(content),
        record=content,
    )
    audit.write(by=by, action="audit_report.make", obj=made, detail={"sha256": made.sha256})
    return made
