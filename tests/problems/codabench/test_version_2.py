from datetime import UTC, datetime

import pytest

from dure.problems.codabench import command_words
from dure.problems.codabench.model import Role
from tests.problems.codabench.bundles import (
    Reader,
    accepted,
    board,
    column,
    faults,
    phase,
    task,
    warned,
    zipped,
)

UUID = "6f0e9f4e-1f0b-4b61-9a55-0d0f5b6b7c11"


def test_a_plain_bundle_reads_without_a_word_of_warning(read: Reader) -> None:
    report = read()
    bundle = accepted(report)
    assert report.warnings == []
    assert report.dialect == "2"
    assert bundle.title == "Strength of concrete"
    assert bundle.terms.text == "# 약관\nBe fair."
    assert [page.title for page in bundle.pages] == ["Overview"]
    program = bundle.tasks[0].scoring_program
    assert program is not None
    assert (program.words, program.description) == (("python3", "scoring.py"), "Counts hits")
    assert bundle.phases[0].start == datetime(2026, 1, 1, tzinfo=UTC)
    assert bundle.phases[0].end is None
    assert (bundle.phases[0].max_submissions, bundle.phases[0].max_submissions_per_day) == (100, 5)
    assert bundle.leaderboards[0].columns[0].sorting == "asc"
    assert not bundle.options.registration_auto_approve
    assert bundle.options.forum_enabled


def test_members_open_from_folders_and_from_zips_inside(read: Reader) -> None:
    inner = zipped({"answers.csv": "id,label\n7,dog\n", "deep/more.csv": "x"})
    bundle = accepted(read({"ref.zip": inner}, tasks=[task(reference_data="ref.zip")]))
    reference = bundle.tasks[0].reference_data
    assert reference is not None
    assert [entry.path for entry in reference.entries] == ["answers.csv", "deep/more.csv"]
    assert reference.entries[0].member == "ref.zip//answers.csv"
    with bundle.open("ref.zip//answers.csv") as stream:
        assert stream.read() == b"id,label\n7,dog\n"
    with bundle.reading() as open_member, open_member("input_data/rows.csv") as stream:
        assert stream.read() == b"id,x\n1,0.5\n"
    with pytest.raises(KeyError):
        bundle.open("../etc/passwd")


def test_everything_that_would_be_created_is_listed(read: Reader) -> None:
    report = read(
        {"kit/a.py": "1", "sample/pred.csv": "2"},
        phases=[phase(starting_kit="kit")],
        solutions=[{"index": 0, "tasks": [0], "path": "sample"}],
        fact_sheet={"gpu": {"type": "checkbox", "title": "GPU?", "selection": [True, False]}},
    )
    kinds = [planned.kind for planned in report.creates]
    assert kinds == [
        *("challenge", "image", "terms", "page", "task", "scoring_program", "reference_data", "input_data"),
        *("phase", "starting_kit", "leaderboard", "column", "question", "solution"),
    ]
    assert ("phases[0]", "Only") in [(planned.place, planned.name) for planned in report.creates]


def test_all_errors_come_at_once_and_the_dry_run_still_lists_the_rest(read: Reader) -> None:
    report = read(
        title="",
        terms="gone.md",
        phases=[phase(index=0, tasks=[9]), phase(index=1, start="2025-01-01", end="someday")],
        tasks=[task(), task(name="")],
        leaderboards=[board(columns=[])],
    )
    assert faults(report) == {
        ("required_missing", "title"),
        ("terms_not_a_file", "terms"),
        ("task_unknown", "phases[0].tasks[0]"),
        ("phase_end_missing", "phases[0].end"),
        ("phase_overlap", "phases[1].start"),
        ("date_invalid", "phases[1].end"),
        ("task_index_twice", "tasks[1].index"),
        ("required_missing", "tasks[1].name"),
        ("columns_missing", "leaderboards[0].columns"),
    }
    assert report.bundle is None
    assert "page" in {planned.kind for planned in report.creates}


def test_phases_come_in_the_order_of_their_index(read: Reader) -> None:
    first, last = phase(index=1, name="B", start="2026-02-01Z"), phase(index=0, name="A", end="2026-01-31Z")
    bundle = accepted(read(phases=[first, last]))
    assert [one.name for one in bundle.phases] == ["A", "B"]


def test_equal_end_and_next_start_is_an_error(read: Reader) -> None:
    phases = [phase(end="2026-02-01Z"), phase(index=1, start="2026-02-01Z")]
    assert faults(read(phases=phases)) == {("phase_overlap", "phases[1].start")}


def test_an_end_before_the_start_is_an_error(read: Reader) -> None:
    assert faults(read(phases=[phase(end="2025-02-01Z")])) == {("phase_end_before_start", "phases[0].end")}


def test_zero_submissions_means_no_limit(read: Reader) -> None:
    one = accepted(read(phases=[phase(max_submissions=0, max_submissions_per_day=0)])).phases[0]
    assert (one.max_submissions, one.max_submissions_per_day) == (None, None)


