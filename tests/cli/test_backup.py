"""Backup, then restore on an empty folder, gives the same rows and files; anything less gives nothing."""

import hashlib
import io
import subprocess
import tarfile
from pathlib import Path

import psycopg
import pytest

from dure.cli.installation import Installation
from dure.cli.postgres import start_ephemeral
from tests.cli.serving import dure, serving
from tests.faulty import fill_up, small_disk

CONTENTS = [f"blob {number}".encode() * 1000 for number in range(5)]


def put_blobs(folder: Path) -> None:
    for content in CONTENTS:
        name = hashlib.sha256(content).hexdigest()
        path = folder / "blobs" / name[:2] / name[2:4] / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def fill(url: str) -> None:
    with psycopg.connect(url) as connection:
        name_blobs(connection)
        connection.execute(
            "CREATE TABLE kept AS SELECT n, md5(n::text) AS text FROM generate_series(1, 5000) n"
        )


def name_blobs(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    """Write into the database what it knows of the blobs."""
    for content in CONTENTS:
        connection.execute(
            "INSERT INTO foundation_blob (sha256, size, created_at) VALUES (%s, %s, now())",
            (hashlib.sha256(content).hexdigest(), len(content)),
        )


def rows(url: str) -> tuple[object, ...] | None:
    with psycopg.connect(url) as connection:
        return connection.execute(
            "SELECT count(*), md5(string_agg(text, ',' ORDER BY n)), (SELECT count(*) FROM django_migrations) FROM kept"
        ).fetchone()


def blobs_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "blobs").rglob("*") if path.is_file()}


@pytest.fixture
def backup(installed: Path, tmp_path: Path) -> Path:
    """A backup of an installation with rows and blobs that was not being served."""
    put_blobs(installed)
    with Installation(installed).database() as url:
        fill(url)
    done = dure("backup", str(tmp_path / "backup.tar"), "--data", str(installed))
    assert done.returncode == 0, done.stdout
    return tmp_path / "backup.tar"


def altered(backup: Path, target: Path, *, change: str, content: bytes | None) -> Path:
    """Copy a backup with one member changed, or left out where `content` is None."""
    with tarfile.open(backup) as old, tarfile.open(target, "w") as new:
        for info in old:
            source = old.extractfile(info)
            data = source.read() if source else b""
            if change in info.name:
                if content is None:
                    continue
                data = content
                info.size = len(data)
            new.addfile(info, io.BytesIO(data))
    return target


@pytest.mark.slow
def test_backup_while_served_then_restore_is_equal_and_serves(installed: Path, tmp_path: Path) -> None:
    put_blobs(installed)
    with serving(installed):
        url = Installation(installed).cluster.url()
        fill(url)
        before = rows(url)
        done = dure("backup", str(tmp_path / "b.tar"), "--data", str(installed))
    assert done.returncode == 0, done.stdout
    empty = tmp_path / "new"
    restored = dure("restore", str(tmp_path / "b.tar"), "--data", str(empty))
    assert restored.returncode == 0, restored.stdout
    assert blobs_of(empty) == blobs_of(installed)
    assert (empty / "secret_key").read_text() == (installed / "secret_key").read_text()
    with serving(empty) as served:
        assert served.answers()
        assert rows(Installation(empty).cluster.url()) == before


def test_the_keys_that_sign_credentials_come_back_closed_to_others(installed: Path, tmp_path: Path) -> None:
    keys = installed / "badges"
    keys.mkdir(mode=0o700)
    (keys / f"{'k' * 43}.pem").write_text("private")
    (keys / "half-written.123").write_text("left over")
    assert dure("backup", str(tmp_path / "b.tar"), "--data", str(installed)).returncode == 0
    restored = dure("restore", str(tmp_path / "b.tar"), "--data", str(tmp_path / "new"))
    assert restored.returncode == 0, restored.stdout
    back = tmp_path / "new" / "badges"
    assert [file.name for file in back.iterdir()] == [f"{'k' * 43}.pem"]
    assert (back / f"{'k' * 43}.pem").read_text() == "private"
    assert (back.stat().st_mode & 0o777, (back / f"{'k' * 43}.pem").stat().st_mode & 0o777) == (0o700, 0o600)


def test_restore_refuses_a_folder_in_use(backup: Path, installed: Path) -> None:
    refused = dure("restore", str(backup), "--data", str(installed))
    assert refused.returncode == 1
    assert "holds an installation" in refused.stdout


def test_backup_does_not_overwrite(backup: Path, installed: Path) -> None:
    before = backup.read_bytes()
    refused = dure("backup", str(backup), "--data", str(installed))
    assert refused.returncode == 1
    assert backup.read_bytes() == before


@pytest.mark.parametrize(
    ("change", "content", "reason"),
    [
        (hashlib.sha256(CONTENTS[0]).hexdigest(), b"other", "is damaged"),
        (hashlib.sha256(CONTENTS[0]).hexdigest(), None, "not those of the manifest"),
        ("database.dump", b"other", "database.dump is not what the manifest says"),
        ("secret_key", None, "secret_key is not what the manifest says"),
        ("manifest.json", None, "manifest is missing"),
        ("manifest.json", b'{"format": 99}', "does not know"),
    ],
)
def test_a_damaged_backup_changes_nothing(
    backup: Path, tmp_path: Path, change: str, content: bytes | None, reason: str
) -> None:
    damaged = altered(backup, tmp_path / "damaged.tar", change=change, content=content)
    refused = dure("restore", str(damaged), "--data", str(tmp_path / "new"))
    assert refused.returncode == 1
    assert reason in refused.stdout
    assert [entry.name for entry in (tmp_path / "new").iterdir()] == ["lock"]


