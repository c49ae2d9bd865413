"""A table of assignments becomes a difference; every fault of it is told with row and column, and then nothing changes."""

from collections.abc import Sequence

from dure.engines.faults import Fault
from dure.engines.reviewing import Conflict, Difference, Now, Pair, Reviewer, Wanted, read_changes

NOW = Now(
    proposals={"2026-01": Wanted("P", 1), "2026-02": Wanted("Q", 2)},
    reviewers={
        "Kim@kt.example": Reviewer("kim", 0, 2),
        "kim2@kt.example": Reviewer("kim", 0, 2),
        "lee@kaist.example": Reviewer("lee", 0, 1),
        "park@etri.example": Reviewer("park", 0, 1),
    },
    assigned={("P", "kim"): True, ("Q", "kim"): False, ("Q", "lee"): False},
    conflicts=(Conflict("P", "park", "project", "lead", "x"), Conflict("Q", "kim", "declared", "lead")),
)
HEADINGS = ["Proposal", "Reviewer", "Action"]


def read(*rows: Sequence[str], is_whole: bool = False) -> Difference:
    by_heading = [(line, dict(zip(HEADINGS, row, strict=True))) for line, row in enumerate(rows, start=2)]
    return read_changes(HEADINGS, by_heading, NOW, is_whole=is_whole)


def places(difference: Difference) -> list[tuple[str, int | None, str | None]]:
    return [(fault.code, fault.row, fault.column) for fault in difference.faults]


def test_the_difference_and_what_it_would_leave() -> None:
    found = read(("2026-01", "lee@kaist.example", ""), ("2026-02", "LEE@kaist.example ", "remove"))
    assert (found.added, found.removed) == ((("P", "lee"),), (("Q", "lee"),))
    assert found.unchanged == (("P", "kim"), ("Q", "kim"))
    assert found.faults == ()
    assert found.notes == (
        Fault("review_other_number", {"found": 2, "expected": 1}, place="P"),
        Fault("review_other_number", {"found": 1, "expected": 2}, place="Q"),
    )
    assert read(("2026-02", "park@etri.example", "assign"), ("2026-01", "lee@kaist.example", "")).notes[
        -1
    ] == (Fault("review_load_outside", {"found": 2, "least": 0, "most": 1}, place="lee"))


def test_what_is_so_already_changes_nothing_even_with_a_conflict_found_since() -> None:
    found = read(("2026-02", "kim2@kt.example", "assign"))
    assert (found.added, found.removed, found.faults) == ((), (), ())


def test_every_fault_has_its_row_and_column() -> None:
    found = read(
        ("2026-09", "nobody@x.example", "swap"),
        ("", "kim@kt.example", ""),
        ("2026-01", "park@etri.example", ""),
        ("2026-01", "lee@kaist.example", "remove"),
        ("2026-01", "kim@kt.example", "remove"),
        ("2026-02", "kim@kt.example", ""),
        ("2026-02", "kim2@kt.example", "remove"),
    )
    assert places(found) == [
        ("review_proposal_unknown", 2, "proposal"),
        ("review_reviewer_unknown", 2, "reviewer"),
        ("review_action_unknown", 2, "action"),
        ("review_cell_empty", 3, "proposal"),
        ("review_conflict", 4, "reviewer"),
        ("conflict_project", 4, "reviewer"),
        ("review_not_assigned", 5, "reviewer"),
        ("review_begun", 6, "reviewer"),
        ("review_pair_twice", 8, "reviewer"),
    ]
    assert found.notes == ()


def test_a_whole_table_takes_back_what_it_does_not_name_but_nothing_begun() -> None:
    kept = ("2026-01", "kim@kt.example", "")
    found = read(kept, ("2026-02", "kim@kt.example", ""), is_whole=True)
    assert (found.removed, found.faults) == ((("Q", "lee"),), ())
    missing = read(("2026-02", "kim@kt.example", ""), is_whole=True)
    assert missing.faults == (Fault("review_begun", place="P, kim"),)


def test_applied_and_read_again_nothing_is_left_to_do() -> None:
    rows = (("2026-01", "lee@kaist.example", ""), ("2026-01", "kim@kt.example", ""))
    first = read(*rows, is_whole=False)
    after: dict[Pair, bool] = dict.fromkeys((*first.unchanged, *first.added), False)
    again = read_changes(
        HEADINGS[:2],
        [(2, dict(zip(HEADINGS, rows[0], strict=True)))],
        Now(proposals=NOW.proposals, reviewers=NOW.reviewers, assigned=after, conflicts=NOW.conflicts),
    )
    assert (again.added, again.removed, set(again.unchanged)) == ((), (), set(after))


def test_headings_are_looked_at_first() -> None:
    found = read_changes(["proposal", "Proposal", "score"], [(2, {"proposal": "?"})], NOW)
    assert places(found) == [
        ("review_column_unknown", 1, "score"),
        ("review_column_twice", 1, "proposal"),
        ("review_column_missing", 1, "reviewer"),
    ]
