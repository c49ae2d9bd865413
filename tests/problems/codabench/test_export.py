"""Import → export → import gives an equal bundle, whatever the bundle says."""

import io
import tempfile
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dure.problems.codabench import Bundle, BundleReport, export_bundle
from tests.problems.codabench.bundles import (
    FILES,
    Content,
    Reader,
    accepted,
    board,
    column,
    legacy_phase,
    legacy_text,
    manifest,
    phase,
    task,
    zipped,
)

UUID = "6f0e9f4e-1f0b-4b61-9a55-0d0f5b6b7c11"


def assert_comes_back(read: Reader, report: BundleReport) -> Bundle:
    bundle = accepted(report)
    exported = export_bundle(bundle)
    again = accepted(read.raw(exported))
    assert again == bundle
    assert export_bundle(again) == exported
    return again


def test_a_bundle_that_uses_everything_comes_back(read: Reader) -> None:
    files: dict[str, Content] = {
        "ref.zip": zipped({"a.csv": "1", "b/c.csv": "2"}),
        "ing/metadata": "command: python $program/i.py $input $output",
        "kit/start.py": "print()",
        "public/rows.csv": "id\n1\n",
        "empty/": "",
        "about.html": "<h1>소개</h1>",
    }
    report = read(
        files,
        description="두 줄\n또 한 줄",
        reward="₩1,000,000",
        contact_email="host@example.org",
        competition_type="benchmark",
        registration_auto_approve=True,
        forum_enabled=False,
        pages=[{"title": "소개", "file": "about.html"}, {"title": "Gone", "file": "gone.md"}],
        fact_sheet={
            "gpu": {
                "key": "gpu",
                "type": "checkbox",
                "title": "GPU?",
                "selection": [True, False],
                "is_required": "true",
            },
            "kind": {"key": "kind", "type": "select", "title": "Kind", "selection": ["1", "true", ""]},
        },
        tasks=[
            task(
                index=3, reference_data="ref.zip", ingestion_program="ing", ingestion_only_during_scoring=True
            ),
            task(
                index=5, name="Two", reference_data=UUID, input_data="empty", is_public=True, description="d"
            ),
            {"index": 7, "key": UUID},
        ],
        phases=[
            phase(
                tasks=[5, 3],
                end="2026-01-31T23:59:59.5+09:00",
                starting_kit="kit",
                public_data="public",
                max_submissions=0,
            ),
            phase(
                index=1,
                start="2026-02-01 09:30",
                tasks=[7],
                auto_migrate_to_this_phase=True,
                hide_output=True,
            ),
        ],
        solutions=[
            {"index": 0, "tasks": [3], "path": "kit", "name": "s"},
            {"index": 1, "tasks": [5], "key": UUID},
        ],
        leaderboards=[
            board(
                primary_index=1,
                submission_rule="Force_Best",
                columns=[
                    column(),
                    column(key="b", index=1, precision=4, hidden=True),
                    column(key="c", index=2, computation="avg", computation_indexes=[0, 1]),
                ],
            )
        ],
    )
    bundle = assert_comes_back(read, report)
    assert bundle.phases[1].start.hour == 9
    assert bundle.phases[0].starting_kit is not None
    assert bundle.tasks[0].ingestion_only_during_scoring


def test_an_old_bundle_comes_back_as_version_2(read: Reader) -> None:
    phases = legacy_phase(1, "2020-01-01") + legacy_phase(2, "2020-02-01")
    again = assert_comes_back(read, read.text(legacy_text(phases=phases)))
    with_zip = io.BytesIO(export_bundle(again))
    with zipfile.ZipFile(with_zip) as archive:
        assert yaml.safe_load(archive.read("competition.yaml"))["version"] == 2


def test_a_wrapped_bundle_comes_back_without_its_wrapper(read: Reader) -> None:
    inner = {"competition.yaml": yaml.safe_dump(manifest()), **FILES}
    assert_comes_back(read, read.files({f"wrap/{name}": content for name, content in inner.items()}))


def test_exported_dates_keep_their_time_in_codabench(read: Reader) -> None:
    exported = export_bundle(accepted(read(phases=[phase(start="2026-01-05 13:30")])))
    with zipfile.ZipFile(io.BytesIO(exported)) as archive:
        written = yaml.safe_load(archive.read("competition.yaml"))["phases"][0]["start"]
    assert written == "2026-01-05T13:30:00+00:00"


