"""`dure backup FILE`: everything in one file, while people go on working."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote, urlsplit, urlunsplit

import dure
from dure.cli.archive import DUMP, ArchiveError, Writer, extras
from dure.cli.blobs import Store
from dure.cli.installation import Installation, InUseError
from dure.cli.programs import DatabaseError, environment, program
from dure.cli.progress import Progress, size
from dure.cli.words import either

LAST_BACKUP = "last_backup.json"
SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help=either("file to write", "만들 파일"))
    parser.add_argument("--data", metavar="DIR", type=Path, help=either("data folder", "데이터 폴더"))
    parser.add_argument(
        "--without-lost",
        action="store_true",
        help=either(
            "leave out files that are lost or damaged, and name them",
            "잃었거나 손상된 파일은 이름을 알리고 빼고 백업",
        ),
    )
    parser.epilog = either(
        "Holds the database and every file it names, from the data folder or from DURE_STORAGE_URL, each checked by "
        "its hash, the secret key, and the keys that sign credentials: keep it closed. People may go on working. "
        "FILE appears only when it is whole.",
        "데이터베이스와 그 안에 적힌 모든 파일(데이터 폴더나 DURE_STORAGE_URL 에서, 하나하나 해시로 확인)과 "
        "비밀 키, 인증서 서명 키를 담습니다. 남이 볼 수 없게 두세요. 서비스를 쓰는 중에도 됩니다. "
        "FILE 은 온전히 끝났을 때에만 생깁니다.",
    )


def run(args: argparse.Namespace) -> int:
    try:
        manifest = back_up(Installation.at(args.data), args.file, without_lost=args.without_lost)
    except (ArchiveError, DatabaseError, InUseError, OSError) as error:
        print(f"dure backup: {error}", file=sys.stderr)
        return 1
    written, files = size(args.file.stat().st_size), manifest["blobs"]["count"]
    print(
        either(
            f"backup written: {args.file}: {written}, {files} files",
            f"백업을 만들었습니다: {args.file}: {written}, 파일 {files}개",
        )
    )
    for sha256 in manifest["lost"]:
        print(either("  left out: ", "  뺀 파일: ") + sha256)
    if os.environ.get("DURE_SECRET_KEY"):
        print(
            either(
                "DURE_SECRET_KEY comes from the environment and is not in it: keep it, too.",
                "DURE_SECRET_KEY 는 환경에서 오므로 백업에 없습니다. 따로 보관하세요.",
            )
        )
    return 0


def back_up(installation: Installation, target: Path, *, without_lost: bool = False) -> dict[str, Any]:
    """Write a backup and return its manifest; the file appears under its name only when it is whole.

    Raises:
        ArchiveError: the target exists, there is nothing to back up, or files are lost or damaged: all are named.
        DatabaseError: the dump fails.
    """
    if target.exists():
        raise ArchiveError(
            either(
                f"{target} exists; choose another name",
                f"{target} 파일이 이미 있습니다. 다른 이름을 고르세요",
            )
        )
    if not installation.external_database and not installation.cluster.exists:
        raise ArchiveError(
            either(
                f"there is no installation in {installation.folder}",
                f"{installation.folder} 에 설치된 것이 없습니다",
            )
        )
    installation.make_folders()
    descriptor, partial = tempfile.mkstemp(dir=target.resolve().parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            manifest = _write(installation, file, scratch=target.resolve().parent, without_lost=without_lost)
            file.flush()
            os.fsync(file.fileno())
        Path(partial).rename(target)
    finally:
        Path(partial).unlink(missing_ok=True)
    _remember(installation, target)
    return manifest


def _write(
    installation: Installation, file: IO[bytes], *, scratch: Path, without_lost: bool
) -> dict[str, Any]:
    store = Store.of(installation)  # first of all: wrong settings are said before anything is begun
    writer, progress = Writer(file), Progress()
    with tempfile.TemporaryDirectory(dir=scratch, prefix=".dure-dump-") as folder:
        dump, named = Path(folder) / DUMP, Path(folder) / "named"
        progress.show(either("database", "데이터베이스"))
        with installation.database() as url:
            dump_with_names(url, dump, named)
        writer.add_file(DUMP, dump)
        dump.unlink()
        for name in extras(installation.folder):
            writer.add_file(name, installation.folder / name)
        lost = _add_blobs(writer, store, named, progress)
    progress.close()
    if lost and not without_lost:
        raise ArchiveError(_lost_words(lost, found=writer.contents.blobs))
    made_at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    return writer.finish({"dure": dure.__version__, "made_at": made_at, "lost": lost})


def _add_blobs(writer: Writer, store: Store, named: Path, progress: Progress) -> list[str]:
    """Add every blob the database names, in order; return those that are lost or damaged."""
    lost = []
    count, total = _sums(named)
    for sha256, number in _names(named):
        with store.whole(sha256) as content:
            if content is None:
                lost.append(sha256)
            else:
                writer.add_blob(sha256, content, number)
        done = writer.contents
        progress.show(
            either(
                f"files: {done.blobs} of {count}, {size(done.blob_bytes)} of {size(total)}",
                f"파일: {count}개 가운데 {done.blobs}개, {size(total)} 가운데 {size(done.blob_bytes)}",
            )
        )
    return lost


def _names(named: Path) -> Iterator[tuple[str, int]]:
    """Yield each blob's hash and size from the list made beside the dump."""
    with named.open() as lines:
        for line in lines:
            sha256, number = line.split()
            yield sha256, int(number)


