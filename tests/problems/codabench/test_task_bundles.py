"""Tasks in bundles of their own: on their own, and inside a competition as a zip, a folder or an entry that lists zips."""

from typing import Any

import pytest
import yaml

from dure.problems.codabench import Bundle, BundleReport, Limits, export_bundle
from tests.problems.codabench.bundles import (
    FILES,
    INNER,
    Content,
    Reader,
    accepted,
    faults,
    manifest,
    task,
    task_files,
    task_said,
    warned,
    zipped,
)

UUID = "6f0e9f4e-1f0b-4b61-9a55-0d0f5b6b7c11"


def in_competition(read: Reader, files: dict[str, Content], *tasks: dict[str, Any]) -> BundleReport:
    return read(files, tasks=list(tasks))


def contents(bundle: Bundle) -> list[bytes]:
    """What every file of every task holds, opened as an importer opens it."""
    found = []
    with bundle.reading() as open_member:
        for one in bundle.tasks:
            assert one.scoring_program is not None
            for files in (one.scoring_program.files, one.reference_data, one.input_data):
                for entry in files.entries if files else ():
                    with open_member(entry.member) as stream:
                        found.append(stream.read())
    return found


def test_a_task_on_its_own_is_a_challenge_of_one_task(read: Reader) -> None:
    report = read.files(task_files())
    bundle = accepted(report)
    assert (report.dialect, report.warnings) == ("task", [])
    assert (bundle.title, bundle.description) == ("Strength", "From the mix")
    (one,) = bundle.tasks
    assert one.is_public
    assert one.scoring_program is not None
    assert one.scoring_program.words == ("python3", "score.py")
    assert one.reference_data is not None
    assert [entry.member for entry in one.reference_data.entries] == ["answers.zip//answers.csv"]
    assert [planned.kind for planned in report.creates] == [
        *("challenge", "task", "scoring_program", "reference_data", "input_data"),
    ]
    assert b"id,label\n1,cat\n" in contents(bundle)


def test_a_task_in_one_wrapper_folder_is_taken_and_task_said(read: Reader) -> None:
    report = read.files({f"task-main/{name}": content for name, content in task_files().items()})
    assert warned(report) == {("wrapper_folder", None)}
    assert len(contents(accepted(report))) == 4


def test_a_competition_beside_a_task_is_the_competition(read: Reader) -> None:
    assert read(task_files()).dialect == "2"


@pytest.mark.parametrize("form", ["zip", "wrapped zip", "folder"])
def test_a_task_bundle_inside_a_competition(read: Reader, form: str) -> None:
    held = task_files()
    shapes: dict[str, tuple[dict[str, Content], str]] = {
        "zip": ({"tasks/one.zip": zipped(held)}, "tasks/one.zip"),
        "wrapped zip": ({"one.zip": zipped({f"w/{name}": raw for name, raw in held.items()})}, "one.zip"),
        "folder": ({f"tasks/one/{name}": raw for name, raw in held.items()}, "tasks/one/"),
    }
    files, path = shapes[form]
    report = in_competition(read, files, {"index": 0, "path": path}, task(index=4))
    bundle = accepted(report)
    assert [(one.index, one.name) for one in bundle.tasks] == [(0, "Strength"), (4, "Strength")]
    assert len(contents(bundle)) == 8
    assert warned(report) == ({("wrapper_folder", "tasks[0].path")} if form == "wrapped zip" else set())
    kinds = {planned.place: planned.kind for planned in report.creates}
    assert kinds["tasks[0].scoring_program"] == "scoring_program"


def test_an_entry_may_list_zips_as_task_bundles_do(read: Reader) -> None:
    report = in_competition(read, dict(INNER), {"index": 0, **task_said()})
    assert report.warnings == []
    assert len(contents(accepted(report))) == 4


def test_task_bundles_come_back_with_the_same_files(read: Reader) -> None:
    files: dict[str, Content] = {
        "a.zip": zipped(task_files()),
        **{f"b/{n}": c for n, c in task_files().items()},
    }
    report = in_competition(read, files, {"index": 0, "path": "a.zip"}, {"index": 1, "path": "b"})
    bundle = accepted(report)
    again = accepted(read.raw(export_bundle(bundle)))
    assert contents(again) == contents(bundle)
    assert accepted(read.raw(export_bundle(again))) == again


def test_a_task_on_its_own_comes_back(read: Reader) -> None:
    bundle = accepted(read.files(task_files()))
    exported = export_bundle(bundle)
    assert accepted(read.raw(exported)) == bundle
    assert export_bundle(accepted(read.raw(exported))) == exported


