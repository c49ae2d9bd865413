"""Archives and YAML made to hurt: each refused, with its reason, before anything of it is unpacked."""

import io
import stat
import struct
import time
import zipfile
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dure.engines.faults import Faulty
from dure.problems.codabench import Limits, read_bundle
from tests.problems.codabench.bundles import FILES, Reader, accepted, faults, manifest, task, zipped

TEXT = yaml.safe_dump(manifest())


def with_entry(
    name: str, content: bytes = b"x", *, mode: int = 0, packing: int = zipfile.ZIP_DEFLATED
) -> bytes:
    stream = io.BytesIO(zipped({"competition.yaml": TEXT, **FILES}))
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    info.compress_type = packing
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(info, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    "name",
    [
        *("../evil", "a/../../evil", "/etc/passwd", "//host/share", "C:/evil", "c:evil", "..\\evil", "a\\b"),
        *("a/..", "a\nb", "\\\\host\\share", "a/\x7f"),
    ],
)
def test_paths_that_lead_out_are_refused(read: Reader, name: str) -> None:
    report = read.raw(with_entry(name))
    assert faults(report) == {("entry_path_unsafe", None)}
    assert report.creates == []


def test_a_name_with_a_hidden_end_is_refused(read: Reader) -> None:
    raw = with_entry("safe.txt#../../evil").replace(b"safe.txt#", b"safe.txt\x00")
    assert faults(read.raw(raw)) == {("entry_path_unsafe", None)}


@pytest.mark.parametrize(
    ("mode", "code"),
    [
        (stat.S_IFLNK | 0o777, "entry_symlink"),
        (stat.S_IFIFO | 0o600, "entry_special"),
        (stat.S_IFCHR | 0o600, "entry_special"),
    ],
)
def test_links_and_devices_are_refused(read: Reader, mode: int, code: str) -> None:
    assert faults(read.raw(with_entry("link", b"/etc/passwd", mode=mode))) == {(code, None)}


def test_encrypted_entries_are_refused(read: Reader) -> None:
    raw = bytearray(with_entry("secret.csv"))
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 8] |= 1
    assert faults(read.raw(bytes(raw))) == {("entry_encrypted", None)}


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unbounded_packings_are_refused(read: Reader, packing: int) -> None:
    assert faults(read.raw(with_entry("a", packing=packing))) == {("entry_compression_unknown", None)}


def test_a_name_that_is_file_and_folder_is_refused(read: Reader) -> None:
    assert faults(read.files({"competition.yaml": TEXT, **FILES, "terms.md/x": ""})) == {
        ("entry_file_and_folder", None)
    }


def test_sizes_entries_names_and_ratio_are_bounded(read: Reader) -> None:
    zeros = with_entry("zeros", bytes(2_000_000))
    small = Limits(ratio_floor_bytes=1_000_000)
    assert faults(read.raw(zeros, limits=small)) == {("entry_ratio", None)}
    assert faults(read.raw(zeros, limits=Limits(member_bytes=1_000_000))) == {("entry_too_large", None)}
    assert faults(read.raw(zeros, limits=Limits(decoded_bytes=1_000_000))) == {
        ("archive_decoded_too_large", None)
    }
    assert faults(read.raw(zeros, limits=Limits(archive_bytes=100))) == {("archive_too_large", None)}
    assert faults(read.raw(zeros, limits=Limits(entries=5))) == {("archive_too_many_entries", None)}
    assert faults(read.raw(with_entry("n" * 600))) == {("entry_name_too_long", None)}
    assert accepted(read.raw(zeros)).title


def test_a_directory_without_bound_is_not_even_parsed(read: Reader) -> None:
    raw = bytearray(with_entry("a"))
    end = raw.rindex(b"PK\x05\x06")
    struct.pack_into("<I", raw, end + 12, 2**31)
    assert faults(read.raw(bytes(raw))) == {("archive_too_many_entries", None)}