def _sums(named: Path) -> tuple[int, int]:
    """How many blobs there are, and how many bytes they have together."""
    count = total = 0
    for _, number in _names(named):
        count, total = count + 1, total + number
    return count, total


def _lost_words(lost: list[str], *, found: int) -> str:
    words = either(
        f"{len(lost)} files that the database names are lost or damaged, {found} are whole.",
        f"데이터베이스에 적힌 파일 {len(lost)}개를 잃었거나 손상되었습니다. 온전한 파일은 {found}개입니다.",
    )
    advice = either(
        "Is DURE_STORAGE_URL the store they were put into?"
        if not found
        else "Bring them back, or leave them out with --without-lost.",
        "DURE_STORAGE_URL 이 그 파일들을 둔 저장소가 맞습니까?"
        if not found
        else "되찾아 놓거나, --without-lost 로 빼고 백업하세요.",
    )
    more = [f"… {len(lost) - SHOWN}"] if len(lost) > SHOWN else []
    return "\n  ".join([f"{words} {advice}", *lost[:SHOWN], *more])


def _remember(installation: Installation, target: Path) -> None:
    facts = {"at": time.time(), "file": str(target.resolve()), "size": target.stat().st_size}
    (installation.folder / LAST_BACKUP).write_text(json.dumps(facts))


def without_password(url: str) -> tuple[str, dict[str, str]]:
    """Split a DATABASE_URL into one fit for a command line, which all may read, and the environment's part."""
    parts = urlsplit(url)
    if not parts.password:
        return url, environment()
    user, _, host = parts.netloc.rpartition("@")
    bare = urlunsplit(parts._replace(netloc=f"{user.split(':')[0]}@{host}"))
    return bare, {**environment(), "PGPASSWORD": unquote(parts.password)}


def client(name: str) -> str:
    """Return PostgreSQL's client program: the wheel's, or the system's where the wheel is not installed."""
    try:
        return program(name)
    except DatabaseError:
        found = shutil.which(name)
        if found is None:
            raise
        return found


def run_client(name: str, arguments: list[str], url: str) -> None:
    """Run pg_dump or pg_restore; DatabaseError with its words when it fails."""
    address, env = without_password(url)
    done = subprocess.run(
        [client(name), *arguments, f"--dbname={address}"],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise DatabaseError(
            either(
                f"{name} failed: {done.stderr.strip()[-2000:]}", f"{name} 실패: {done.stderr.strip()[-2000:]}"
            )
        )


def dump_with_names(url: str, dump: Path, named: Path) -> None:
    """Dump the database, and list hash and size of every blob it names at that same moment, ordered by hash.

    Raises:
        DatabaseError: the database does not answer, or is not one of Dure.
    """
    import psycopg

    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            row = connection.execute("SELECT pg_export_snapshot()").fetchone()
            options = ["--format=custom", "--no-owner", "--no-privileges", f"--file={dump}"]
            run_client("pg_dump", [*options, f"--snapshot={row[0] if row else ''}"], url)
            with connection.cursor(name="blobs") as cursor, named.open("w") as lines:
                cursor.execute('SELECT sha256, size FROM foundation_blob ORDER BY sha256 COLLATE "C"')
                lines.writelines(f"{sha256} {number}\n" for sha256, number in cursor)
    except psycopg.Error as error:
        raise DatabaseError(
            either(f"the database cannot be read: {error}", f"데이터베이스를 읽을 수 없습니다: {error}")
        ) from error