NEGATIVE: list[tuple[str, dict[str, Content] | None, dict[str, Any], str, str]] = [
    ("missing name", None, {"name": None}, "required_missing", "name"),
    ("missing description", None, {"description": None}, "required_missing", "description"),
    ("no scoring program", None, {"scoring_program": None}, "required_missing", "scoring_program"),
    ("neither zip nor key", None, {"scoring_program": {}}, "zip_or_key_missing", "scoring_program"),
    ("empty zip and key", None, {"input_data": {"zip": "", "key": ""}}, "zip_or_key_missing", "input_data"),
    ("no such key", None, {"reference_data": {"key": UUID}}, "key_elsewhere", "reference_data.key"),
    ("listed zip missing", None, {"input_data": {"zip": "gone.zip"}}, "zip_missing", "input_data.zip"),
    ("a UUID as zip", None, {"input_data": {"zip": UUID}}, "zip_missing", "input_data.zip"),
    ("no zip by name", {"a.csv": "1"}, {"input_data": {"zip": "a.csv"}}, "zip_wanted", "input_data.zip"),
    ("a folder", {"d/a.csv": "1"}, {"input_data": {"zip": "d"}}, "zip_wanted", "input_data.zip"),
    ("no zip by content", {"inputs.zip": b"text"}, {}, "archive_broken", "input_data.zip"),
    ("an empty file", {"inputs.zip": b""}, {}, "archive_broken", "input_data.zip"),
    ("a path out", None, {"input_data": {"zip": "../x.zip"}}, "reference_unsafe", "input_data.zip"),
    ("itself", None, {"input_data": {"zip": "task.yaml"}}, "reference_to_manifest", "input_data.zip"),
    ("no path", None, {"input_data": {"zip": 7}}, "type_wrong", "input_data.zip"),
    ("a list", None, {"input_data": ["inputs.zip"]}, "type_wrong", "input_data"),
]


@pytest.mark.parametrize("case", NEGATIVE, ids=[case[0] for case in NEGATIVE])
def test_each_thing_that_can_be_wrong(read: Reader, case: tuple[Any, ...]) -> None:
    _, files, changes, code, place = case
    held = task_files(files, **changes)
    assert faults(read.files(held)) == {(code, place)}
    inside = in_competition(read, {"one.zip": zipped(held)}, {"index": 0, "path": "one.zip"})
    assert faults(inside) == {(code, f"tasks[0].path.{place}")}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("name: [", "yaml_broken"),
        ("- a list", "yaml_not_mapping"),
        ("", "yaml_not_mapping"),
        ("name: !!python/object/apply:os.system [id]", "yaml_tag"),
        ("a: &a [*a]", "yaml_alias_circle"),
        ("x: " + "y" * 300_000, "yaml_too_large"),
    ],
)
def test_broken_yaml_of_a_task(read: Reader, text: str, code: str) -> None:
    held: dict[str, Content] = {**INNER, "task.yaml": text}
    assert faults(read.files(held)) == {(code, "task.yaml")}
    inside = in_competition(read, {"one.zip": zipped(held)}, {"index": 0, "path": "one.zip"})
    assert faults(inside) == {(code, "tasks[0].path")}


def test_a_task_without_yaml(read: Reader) -> None:
    assert faults(read.files(INNER)) == {("manifest_missing", None)}
    zip_inside = in_competition(read, {"one.zip": zipped(INNER)}, {"index": 0, "path": "one.zip"})
    assert faults(zip_inside) == {("manifest_missing", "tasks[0].path")}
    folder = in_competition(read, {}, {"index": 0, "path": "input_data"})
    assert faults(folder) == {("manifest_missing", "tasks[0].path")}


@pytest.mark.parametrize(
    ("path", "code"),
    [
        *(("gone.zip", "zip_missing"), ("../one.zip", "reference_unsafe"), ("terms.md", "archive_broken")),
        *(("competition.yaml", "reference_to_manifest"), (["a"], "type_wrong"), (".", "reference_unsafe")),
    ],
)
def test_a_task_path_that_leads_nowhere(read: Reader, path: object, code: str) -> None:
    assert faults(in_competition(read, {}, {"index": 0, "path": path})) == {(code, "tasks[0].path")}


def test_several_task_bundles_side_by_side_are_not_one(read: Reader) -> None:
    held = {f"{name}/task.yaml": yaml.safe_dump(task_said()) for name in "ab"}
    assert faults(read.files(held)) == {("manifest_ambiguous", None)}