@pytest.mark.parametrize(
    ("columns", "code", "place"),
    [
        ([column(), column(key="b")], "column_index_twice", "[1].index"),
        ([column(), column(index=1)], "column_key_twice", "[1].key"),
        ([column(computation="avg")], "computation_indexes_missing", "[0].computation_indexes"),
        (
            [column(computation="avg", computation_indexes=[0])],
            "computation_of_itself",
            "[0].computation_indexes",
        ),
        (
            [column(computation="avg", computation_indexes=[4])],
            "computation_index_unknown",
            "[0].computation_indexes",
        ),
        (
            [column(computation="avg", computation_indexes="x")],
            "computation_indexes_wrong",
            "[0].computation_indexes",
        ),
        ([column(computation="median")], "choice_unknown", "[0].computation"),
        ([column(title="t" * 37)], "text_too_long", "[0].title"),
        ([column(key="k" * 37)], "text_too_long", "[0].key"),
        ([column(sorting="up")], "choice_unknown", "[0].sorting"),
        ([column(precision=-1)], "number_out_of_range", "[0].precision"),
        ([column(hidden="perhaps")], "type_wrong", "[0].hidden"),
    ],
)
def test_rules_of_columns(read: Reader, columns: list[object], code: str, place: str) -> None:
    found = faults(read(leaderboards=[board(columns=columns)]))
    assert (code, f"leaderboards[0].columns{place}") in found


@pytest.mark.parametrize(
    ("changes", "code", "place"),
    [
        ({"leaderboards": [board(title="t" * 65)]}, "text_too_long", "leaderboards[0].title"),
        (
            {"leaderboards": [board(submission_rule="Never")]},
            "choice_unknown",
            "leaderboards[0].submission_rule",
        ),
        ({"leaderboards": [board(primary_index=3)]}, "primary_unknown", "leaderboards[0].primary_index"),
        ({"leaderboards": None}, "required_missing", "leaderboards"),
        ({"phases": [phase(name="n" * 257)]}, "text_too_long", "phases[0].name"),
        ({"phases": [phase(tasks=[])]}, "required_missing", "phases[0].tasks"),
        ({"phases": [phase(start=None)]}, "required_missing", "phases[0].start"),
        ({"phases": "soon"}, "type_wrong", "phases"),
        ({"phases": ["soon"]}, "type_wrong", "phases[0]"),
        ({"phases": [phase(start=True)]}, "type_wrong", "phases[0].start"),
        ({"tasks": [task(scoring_program=None)]}, "required_missing", "tasks[0].scoring_program"),
        ({"terms": None}, "required_missing", "terms"),
        ({"terms": ["terms.md"]}, "type_wrong", "terms"),
        ({"title": ["a"]}, "type_wrong", "title"),
        ({"title": "a\x00b"}, "text_unstorable", "title"),
        ({"pages": [{"title": "No file"}]}, "required_missing", "pages[0].file"),
        ({"pages": [{"title": "Folder", "file": "input_data"}]}, "page_not_a_file", "pages[0].file"),
        (
            {"pages": [{"title": "Itself", "file": "competition.yaml"}]},
            "reference_to_manifest",
            "pages[0].file",
        ),
        ({"solutions": [{"tasks": [0]}]}, "required_missing", "solutions[0].path"),
        ({"solutions": [{"tasks": [5], "path": "input_data"}]}, "task_unknown", "solutions[0].tasks[0]"),
        ({"fact_sheet": {"a": {"key": "x"}, "b": {"key": "x"}}}, "question_key_twice", "fact_sheet.b.key"),
        ({"fact_sheet": {"a": {"type": "select"}}}, "required_missing", "fact_sheet.a.selection"),
        ({"competition_type": "war"}, "choice_unknown", "competition_type"),
        ({"version": 3}, "version_unknown", "version"),
    ],
)
def test_other_rules(read: Reader, changes: dict[str, object], code: str, place: str) -> None:
    assert (code, place) in faults(read(**changes))


def test_empty_terms_and_pages_are_errors(read: Reader) -> None:
    found = faults(read({"terms.md": " \n", "overview.md": ""}))
    assert found == {("page_empty", "terms"), ("page_empty", "pages[0].file")}


def test_fact_sheet_flags_are_the_texts_true_and_false(read: Reader) -> None:
    sheet = {
        "gpu": {
            "key": "gpu",
            "type": "checkbox",
            "title": "GPU?",
            "selection": [True, False],
            "is_required": "true",
        },
        "note": {
            "key": "note",
            "type": "text",
            "title": "Note",
            "selection": "",
            "is_on_leaderboard": "false",
        },
        "kind": {"key": "kind", "type": "select", "title": "Kind", "selection": ["tree", 3]},
    }
    report = read(fact_sheet=sheet)
    gpu, note, kind = accepted(report).fact_sheet
    assert (gpu.is_required, gpu.is_on_leaderboard, note.is_on_leaderboard) == (True, False, False)
    assert kind.selection == ("tree", "3")
    assert warned(report) == {("type_converted", "fact_sheet.kind.selection[1]")}


