"""Each dialect met in real bundles, by a bundle of our own."""

import io
import unicodedata
import warnings
import zipfile
from datetime import UTC, datetime

import pytest
import yaml

from tests.problems.codabench.bundles import (
    FILES,
    LEGACY_COLUMNS,
    Reader,
    accepted,
    board,
    column,
    faults,
    legacy_phase,
    legacy_text,
    manifest,
    phase,
    task,
    warned,
    zipped,
)


def as_text(**changes: object) -> str:
    return yaml.safe_dump(manifest(**changes), sort_keys=False)


@pytest.mark.parametrize(
    ("written", "moment", "codes"),
    [
        ("1-2-2026", datetime(2026, 1, 2, tzinfo=UTC), {"date_month_first", "date_zone_assumed"}),
        ("9-30-2019", datetime(2019, 9, 30, tzinfo=UTC), {"date_month_first", "date_zone_assumed"}),
        (
            "9/30/2019 13:05",
            datetime(2019, 9, 30, 13, 5, tzinfo=UTC),
            {"date_month_first", "date_zone_assumed"},
        ),
        ("2026-01-02", datetime(2026, 1, 2, tzinfo=UTC), {"date_zone_assumed"}),
        (
            "2019-12-12 13:30:00",
            datetime(2019, 12, 12, 13, 30, tzinfo=UTC),
            {"date_time_kept", "date_zone_assumed"},
        ),
        ("2020-01-15 18:53:00+00:00", datetime(2020, 1, 15, 18, 53, tzinfo=UTC), {"date_time_kept"}),
        ("2020-01-15 18:53:00+09:00", datetime(2020, 1, 15, 9, 53, tzinfo=UTC), {"date_time_kept"}),
        ("'2020-01-15T18:53:00.250Z'", datetime(2020, 1, 15, 18, 53, 0, 250_000, tzinfo=UTC), set()),
        ("'2020-01-15 18:53'", datetime(2020, 1, 15, 18, 53, tzinfo=UTC), {"date_zone_assumed"}),
    ],
)
def test_all_date_forms(read: Reader, written: str, moment: datetime, codes: set[str]) -> None:
    text = as_text().replace("'2026-01-01T00:00:00Z'", written)
    assert written in text
    report = read.text(text)
    assert accepted(report).phases[0].start == moment
    assert warned(report) == {(code, "phases[0].start") for code in codes}


@pytest.mark.parametrize(
    "written", ["30-1-2026", "2026-02-30", "'2026-13-01'", "tomorrow", "0001-01-01 00:00:00+14:00", "12"]
)
def test_dates_that_are_none(read: Reader, written: str) -> None:
    found = faults(read.text(as_text().replace("'2026-01-01T00:00:00Z'", written)))
    assert found <= {("date_invalid", "phases[0].start"), ("type_wrong", "phases[0].start")}
    assert found


@pytest.mark.parametrize("end", ["", "null", "'null'"])
def test_an_open_end_of_the_last_phase(read: Reader, end: str) -> None:
    assert (
        accepted(read.text(as_text().replace("tasks:\n  - 0", f"tasks: [0]\n  end: {end}"))).phases[0].end
        is None
    )


def test_a_key_given_twice_keeps_the_last_and_says_so(read: Reader) -> None:
    late = "solutions:\n- {index: 0, tasks: [0], path: input_data}\n"
    report = read.text("solutions: []\n" + as_text() + late)
    assert len(accepted(report).solutions) == 1
    assert [(note.code, note.params["key"]) for note in report.warnings] == [("yaml_key_twice", "solutions")]
    assert report.warnings[0].row == 2 + as_text().count("\n")


def test_keys_without_a_meaning_where_they_stand(read: Reader) -> None:
    report = read(
        phases=[phase(solutions=[])],
        leaderboards=[board(index=3, columns=[column(computation=None)])],
    )
    assert accepted(report).leaderboards[0].columns[0].computation == ""
    assert warned(report) == {("key_ignored", "leaderboards[0].index")}


@pytest.mark.parametrize(
    ("written", "warns"), [([0, 1], False), (["0", "1"], True), ("0,1", True), ("0, 1", True)]
)
def test_computation_indexes_in_three_forms(read: Reader, written: object, warns: bool) -> None:
    columns = [
        column(),
        column(key="b", index=1),
        column(key="c", index=2, computation="avg", computation_indexes=written),
    ]
    report = read(leaderboards=[board(columns=columns)])
    assert accepted(report).leaderboards[0].columns[2].computation_indexes == (0, 1)
    assert bool(report.warnings) is warns


def test_leaderboard_in_the_singular(read: Reader) -> None:
    report = read(leaderboards=None, leaderboard=[board()])
    assert len(accepted(report).leaderboards) == 1
    assert warned(report) == {("board_key_singular", "leaderboard")}


def test_only_the_first_board_counts(read: Reader) -> None:
    assert warned(read(leaderboards=[board(), board(key="b")])) == {("boards_after_first", "leaderboards")}


def test_one_folder_for_several_tasks_is_normal(read: Reader) -> None:
    tasks = [task(input_data="reference_data"), task(index=1)]
    assert read(tasks=tasks).warnings == []