def test_a_cut_off_backup_is_refused(backup: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.tar"
    cut.write_bytes(backup.read_bytes()[: backup.stat().st_size // 2])
    refused = dure("restore", str(cut), "--data", str(tmp_path / "new"))
    assert refused.returncode == 1
    assert "Nothing was changed" in refused.stdout


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "blobs/../../outside", "postgres/PG_VERSION"])
def test_hostile_names_are_refused(tmp_path: Path, name: str) -> None:
    hostile = tmp_path / "hostile.tar"
    with tarfile.open(hostile, "w") as tar:
        tar.addfile(tarfile.TarInfo(name), io.BytesIO(b""))
    refused = dure("restore", str(hostile), "--data", str(tmp_path / "new"))
    assert refused.returncode == 1
    assert "does not belong in a backup" in refused.stdout
    assert not list(tmp_path.glob("**/outside"))


def test_links_are_refused(tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.tar"
    link = tarfile.TarInfo("secret_key")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with tarfile.open(hostile, "w") as tar:
        tar.addfile(link)
    assert dure("restore", str(hostile), "--data", str(tmp_path / "new")).returncode == 1


def path_of(folder: Path, content: bytes) -> Path:
    name = hashlib.sha256(content).hexdigest()
    return folder / "blobs" / name[:2] / name[2:4] / name


@pytest.fixture
def half_lost(installed: Path) -> Path:
    """An installation with one file lost, one damaged, and one that no row names."""
    put_blobs(installed)
    with Installation(installed).database() as url:
        fill(url)
    path_of(installed, CONTENTS[1]).unlink()
    path_of(installed, CONTENTS[2]).write_bytes(b"rot")
    (installed / "blobs" / "stray").write_bytes(b"no row names this")
    return installed


def test_all_lost_and_damaged_files_are_named_and_no_backup_appears(half_lost: Path, tmp_path: Path) -> None:
    refused = dure("backup", str(tmp_path / "b.tar"), "--data", str(half_lost))
    assert refused.returncode == 1
    for content in CONTENTS[1:3]:
        assert hashlib.sha256(content).hexdigest() in refused.stdout
    assert "2 files that the database names are lost or damaged, 3 are whole" in refused.stdout
    assert "--without-lost" in refused.stdout
    assert [entry.name for entry in tmp_path.iterdir()] == ["data"]


def test_lost_files_are_left_out_when_one_says_so_and_named_again_at_the_restore(
    half_lost: Path, tmp_path: Path
) -> None:
    backup, empty = tmp_path / "b.tar", tmp_path / "new"
    done = dure("backup", str(backup), "--data", str(half_lost), "--without-lost")
    assert done.returncode == 0, done.stdout
    restored = dure("restore", str(backup), "--data", str(empty))
    assert restored.returncode == 0, restored.stdout
    assert sorted(blobs_of(empty).values()) == sorted([CONTENTS[0], *CONTENTS[3:]])
    for output in (done.stdout, restored.stdout):
        assert all(hashlib.sha256(content).hexdigest() in output for content in CONTENTS[1:3])


@pytest.mark.parametrize("leave", [10_000, 300_000], ids=["nothing", "the database"])
def test_a_full_disk_leaves_no_backup(installed: Path, tmp_path: Path, leave: int) -> None:
    put_blobs(installed)
    with Installation(installed).database() as url:
        fill(url)
    with small_disk(tmp_path / "disk") as disk:
        fill_up(disk, leave=leave)
        failed = dure("backup", str(disk / "b.tar"), "--data", str(installed))
        assert failed.returncode == 1
        assert "No space left on device" in failed.stdout
        assert [path.name for path in disk.iterdir()] == ["filler"]


def test_a_given_database_is_backed_up_and_restored(installed: Path, tmp_path: Path) -> None:
    backup = tmp_path / "b.tar"
    with start_ephemeral(tmp_path / "one") as url:
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE django_migrations (id int)")
            connection.execute(
                "CREATE TABLE foundation_blob (sha256 text, size bigint, created_at timestamptz)"
            )
        put_blobs(tmp_path / "d")
        fill(url)
        before = rows(url)
        assert dure("backup", str(backup), "--data", str(tmp_path / "d"), DATABASE_URL=url).returncode == 0
    with start_ephemeral(tmp_path / "two") as url:
        done = dure("restore", str(backup), "--data", str(tmp_path / "e"), DATABASE_URL=url)
        assert done.returncode == 0, done.stdout
        assert rows(url) == before
        refused = dure("restore", str(backup), "--data", str(tmp_path / "f"), DATABASE_URL=url)
        assert "holds tables" in refused.stdout
    assert not (tmp_path / "e" / "postgres").exists()


def test_subprocess_never_sees_the_password() -> None:
    from dure.cli.backup import without_password  # noqa: PLC0415 - a pure function of this module

    address, env = without_password("postgresql://me:s%40cret@db.example:5432/dure?sslmode=require")
    assert address == "postgresql://me@db.example:5432/dure?sslmode=require"
    assert env["PGPASSWORD"] == "s@cret"
    assert subprocess.list2cmdline([address]).find("cret") == -1