def test_entries_on_top_of_each_other_are_refused(read: Reader) -> None:
    raw = zipped({"competition.yaml": TEXT, **FILES, "one.bin": "A" * 50, "two.bin": "B" * 50})
    first = raw.index(b"PK\x03\x04")
    changed = bytearray(raw)
    last = raw.rindex(b"PK\x01\x02")
    struct.pack_into("<I", changed, last + 42, first)
    assert faults(read.raw(bytes(changed))) == {("archive_overlap", None)}


def test_a_zip_inside_is_judged_as_strictly(read: Reader) -> None:
    tasks = [task(reference_data="ref.zip")]
    for inner, code in (
        (zipped({"../evil": "x"}), "entry_path_unsafe"),
        (b"not a zip", "archive_broken"),
        (with_entry("l", mode=stat.S_IFLNK | 0o777), "entry_symlink"),
    ):
        assert faults(read({"ref.zip": inner}, tasks=tasks)) == {(code, "tasks[0].reference_data")}


def test_decoded_bytes_of_zips_inside_count_together(read: Reader) -> None:
    inner = {f"{name}.zip": zipped({"zeros": bytes(400_000)}) for name in "abc"}
    tasks = [task(reference_data="a.zip", input_data="b.zip", ingestion_program="c.zip")]
    found = faults(read_with(read, inner, tasks, Limits(decoded_bytes=1_000_000)))
    assert {code for code, _ in found} == {"archive_decoded_too_large"}
    assert accepted(read_with(read, inner, tasks, Limits())).tasks


def read_with(read: Reader, files: dict[str, bytes], tasks: list[dict[str, object]], limits: Limits):  # type: ignore[no-untyped-def]  # noqa: ANN201  # as Reader.files
    text = yaml.safe_dump(manifest(tasks=tasks))
    return read.files({"competition.yaml": text, **FILES, **files}, limits=limits)


def test_zips_inside_a_zip_inside_stay_closed(read: Reader) -> None:
    bomb = zipped({"../evil": "x"})
    bundle = accepted(read({"ref.zip": zipped({"deeper.zip": bomb})}, tasks=[task(reference_data="ref.zip")]))
    with bundle.open("ref.zip//deeper.zip") as stream:
        assert stream.read() == bomb


@pytest.mark.parametrize(
    "path", ["../../etc/passwd", "/etc/passwd", "a\\..\\b", "C:/x", "x/../y", ".", "./", "a\x01"]
)
def test_references_that_lead_out_are_refused(read: Reader, path: str) -> None:
    assert faults(read(tasks=[task(reference_data=path)])) == {
        ("reference_unsafe", "tasks[0].reference_data")
    }


def test_damaged_bytes_are_a_fault_with_a_place(read: Reader) -> None:
    raw = bytearray(zipped({"competition.yaml": TEXT, **FILES}))
    raw[raw.index(b"reference_data/answers.csv") + len("reference_data/answers.csv") + 3] ^= 0xFF
    assert faults(read.raw(bytes(raw))) == {("entry_damaged", "tasks[0].reference_data")}


@pytest.mark.parametrize("raw", [b"", b"PK", b"not a zip at all", b"PK\x05\x06" + bytes(10)])
def test_what_is_no_zip_is_refused(read: Reader, raw: bytes) -> None:
    assert faults(read.raw(raw)) == {("archive_broken", None)}


def nested(depth: int) -> str:
    return "title: " + "[" * depth + "]" * depth


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(f'*{before}' for _ in range(9))}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (BOMB, "yaml_too_many_nodes"),
        ("a: &a {x: 1}\n" + "b: [" + "*a, " * 30_000 + "]", "yaml_too_many_nodes"),
        ("t: &t " + "x" * 60_000 + "\nb: [" + "*t, " * 100 + "]", "yaml_too_many_nodes"),
        ("a: &a [*a]", "yaml_alias_circle"),
        ("a: &a {<<: *a}", "yaml_alias_circle"),
        (nested(60), "yaml_too_deep"),
        (nested(50_000), "yaml_too_deep"),
        ("a: !!python/object/apply:os.system [id]", "yaml_tag"),
        ("a: !!binary aGk=", "yaml_tag"),
        ("a: !x y", "yaml_tag"),
        ("? [a, b]\n: c", "yaml_broken"),
        ("a: [", "yaml_broken"),
        ("a: b\n---\nc: d", "yaml_broken"),
        ("a: *gone", "yaml_broken"),
        ("a: \x07", "yaml_broken"),
        ("- a list", "yaml_not_mapping"),
        ("", "yaml_not_mapping"),
        ("x: " + "y" * 300_000, "yaml_too_large"),
    ],
)
def test_hostile_yaml_is_refused_quickly(read: Reader, text: str, code: str) -> None:
    started = time.process_time()
    report = read.text(text)
    assert faults(report) == {(code, "competition.yaml")}
    assert time.process_time() - started < 5


