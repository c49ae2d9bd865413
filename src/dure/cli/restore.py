"""`dure restore FILE`: an empty installation becomes what the backup holds, or stays empty."""

import argparse
import shutil
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from dure.cli import postgres
from dure.cli.archive import DUMP, EXTRAS, ArchiveError, unpack
from dure.cli.backup import run_client
from dure.cli.installation import Installation, InUseError
from dure.cli.programs import DatabaseError
from dure.cli.words import either

STAGE = ".r"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help=either("backup to read", "읽을 백업 파일"))
    parser.add_argument("--data", metavar="DIR", type=Path, help=either("data folder", "데이터 폴더"))


def run(args: argparse.Namespace) -> int:
    installation = Installation.at(args.data)
    try:
        manifest = bring_back(installation, args.file)
    except (ArchiveError, DatabaseError, InUseError, OSError) as error:
        print(f"dure restore: {error}", file=sys.stderr)
        print(either("Nothing was changed.", "아무것도 바뀌지 않았습니다."), file=sys.stderr)
        return 1
    print(
        either("restored", "복원했습니다:"),
        f"{installation.folder}: {manifest['made_at']}, {manifest['blobs']['count']} files",
    )
    return 0


def bring_back(installation: Installation, source: Path) -> dict[str, Any]:
    """Fill an empty installation from a backup and return the manifest.

    All of it is built aside and moved there at the end, so a restore that fails or is killed leaves the
    data folder as it was.

    Raises:
        ArchiveError: something is there already, or the backup is damaged.
        DatabaseError: the database refuses the dump.
    """
    external = installation.external_database
    _refuse_if_used(installation, external)
    with installation.lock(), ExitStack() as stack:
        # Within the data folder, which may be a disk of its own: moving is then a rename, and never half done.
        fresh = Installation(installation.folder / STAGE)
        shutil.rmtree(fresh.folder, ignore_errors=True)
        fresh.folder.mkdir(mode=0o700)
        stack.callback(shutil.rmtree, fresh.folder, ignore_errors=True)
        with source.open("rb") as file:
            manifest = unpack(file, fresh.folder)
        fresh.make_folders()
        _fill_database(fresh, external)
        (fresh.folder / DUMP).unlink()
        _move(fresh, installation)
    return manifest


def _refuse_if_used(installation: Installation, external: str) -> None:
    if installation.is_served():
        raise InUseError(f"the data folder {installation.folder} is in use: stop it first")
    if installation.cluster.exists or any(installation.blobs.glob("*")):
        raise ArchiveError(f"{installation.folder} holds an installation; restore only onto an empty one")
    if external and _has_tables(external):
        raise ArchiveError("the database of DATABASE_URL holds tables; restore only into an empty one")


def _has_tables(url: str) -> bool:
    import psycopg

    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            row = connection.execute(
                "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
            ).fetchone()
    except psycopg.Error as error:
        raise DatabaseError(f"DATABASE_URL does not answer: {error}") from error
    return bool(row and row[0])


def _fill_database(fresh: Installation, external: str) -> None:
    """Run the dump in one transaction. The external database is filled last of all that can fail."""
    arguments = ["--single-transaction", "--no-owner", "--no-privileges", "--exit-on-error"]
    dump = str(fresh.folder / DUMP)
    if external:
        run_client("pg_restore", [*arguments, dump], external)
        return
    cluster = postgres.Cluster(fresh.folder)
    cluster.prepare()
    with fresh.database() as url:
        run_client("pg_restore", [*arguments, dump], url)


def _move(fresh: Installation, installation: Installation) -> None:
    """Put the parts in place; the database goes last, because it is what makes a folder an installation."""
    shutil.rmtree(installation.logs, ignore_errors=True)
    for name in ("log", "blobs", *EXTRAS, "postgres"):
        part = fresh.folder / name
        target = installation.folder / name
        if not part.exists():
            continue
        if target.is_dir():
            target.rmdir()
        part.replace(target)
