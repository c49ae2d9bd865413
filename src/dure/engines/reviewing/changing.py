"""Assignments in bulk from the rows of a table: read as a difference to what is, which a dry run shows and changes nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from dure.engines.faults import Fault
from dure.engines.openings import column_of
from dure.engines.reviewing.values import Conflict, Pair, Reviewer, Wanted

Action = Literal["assign", "remove"]
ACTIONS: Final[tuple[Action, ...]] = ("assign", "remove")
COLUMNS: Final[Mapping[str, bool]] = {"proposal": True, "reviewer": True, "action": False}
"""Headings, in any case, and whether a table must have them. An empty action is `assign`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """What the rows are read against. Names, of proposals as of reviewers, lead to keys; they are compared without case.

    `assigned` says of each pair whether its review is begun: such a one cannot be taken back. `conflicts` are those not waived.
    """

    proposals: Mapping[str, Wanted]
    reviewers: Mapping[str, Reviewer]
    assigned: Mapping[Pair, bool] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What would change. With any fault nothing may be applied; notes do not keep from it."""

    added: tuple[Pair, ...]
    removed: tuple[Pair, ...]
    unchanged: tuple[Pair, ...]
    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    pair: Pair
    action: Action


def read_changes(
    headings: Sequence[str],
    rows: Iterable[tuple[int, Mapping[str, str]]],
    now: Now,
    *,
    is_whole: bool = False,
) -> Difference:
    """The difference that the rows make, each with its line and its cells by heading, as `openings.rows_of` gives them.

    Where the table is the whole of it, pairs that it does not name are taken back. Every fault of every row is told, with row and
    column; a conflict with its reasons, whose codes are those of REASONS. With a fault in the headings no row is read.
    """
    faults = list(_heading_faults(headings))
    read = [] if faults else list(_read(rows, now, faults))
    faults += _twice(read)
    wanted = {row.pair for row in read if row.action == "assign"}
    gone = {row.pair for row in read if row.action == "remove"}
    if is_whole and not faults:
        gone |= set(now.assigned) - wanted
        faults += _begun_faults(gone - {row.pair for row in read}, now)
    after = (set(now.assigned) | wanted) - gone
    return Difference(
        added=tuple(sorted(wanted - set(now.assigned))),
        removed=tuple(sorted(gone & set(now.assigned))),
        unchanged=tuple(sorted(set(now.assigned) & after)),
        faults=tuple(faults),
        notes=() if faults else tuple(_notes(after, now)),
    )


def _heading_faults(headings: Sequence[str]) -> Iterator[Fault]:
    columns = [column_of(heading) for heading in headings]
    for heading, column in zip(headings, columns, strict=True):
        if column not in COLUMNS:
            expected = ", ".join(COLUMNS)
            yield Fault(
                "review_column_unknown", {"value": heading, "columns": expected}, row=1, column=heading
            )
    for column, count in Counter(columns).items():
        if count > 1 and column in COLUMNS:
            yield Fault("review_column_twice", row=1, column=column)
    for column, is_needed in COLUMNS.items():
        if is_needed and column not in columns:
            yield Fault("review_column_missing", {"value": column}, row=1, column=column)


def _read(rows: Iterable[tuple[int, Mapping[str, str]]], now: Now, faults: list[Fault]) -> Iterator[_Row]:
    """Rows whose cells are right; what is wrong goes into `faults`."""
    proposals = {name.casefold(): one.key for name, one in now.proposals.items()}
    reviewers = {name.casefold(): one.key for name, one in now.reviewers.items()}
    reasons: dict[Pair, list[Conflict]] = defaultdict(list)
    for conflict in now.conflicts:
        reasons[conflict.proposal, conflict.reviewer].append(conflict)
    for line, by_heading in rows:
        cells = {column_of(heading): cell.strip() for heading, cell in by_heading.items()}
        proposal = _key(line, "proposal", cells, proposals, faults)
        reviewer = _key(line, "reviewer", cells, reviewers, faults)
        action = _action(line, cells, faults)
        if proposal and reviewer and action:
            row = _Row(line, (proposal, reviewer), action)
            faults += _pair_faults(row, now, reasons)
            yield row


def _key(
    line: int, column: str, cells: Mapping[str, str], known: Mapping[str, str], faults: list[Fault]
) -> str | None:
    name = cells[column]
    key = known.get(name.casefold())
    if key is None:
        code = f"review_{column}_unknown" if name else "review_cell_empty"
        faults.append(Fault(code, {"value": name[:80]}, row=line, column=column))
    return key


def _action(line: int, cells: Mapping[str, str], faults: list[Fault]) -> Action | None:
    name = cells.get("action", "").casefold() or "assign"
    found = next((action for action in ACTIONS if action == name), None)
    if found is None:
        params = {"value": name[:40], "actions": ", ".join(ACTIONS)}
        faults.append(Fault("review_action_unknown", params, row=line, column="action"))
    return found


def _pair_faults(row: _Row, now: Now, reasons: Mapping[Pair, Sequence[Conflict]]) -> Iterator[Fault]:
    if row.action == "assign" and row.pair not in now.assigned:
        found = reasons.get(row.pair, ())
        if found:
            yield Fault("review_conflict", row=row.line, column="reviewer")
        for conflict in found:
            yield Fault(conflict.code, conflict.params, row=row.line, column="reviewer")
    if row.action == "remove" and row.pair not in now.assigned:
        yield Fault("review_not_assigned", row=row.line, column="reviewer")
    if row.action == "remove" and now.assigned.get(row.pair):
        yield Fault("review_begun", row=row.line, column="reviewer")


def _twice(read: Sequence[_Row]) -> Iterator[Fault]:
    first: dict[Pair, int] = {}
    for row in read:
        if row.pair in first:
            yield Fault("review_pair_twice", {"line": first[row.pair]}, row=row.line, column="reviewer")
        first.setdefault(row.pair, row.line)


def _begun_faults(gone: Iterable[Pair], now: Now) -> Iterator[Fault]:
    for proposal, reviewer in sorted(gone):
        if now.assigned.get((proposal, reviewer)):
            yield Fault("review_begun", place=f"{proposal}, {reviewer}")


def _notes(after: Iterable[Pair], now: Now) -> Iterator[Fault]:
    """Proposals with too few or too many reviews, and reviewers outside their bounds, once the difference is applied."""
    pairs = list(after)
    reviews = Counter(proposal for proposal, _reviewer in pairs)
    loads = Counter(reviewer for _proposal, reviewer in pairs)
    for wanted in sorted({one.key: one for one in now.proposals.values()}.values(), key=lambda one: one.key):
        if reviews[wanted.key] != wanted.reviews:
            params = {"found": reviews[wanted.key], "expected": wanted.reviews}
            yield Fault("review_other_number", params, place=wanted.key)
    for one in sorted({one.key: one for one in now.reviewers.values()}.values(), key=lambda one: one.key):
        if not one.least <= loads[one.key] <= one.most:
            params = {"found": loads[one.key], "least": one.least, "most": one.most}
            yield Fault("review_load_outside", params, place=one.key)