def test_all_errors_of_all_tasks_come_at_once(read: Reader) -> None:
    wrong = zipped(task_files(name=None, scoring_program={}, input_data={"zip": "gone.zip"}))
    report = in_competition(
        read, {"a.zip": wrong}, {"index": 0, "path": "a.zip"}, {"index": 0, "path": "gone.zip"}, {"name": ""}
    )
    assert faults(report) == {
        ("required_missing", "tasks[0].path.name"),
        ("zip_or_key_missing", "tasks[0].path.scoring_program"),
        ("zip_missing", "tasks[0].path.input_data.zip"),
        ("task_index_twice", "tasks[1].index"),
        ("zip_missing", "tasks[1].path"),
        ("required_missing", "tasks[2].name"),
        ("required_missing", "tasks[2].scoring_program"),
    }


def test_a_zip_wins_over_a_key_and_other_keys_are_task_said(read: Reader) -> None:
    listed = {"zip": "inputs.zip", "key": UUID, "colour": "red"}
    assert warned(read.files(task_files(input_data=listed))) == {
        ("key_ignored", "input_data.key"),
        ("key_unknown", "input_data.colour"),
    }
    beside = in_competition(read, {"a.zip": zipped(task_files())}, {"index": 0, "path": "a.zip", "name": "x"})
    assert warned(beside) == {("key_ignored", "tasks[0].name")}


def with_bytes(read: Reader, files: dict[str, Content], limits: Limits) -> BundleReport:
    tasks = [{"index": at, "path": name} for at, name in enumerate(files)]
    text = yaml.safe_dump(manifest(tasks=tasks))
    return read.files({"competition.yaml": text, **FILES, **files}, limits=limits)


def test_bytes_and_entries_of_all_archives_count_together(read: Reader) -> None:
    heavy = zipped({"zeros": bytes(200_000)})
    files: dict[str, Content] = {f"{name}.zip": zipped(task_files({"inputs.zip": heavy})) for name in "abc"}
    assert accepted(with_bytes(read, files, Limits(decoded_bytes=1_000_000)))
    few = faults(with_bytes(read, files, Limits(decoded_bytes=500_000)))
    assert {code for code, _ in few} == {"archive_decoded_too_large"}
    many: dict[str, Content] = {
        f"{name}.zip": zipped(task_files({"inputs.zip": zipped({f"{n}": "" for n in range(40)})}))
        for name in "abc"
    }
    found = faults(with_bytes(read, many, Limits(entries_in_all=120)))
    assert {code for code, _ in found} == {"archive_too_many_entries"}
    assert all(place and place.startswith("tasks[") for _, place in found)


def test_a_zip_bomb_behind_a_task_is_refused(read: Reader) -> None:
    bomb = zipped(task_files({"inputs.zip": zipped({"zeros": bytes(40_000_000)})}))
    found = faults(in_competition(read, {"a.zip": bomb}, {"index": 0, "path": "a.zip"}))
    assert found == {("entry_ratio", "tasks[0].path.input_data.zip")}


def test_archives_are_opened_three_deep_and_no_deeper(read: Reader) -> None:
    """The bundle, a task in it, the data of that task: what lies in those is a file, whatever it is."""
    bomb = zipped({"../evil": "x"})
    held = task_files({"inputs.zip": zipped({"deeper.zip": bomb, "task.yaml": "name: ["})})
    bundle = accepted(in_competition(read, {"a.zip": zipped(held)}, {"index": 0, "path": "a.zip"}))
    with bundle.open("a.zip//inputs.zip//deeper.zip") as stream:
        assert stream.read() == bomb
    with pytest.raises(KeyError):
        bundle.open("a.zip//inputs.zip//deeper.zip//../evil")


def test_hostile_names_inside_a_task_are_refused(read: Reader) -> None:
    for name, code in (("../evil", "entry_path_unsafe"), ("C:/x", "entry_path_unsafe")):
        inside = in_competition(
            read, {"a.zip": zipped(task_files({name: "x"}))}, {"index": 0, "path": "a.zip"}
        )
        assert faults(inside) == {(code, "tasks[0].path")}
    deep = task_files({"answers.zip": zipped({"../evil": "x"})})
    inside = in_competition(read, {"a.zip": zipped(deep)}, {"index": 0, "path": "a.zip"})
    assert faults(inside) == {("entry_path_unsafe", "tasks[0].path.reference_data.zip")}
