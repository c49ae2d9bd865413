"""Backup, then restore on an empty machine, gives the same pages and hashes, wherever the files lie."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from dure.cli.installation import Installation
from tests.cli.reading_all import enter, read_all
from tests.cli.serving import Served, dure, serving
from tests.cli.settling import until_settled
from tests.cli.test_backup import CONTENTS, blobs_of, fill, path_of, put_blobs
from tests.cli.waiting import until
from tests.faulty import ObjectStore, object_store

pytestmark = pytest.mark.slow
ROLES = ("Secretariat", "Problem owner", "Talent", "Challenge host")
Pages = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def s3() -> Iterator[ObjectStore]:
    with object_store() as store:
        yield store


def sessions(served: Served, folder: Path) -> dict[str, httpx.Cookies]:
    """A stranger, and everybody of `ROLES` signed in; the sessions lie in the database."""
    links = [json.loads(line) for line in _links(folder).splitlines() if line.startswith("{")]
    entered = {"stranger": httpx.Cookies()}
    for link in links:
        if link["role_en"] in ROLES:
            with client(served) as one:
                enter(one, link["path"])
                entered[link["role_en"]] = one.cookies
    assert set(entered) == {"stranger", *ROLES}
    return entered


def _links(folder: Path) -> str:
    return dure("manage", "demo_links", DURE_DATA=str(folder)).stdout


def client(served: Served, cookies: httpx.Cookies | None = None) -> httpx.Client:
    return httpx.Client(base_url=served.url, cookies=cookies, follow_redirects=True, timeout=60)


def pages(served: Served, entered: dict[str, httpx.Cookies]) -> Pages:
    """All pages and downloads that each can reach, by the hash of what is answered."""
    found = {}
    for role, cookies in entered.items():
        with client(served, cookies) as one:
            found[role] = read_all(one)
    return found


def differing(before: Pages, after: Pages) -> list[str]:
    """Who reads what differently, or no longer, or for the first time."""
    return [
        f"{role} {path}: {before[role].get(path)} {after[role].get(path)}"
        for role in before
        for path in sorted({*before[role], *after[role]})
        if before[role].get(path) != after[role].get(path)
    ]


def test_the_whole_demo_moves_to_a_machine_with_a_bucket_and_back_to_one_with_a_folder(
    tmp_path: Path, s3: ObjectStore
) -> None:
    one, two, three = (tmp_path / name for name in ("1", "2", "3"))
    first, second = tmp_path / "first.dure", tmp_path / "second.dure"
    bucket = s3.bucket("moved")
    with serving(one, demo=True) as served:
        until(lambda: "the demo alliance is loaded" in served.text, within_s=180)
        until_settled(one)
        entered = sessions(served, one)
        before = pages(served, entered)
        done = dure("backup", str(first), "--data", str(one))
        assert done.returncode == 0, done.stdout
    assert len(before["stranger"]) > 40
    assert any("/data/" in path for path in before["stranger"])
    assert {role for role in ROLES if before[role] != before["stranger"]} == set(ROLES)

    restored = dure("restore", str(first), "--data", str(two), DURE_STORAGE_URL=bucket)
    assert restored.returncode == 0, restored.stdout
    assert blobs_of(two) == {}
    with serving(two, DURE_STORAGE_URL=bucket) as served:
        assert differing(before, pages(served, entered)) == []
        done = dure("backup", str(second), "--data", str(two), DURE_STORAGE_URL=bucket)
        assert done.returncode == 0, done.stdout

    restored = dure("restore", str(second), "--data", str(three))
    assert restored.returncode == 0, restored.stdout
    assert blobs_of(three) == blobs_of(one)
    with serving(three) as served:
        assert differing(before, pages(served, entered)) == []


@pytest.fixture
def backup(installed: Path, tmp_path: Path) -> Path:
    put_blobs(installed)
    with Installation(installed).database() as url:
        fill(url)
    target = tmp_path / "b.dure"
    assert dure("backup", str(target), "--data", str(installed)).returncode == 0
    return target


def test_a_broken_off_restore_into_a_bucket_goes_on(backup: Path, tmp_path: Path, s3: ObjectStore) -> None:
    bucket, new = s3.bucket("broken-off"), tmp_path / "new"
    cut = tmp_path / "cut.dure"
    cut.write_bytes(backup.read_bytes()[:-20_000])
    refused = dure("restore", str(cut), "--data", str(new), DURE_STORAGE_URL=bucket)
    assert refused.returncode == 1
    assert "the next restore goes on behind them" in refused.stdout
    assert not (new / "postgres").exists()
    restored = dure("restore", str(backup), "--data", str(new), DURE_STORAGE_URL=bucket)
    assert restored.returncode == 0, restored.stdout
    again = dure("backup", str(tmp_path / "again.dure"), "--data", str(new), DURE_STORAGE_URL=bucket)
    assert again.returncode == 0, again.stdout
    assert f"{len(CONTENTS)} files" in again.stdout


def test_a_bucket_that_holds_something_else_under_a_name_is_refused(
    backup: Path, tmp_path: Path, s3: ObjectStore
) -> None:
    bucket = s3.bucket("taken")
    name = path_of(Path(), CONTENTS[0]).relative_to("blobs")
    s3.client().put_object(Bucket="taken", Key=str(name), Body=b"something else")
    refused = dure("restore", str(backup), "--data", str(tmp_path / "new"), DURE_STORAGE_URL=bucket)
    assert refused.returncode == 1
    assert f"the store holds another file under {name}" in refused.stdout


@pytest.mark.parametrize(
    ("bucket", "words"), [("gone", "does not answer"), ("empty", "the store they were put into")]
)
def test_a_store_that_is_away_or_wrong_is_said(
    installed: Path, tmp_path: Path, s3: ObjectStore, bucket: str, words: str
) -> None:
    with Installation(installed).database() as url:
        fill(url)
    address = s3.bucket(bucket)
    if bucket == "gone":
        address = address.replace(s3.endpoint, "http://127.0.0.1:9")
    target = tmp_path / "b.dure"
    failed = dure("backup", str(target), "--data", str(installed), DURE_STORAGE_URL=address)
    assert failed.returncode == 1
    assert words in failed.stdout
    assert not target.exists()