@pytest.mark.parametrize(
    ("command", "role", "words"),
    [
        ("python3 scoring.py", "scoring", "python3 scoring.py"),
        (
            "python3 /app/program/scoring.py /app/input/ /app/output/",
            "scoring",
            "python3 /app/program/scoring.py /app/input/ /app/output/",
        ),
        (
            "python3 s.py --solution_dir=/app/input/ref/",
            "scoring",
            "python3 s.py --solution_dir=/app/input/ref/",
        ),
        ("python3 run.py --codabench", "scoring", "python3 run.py --codabench"),
        (
            "python $program/score.py $input $output",
            "scoring",
            "python /app/program/score.py /app/input /app/output",
        ),
        ("python $program/i.py $input", "ingestion", "python /app/program/i.py /app/input_data"),
        ("python $program/i.py", "ingestion_during_scoring", "python /app/ingestion_program/i.py"),
        ("x $hidden $shared $tmp", "scoring", "x /app/input/ref /app/shared /app/output"),
        ("x $predictions", "scoring", "x /app/input/res"),
        ("x $predictions", "ingestion", "x /app/output"),
        ("x $ingestion_program $submission_program", "ingestion", "x /app/program /app/ingested_program"),
        ("x $inputs", "scoring", "x $inputs"),
    ],
)
def test_commands_in_both_dialects(command: str, role: Role, words: str) -> None:
    assert command_words(command, role=role) == tuple(words.split())


@pytest.mark.parametrize(
    ("metadata", "words", "codes"),
    [
        (
            "command: python $program/score.py $input",
            ("python", "/app/program/score.py", "/app/input"),
            {"command_legacy_words"},
        ),
        ("command: a; rm -rf /", ("a;", "rm", "-rf", "/"), {"command_shell_signs"}),
        ("command: a $HOME", ("a", "$HOME"), {"command_word_unknown"}),
        ("command: a 'b", (), {"command_quote_open"}),
        ("command: a 'b c'", ("a", "b c"), set()),
        ("description: only words", (), {"program_without_command"}),
        ("command: run it\ndescription: this: breaks: YAML", ("run", "it"), {"metadata_not_yaml"}),
        ('command: "a\\0b"', ("ab",), set()),
    ],
)
def test_metadata_of_a_program(read: Reader, metadata: str, words: tuple[str, ...], codes: set[str]) -> None:
    report = read({"scoring_program/metadata.yaml": metadata})
    program = accepted(report).tasks[0].scoring_program
    assert program is not None
    assert program.words == words
    assert {code for code, _ in warned(report)} == codes


def test_metadata_without_a_suffix_or_one_folder_deep_or_absent(read: Reader) -> None:
    plain = zipped({"metadata": "command: run"})
    deep = zipped({"program/metadata.yaml": "command: run", "program/a.py": ""})
    for raw, words, code in (
        (plain, ("run",), None),
        (deep, ("run",), "program_in_folder"),
        (zipped({"a": ""}), (), "program_without_metadata"),
    ):
        report = read({"p.zip": raw}, tasks=[task(scoring_program="p.zip")])
        program = accepted(report).tasks[0].scoring_program
        assert program is not None
        assert program.words == words
        assert {code for code, _ in warned(report)} == ({code} if code else set())


def test_broken_references_leave_a_draft_to_import(read: Reader) -> None:
    report = read(
        image="gone.png",
        pages=[{"title": "Gone", "file": "gone.md"}],
        tasks=[task(reference_data=UUID), {"index": 1, "key": UUID, "name": "x"}],
        solutions=[{"index": 0, "tasks": [0], "key": UUID}],
    )
    bundle = accepted(report)
    assert bundle.image is not None
    assert bundle.image.kind == "missing"
    assert bundle.tasks[0].reference_data is not None
    assert bundle.tasks[0].reference_data.kind == "elsewhere"
    assert bundle.tasks[1].key == UUID
    assert warned(report) >= {
        ("reference_missing", "image"),
        ("reference_missing", "pages[0].file"),
        ("reference_elsewhere", "tasks[0].reference_data"),
        ("task_elsewhere", "tasks[1].key"),
        ("reference_elsewhere", "solutions[0].key"),
    }


def test_a_path_that_is_a_uuid_but_exists_is_a_file(read: Reader) -> None:
    bundle = accepted(read({f"{UUID}/a.csv": "1"}, tasks=[task(reference_data=UUID)]))
    assert bundle.tasks[0].reference_data is not None
    assert bundle.tasks[0].reference_data.kind == "folder"


def test_a_bundle_is_not_touched_by_other_keys(read: Reader) -> None:
    assert warned(read(queue="8d", colour="red")) == {("queue_ignored", "queue"), ("key_unknown", "colour")}
