"""`dure backup FILE`: everything in one file, while people go on working."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote, urlsplit, urlunsplit

import dure
from dure.cli.archive import DUMP, EXTRAS, ArchiveError, Writer, blob_files
from dure.cli.installation import Installation, InUseError
from dure.cli.programs import DatabaseError, environment, program
from dure.cli.words import either

LAST_BACKUP = "last_backup.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help=either("file to write", "만들 파일"))
    parser.add_argument("--data", metavar="DIR", type=Path, help=either("data folder", "데이터 폴더"))


def run(args: argparse.Namespace) -> int:
    try:
        manifest = back_up(Installation.at(args.data), args.file)
    except (ArchiveError, DatabaseError, InUseError, OSError) as error:
        print(f"dure backup: {error}", file=sys.stderr)
        return 1
    size_mb = args.file.stat().st_size / 1e6
    print(
        either("backup written", "백업을 만들었습니다"),
        f"{args.file}: {size_mb:.1f} MB, {manifest['blobs']['count']} files",
    )
    if not manifest["blobs_included"]:
        print(
            either(
                "DURE_STORAGE_URL keeps the files elsewhere: they are not in this backup, back them up there.",
                "파일은 DURE_STORAGE_URL 저장소에 있어 이 백업에 없습니다. 그곳에서 따로 백업하세요.",
            )
        )
    return 0


def back_up(installation: Installation, target: Path) -> dict[str, Any]:
    """Write a backup and return its manifest; the file appears under its name only when it is whole.

    The dump comes first and the files after it: files are named by their content and never changed, so what the
    dump refers to is there, and what came later does no harm.

    Raises:
        ArchiveError: the target exists, there is nothing to back up, or a file is damaged.
        DatabaseError: the dump fails.
    """
    if target.exists():
        raise ArchiveError(f"{target} exists; choose another name")
    if not installation.external_database and not installation.cluster.exists:
        raise ArchiveError(f"there is no installation in {installation.folder}")
    installation.make_folders()
    descriptor, partial = tempfile.mkstemp(dir=target.resolve().parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            manifest = _write(installation, file, scratch=target.resolve().parent)
            file.flush()
            os.fsync(file.fileno())
        Path(partial).rename(target)
    finally:
        Path(partial).unlink(missing_ok=True)
    _remember(installation, target)
    return manifest


def _write(installation: Installation, file: IO[bytes], *, scratch: Path) -> dict[str, Any]:
    remote = bool(os.environ.get("DURE_STORAGE_URL"))
    writer = Writer(file)
    with tempfile.TemporaryDirectory(dir=scratch, prefix=".dure-dump-") as folder:
        dump = Path(folder) / DUMP
        with installation.database() as url:
            dump_database(url, dump)
        writer.add_file(DUMP, dump)
    for name in EXTRAS:
        if (installation.folder / name).exists():
            writer.add_file(name, installation.folder / name)
    for name, path in () if remote else blob_files(installation.blobs):
        writer.add_blob(name, path)
    made_at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    return writer.finish({"dure": dure.__version__, "made_at": made_at, "blobs_included": not remote})


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
        raise DatabaseError(f"{name} failed: {done.stderr.strip()[-2000:]}")


def dump_database(url: str, target: Path) -> None:
    run_client("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--file={target}"], url)