@pytest.mark.parametrize("key", ["tasks", "phases", "solutions", "fact_sheet", "leaderboards", "pages"])
def test_lists_without_bound_are_refused_quickly(read: Reader, key: str) -> None:
    text = yaml.safe_dump({name: value for name, value in manifest().items() if name != key})
    started = time.process_time()
    report = read.text(f"{text}\n{key}: [{'{},' * 15_000}]")
    assert ("list_too_long", key) in faults(report)
    assert time.process_time() - started < 20


def test_thousands_of_hostile_entries_are_reported_quickly(read: Reader) -> None:
    started = time.process_time()
    report = read.files({f"../{number}": "" for number in range(15_000)})
    assert len(report.faults) == 15_000
    assert time.process_time() - started < 20


def test_a_fault_of_the_yaml_names_its_line(read: Reader) -> None:
    assert read.text("title: a\nterms: [b").faults[0].row == 2


def test_huge_numbers_stay_text(read: Reader) -> None:
    text = TEXT.replace("title: Strength of concrete", "title: 0x" + "f" * 9_000)
    assert accepted(read.text(text)).title.startswith("0xff")


@given(st.binary(max_size=300), st.integers(0, 4_000), st.integers(0, 255))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
def test_no_flipped_byte_raises(tmp_path: Path, junk: bytes, at: int, flip: int) -> None:
    raw = bytearray(zipped({"competition.yaml": TEXT, **FILES}))
    raw[at % len(raw)] ^= flip
    path = tmp_path / "flipped.zip"
    path.write_bytes(bytes(raw) + junk)
    report = read_bundle(path)
    assert (report.bundle is None) == bool(report.faults)


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.text(max_size=8)
        | st.dates()
        | st.datetimes(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.text(max_size=4) | st.integers(), inner, max_size=3)
        ),
        max_leaves=6,
    ),
    st.sampled_from(
        sorted({*manifest(), "solutions", "fact_sheet", "html", "leaderboard", "end_date", "description"})
    ),
    st.sampled_from([None, 2, 1.5]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=250, deadline=None)
def test_no_value_of_any_kind_raises(tmp_path: Path, value: object, key: str, version: object) -> None:
    text = yaml.safe_dump(manifest(**{"version": version, key: value}))
    path = tmp_path / "odd.zip"
    path.write_bytes(zipped({"competition.yaml": text, **FILES}))
    report = read_bundle(path)
    assert (report.bundle is None) == bool(report.faults)


def test_a_zip_changed_after_reading_is_noticed(read: Reader) -> None:
    path = read.path(zipped({"competition.yaml": TEXT, **FILES}))
    bundle = accepted(read_bundle(path))
    path.write_bytes(
        zipped({"competition.yaml": TEXT, **FILES, "reference_data/answers.csv": "id,label\n1,dog\n"})
    )
    with pytest.raises(Faulty, match="member_changed"):
        bundle.open("reference_data/answers.csv")


def test_nothing_is_written_beside_the_bundle(tmp_path: Path) -> None:
    path = tmp_path / "only.zip"
    path.write_bytes(zipped({"competition.yaml": TEXT, **FILES}))
    bundle = accepted(read_bundle(path))
    with bundle.open("terms.md") as stream:
        stream.read()
    assert [entry.name for entry in tmp_path.iterdir()] == ["only.zip"]