def test_answers_in_the_public_data_are_said(read: Reader) -> None:
    same_folder = read(phases=[phase(public_data="reference_data")])
    assert warned(same_folder) == {("answers_public", "phases[0].public_data")}
    same_bytes = zipped({"hidden/copy.csv": str(FILES["reference_data/answers.csv"])})
    copied = read({"kit.zip": same_bytes}, phases=[phase(starting_kit="kit.zip")])
    assert warned(copied) == {("answers_public", "phases[0].starting_kit")}


def test_junk_of_desktops_is_skipped(read: Reader) -> None:
    report = read(
        {"__MACOSX/._x": "", "reference_data/._answers.csv": "", "terms.md~": "", "input_data/.DS_Store": ""}
    )
    reference = accepted(report).tasks[0].reference_data
    assert reference is not None
    assert [entry.path for entry in reference.entries] == ["answers.csv"]
    assert [(note.code, note.params) for note in report.warnings] == [("junk_skipped", {"count": 4})]


def test_of_the_same_entry_twice_the_last_stands(read: Reader) -> None:
    stream = io.BytesIO(zipped({"competition.yaml": as_text(), **FILES}))
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "a") as archive:
        warnings.simplefilter("ignore", UserWarning)
        archive.writestr("terms.md", "The later ones.")
    report = read.raw(stream.getvalue())
    assert accepted(report).terms.text == "The later ones."
    assert [(note.code, note.params["count"]) for note in report.warnings] == [("entry_duplicate", 2)]


def test_a_folder_and_a_zip_of_one_name(read: Reader) -> None:
    report = read({"reference_data.zip": zipped({"other.csv": "1"})})
    reference = accepted(report).tasks[0].reference_data
    assert reference is not None
    assert reference.kind == "folder"
    assert warned(report) == {("folder_and_zip", "tasks[0].reference_data")}


def test_html_is_left_for_the_app_to_clean_and_said(read: Reader) -> None:
    pages = [{"title": "H", "file": "p.html"}, {"title": "M", "file": "overview.md"}]
    report = read({"p.html": "<p>x</p>", "overview.md": "a <script>alert(1)</script> 1 < 2"}, pages=pages)
    assert [page.format for page in accepted(report).pages] == ["html", "markdown"]
    assert warned(report) == {("page_html", "pages[0].file"), ("page_raw_html", "pages[1].file")}


def test_one_wrapper_folder_is_taken_and_said(read: Reader) -> None:
    inner = {"competition.yaml": as_text(), **FILES}
    report = read.files({f"repo-main/{name}": content for name, content in inner.items()})
    bundle = accepted(report)
    assert warned(report) == {("wrapper_folder", None)}
    with bundle.open("reference_data/answers.csv") as stream:
        assert stream.read().startswith(b"id")
    assert bundle == accepted(read())


def test_two_wrappers_or_none_are_refused(read: Reader) -> None:
    two = {f"{folder}/competition.yaml": as_text() for folder in "ab"}
    assert faults(read.files(two)) == {("manifest_ambiguous", None)}
    assert faults(read.files({"a/b/competition.yaml": as_text()})) == {("manifest_missing", None)}


def test_values_of_another_kind_are_taken_where_they_are_clear(read: Reader) -> None:
    report = read(title=2026, phases=[phase(max_submissions="7", hide_output="yes")])
    assert accepted(report).title == "2026"
    assert accepted(report).phases[0].max_submissions == 7
    assert accepted(report).phases[0].hide_output
    assert {code for code, _ in warned(report)} == {"type_converted"}
    assert len(report.warnings) == 3


def test_names_and_texts_from_korean_windows_and_macos(read: Reader) -> None:
    pages = [{"title": "소개", "file": "소개.md"}]
    mac = {unicodedata.normalize("NFD", "소개.md"): "안녕"}
    assert accepted(read(mac, pages=pages)).pages[0].text == "안녕"
    raw = zipped(
        {
            "competition.yaml": yaml.safe_dump(manifest(pages=pages)),
            **FILES,
            "XXXX.md": "안녕".encode("cp949"),
        }
    )
    windows = read.raw(raw.replace(b"XXXX.md", "소개.md".encode("cp949")))
    assert accepted(windows).pages[0].text == "안녕"
    assert warned(windows) == {("entry_name_recoded", None), ("text_recoded", "pages[0].file")}


def test_version_2_without_a_version(read: Reader) -> None:
    assert warned(read(version=None)) == {("version_guessed", "version")}


def test_a_plain_file_as_data_set(read: Reader) -> None:
    report = read(tasks=[task(reference_data="reference_data/answers.csv")])
    assert accepted(report).tasks[0].reference_data is not None
    assert warned(report) == {("data_plain_file", "tasks[0].reference_data")}