def test_large_monotonous_files_come_back(read: Reader) -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED) as archive:
        for name, content in {"competition.yaml": yaml.safe_dump(manifest()), **FILES}.items():
            archive.writestr(name, content)
        archive.writestr("reference_data/zeros.csv", bytes(17 * 1024 * 1024))
    assert_comes_back(read, read.raw(raw.getvalue()))


def test_a_bundle_without_a_source_cannot_be_exported(read: Reader) -> None:
    bundle = accepted(read())
    bare = Bundle(**{name: getattr(bundle, name) for name in Bundle.__slots__ if name != "source"})
    assert bare == bundle
    with pytest.raises(ValueError, match="in memory"):
        export_bundle(bare)


STORABLE = st.characters(exclude_characters="\x00", exclude_categories=["Cs"])
TEXTS = st.text(STORABLE, max_size=30)
TITLES = st.text(STORABLE, min_size=1, max_size=30).filter(lambda text: bool(text.strip()))
DATES = st.datetimes(datetime(2, 1, 1), datetime(9990, 1, 1))  # noqa: DTZ001  # bundles hold dates without zones
DATA = st.sampled_from(
    ["input_data", "reference_data/", "ref.zip", "gone.zip", UUID, "reference_data/answers.csv"]
)


@st.composite
def phases(draw: st.DrawFn, indexes: list[int]) -> list[dict[str, Any]]:
    """Phases in order, none on top of another, with dates in each form."""
    starts = sorted(draw(st.lists(DATES, min_size=1, max_size=3, unique_by=lambda moment: moment.date())))
    ends = [following - timedelta(microseconds=1) for following in starts[1:]]
    ends.append(starts[-1] + draw(st.timedeltas(timedelta(seconds=1), timedelta(days=900))))
    forms: list[Callable[[datetime], object]] = [
        lambda moment: moment,
        datetime.isoformat,
        lambda moment: f"{moment}Z",
    ]
    return [
        phase(
            index=number,
            name=draw(TITLES),
            start=draw(st.sampled_from(forms))(start),
            end=draw(st.sampled_from(forms))(end),
            tasks=draw(st.lists(st.sampled_from(indexes), min_size=1, max_size=3)),
            description=draw(TEXTS),
            public_data=draw(st.none() | DATA),
            max_submissions=draw(st.integers(0, 1000)),
        )
        for number, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]


@st.composite
def tasks(draw: st.DrawFn, index: int) -> dict[str, Any]:
    return task(
        index=index,
        name=draw(TITLES),
        reference_data=draw(DATA),
        input_data=draw(st.none() | DATA),
        description=draw(TEXTS),
        is_public=draw(st.booleans()),
    )


@st.composite
def columns(draw: st.DrawFn) -> list[dict[str, Any]]:
    return [
        column(
            index=index, key=f"k{index}", title=draw(TITLES), sorting=draw(st.sampled_from(["asc", "desc"]))
        )
        for index in draw(st.lists(st.integers(0, 90), min_size=1, max_size=3, unique=True))
    ]


@st.composite
def manifests(draw: st.DrawFn) -> dict[str, Any]:
    indexes = draw(st.lists(st.integers(0, 50), min_size=1, max_size=3, unique=True))
    pages = st.fixed_dictionaries({"title": TITLES, "file": st.sampled_from(["overview.md", "x.md"])})
    questions = st.fixed_dictionaries({"title": TITLES, "is_required": st.sampled_from(["true", "false"])})
    return manifest(
        title=draw(TITLES),
        description=draw(TEXTS),
        pages=draw(st.lists(pages, max_size=2)),
        tasks=[draw(tasks(index)) for index in indexes],
        phases=draw(phases(indexes)),
        leaderboards=[board(title=draw(TITLES), columns=draw(columns()))],
        fact_sheet=draw(st.dictionaries(st.sampled_from(["a", "b.c", "1"]), questions, max_size=2)),
        forum_enabled=draw(st.booleans()),
    )


@given(written=manifests())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bundle_comes_back_equal(written: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        read = Reader(Path(folder))
        text = yaml.safe_dump(written, allow_unicode=True, sort_keys=False)
        assert_comes_back(read, read.text(text, {**FILES, "ref.zip": zipped({"a/b.csv": "1"})}))