def test_version_1(read: Reader) -> None:
    phases = legacy_phase(2, "2020-03-01") + legacy_phase(1, "2020-01-01")
    report = read.text(legacy_text(phases=phases, extra="end_date: 2020-06-01"))
    bundle = accepted(report)
    assert report.dialect == "1"
    assert bundle.options.registration_auto_approve
    assert bundle.docker_image == "codalab/codalab-legacy:py37"
    assert [page.title for page in bundle.pages] == ["Overview", "Get starting"]
    assert bundle.terms.text == "# 약관\nBe fair."
    assert [
        (one.name, one.start.month, one.end and (one.end.month, one.end.day)) for one in bundle.phases
    ] == [
        ("Phase 1", 1, (2, 29)),
        ("Phase 2", 3, (6, 1)),
    ]
    assert [one.tasks for one in bundle.phases] == [(0,), (1,)]
    assert [one.name for one in bundle.tasks] == ["Phase 1", "Phase 2"]
    columns = bundle.leaderboards[0].columns
    assert [(one.key, one.title, one.index, one.precision, one.sorting) for one in columns] == [
        ("Score", "Score", 0, 4, "desc"),
        ("duration", "Duration", 1, 0, "asc"),
    ]
    assert (bundle.leaderboards[0].title, bundle.leaderboards[0].key) == ("RESULTS", "RESULTS")
    assert {
        ("version_old", "version"),
        ("key_ignored", "admin_names"),
        ("key_ignored", "phases.1.color"),
    } <= warned(report)


@pytest.mark.parametrize("end", ["", "end_date: null", "end_date: 'null'"])
def test_version_1_with_an_open_end(read: Reader, end: str) -> None:
    report = read.text(legacy_text(phases=legacy_phase(1, "2020-01-01"), extra=end))
    assert accepted(report).phases[0].end is None


def test_version_1_names_of_ingestion_and_migration(read: Reader) -> None:
    extra = (
        "auto_migration: True\n    ingestion_program: ing\n    ingestion_program_only_during_scoring: True"
    )
    phases = legacy_phase(1, "2020-01-01") + legacy_phase(2, "2020-02-01", extra)
    files = {**FILES, "ing/metadata": "command: python $program/i.py"}
    bundle = accepted(read.text(legacy_text(phases=phases), files))
    assert bundle.phases[1].auto_migrate
    program = bundle.tasks[1].ingestion_program
    assert program is not None
    assert program.words == ("python", "/app/ingestion_program/i.py")
    assert bundle.tasks[1].ingestion_only_during_scoring


def test_version_1_phases_less_than_a_day_apart(read: Reader) -> None:
    phases = legacy_phase(1, "2020-01-01") + legacy_phase(2, "2020-01-02")
    report = read.text(legacy_text(phases=phases))
    assert accepted(report).phases[0].end == datetime(2020, 1, 1, 23, 59, 59, tzinfo=UTC)
    assert ("phase_end_close", "phases.1") in warned(report)


def test_version_1_columns_find_their_board_by_its_label_without_case(read: Reader) -> None:
    columns = LEGACY_COLUMNS.replace("*RESULTS", "{label: rESULTS, rank: 1}")
    phases = legacy_phase(1, "2020-01-01")
    assert len(accepted(read.text(legacy_text(phases=phases, columns=columns))).leaderboards[0].columns) == 2
    wrong = LEGACY_COLUMNS.replace("*RESULTS", "{label: Other}", 1)
    report = read.text(legacy_text(phases=phases, columns=wrong))
    assert faults(report) == {("column_board_unknown", "leaderboard.columns.duration.leaderboard")}


def test_version_1_without_its_parts(read: Reader) -> None:
    assert faults(read.text("title: Nothing\nimage: logo.png")) == {
        ("required_missing", "html.terms"),
        ("required_missing", "phases"),
        ("required_missing", "leaderboard.leaderboards"),
    }


def test_version_1_5(read: Reader) -> None:
    report = read.text("version: 1.5\n" + legacy_text(phases=legacy_phase(1, "2020-01-01")))
    assert accepted(report).phases
    assert report.dialect == "1.5"


def test_version_1_8_parallel_phases_become_tasks_of_one_phase(read: Reader) -> None:
    parent = "\n  1: {phasenumber: 1, label: Both, start_date: 2020-01-01, is_parallel_parent: True}\n"
    child = "parent_phasenumber: 1"
    phases = parent + legacy_phase(2, "2020-01-01", child) + legacy_phase(3, "2020-01-01", child)
    report = read.text(legacy_text(phases=phases + legacy_phase(4, "2020-05-01")))
    bundle = accepted(report)
    assert report.dialect == "1.8"
    assert [(one.name, one.tasks) for one in bundle.phases] == [("Both", (0, 1)), ("Phase 4", (2,))]
    assert [one.name for one in bundle.tasks] == ["Phase 2", "Phase 3", "Phase 4"]
    assert bundle.phases[0].max_submissions_per_day == 3
    assert ("parallel_phases_joined", "phases.1") in warned(report)


def test_version_1_8_children_without_their_parent(read: Reader) -> None:
    child = "parent_phasenumber: 9"
    phases = legacy_phase(2, "2020-01-01", child) + legacy_phase(3, "2020-01-01", child)
    report = read.text(legacy_text(phases=phases))
    assert [one.tasks for one in accepted(report).phases] == [(0, 1)]
    assert ("parallel_parent_missing", "phases.2") in warned(report)
