"""`dure restore FILE`: an empty installation becomes what the backup holds, or stays empty."""

import argparse
import os
import shutil
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from dure.cli import postgres
from dure.cli.archive import DUMP, EXTRAS, KEYS, ArchiveError, unpack
from dure.cli.backup import run_client
from dure.cli.blobs import Store
from dure.cli.installation import Installation, InUseError
from dure.cli.programs import DatabaseError
from dure.cli.progress import Progress, size
from dure.cli.words import either

STAGE = ".r"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help=either("backup to read", "읽을 백업 파일"))
    parser.add_argument("--data", metavar="DIR", type=Path, help=either("data folder", "데이터 폴더"))
    parser.epilog = either(
        "Fills an empty data folder (with DATABASE_URL: an empty database) and changes nothing if anything is wrong. Files "
        "go to the store of this machine's settings: the data folder, or DURE_STORAGE_URL, where those already there are "
        "left, so that a broken-off restore goes on.",
        "빈 데이터 폴더(DATABASE_URL 이 있으면 빈 데이터베이스)를 채우며, 하나라도 잘못되면 아무것도 바꾸지 않습니다. "
        "파일은 이 기계의 설정이 가리키는 곳, 곧 데이터 폴더나 DURE_STORAGE_URL 로 들어갑니다. 저장소에 이미 있는 파일은 "
        "그대로 두므로, 끊긴 복원을 이어서 할 수 있습니다.",
    )


def run(args: argparse.Namespace) -> int:
    installation = Installation.at(args.data)
    try:
        manifest = bring_back(installation, args.file)
    except (ArchiveError, DatabaseError, InUseError, OSError) as error:
        print(f"dure restore: {error}", file=sys.stderr)
        print(_nothing_changed(), file=sys.stderr)
        return 1
    made_at, files = manifest["made_at"], manifest["blobs"]["count"]
    print(
        either(
            f"restored: {installation.folder}: the backup of {made_at}, {files} files",
            f"복원했습니다: {installation.folder}: {made_at} 백업, 파일 {files}개",
        )
    )
    for sha256 in manifest["lost"]:
        print(either("  not in the backup: ", "  백업에 없는 파일: ") + sha256)
    print(either("Start it with dure up.", "dure up 으로 시작하세요."))
    return 0


def _nothing_changed() -> str:
    if os.environ.get("DURE_STORAGE_URL"):
        return either(
            "Nothing was changed but for files put into the store of DURE_STORAGE_URL: they do no harm, and the next "
            "restore goes on behind them.",
            "DURE_STORAGE_URL 저장소에 넣은 파일 말고는 아무것도 바뀌지 않았습니다. 그 파일들은 해가 없으며, "
            "다시 복원하면 그 뒤부터 이어집니다.",
        )
    return either("Nothing was changed.", "아무것도 바뀌지 않았습니다.")


def bring_back(installation: Installation, source: Path) -> dict[str, Any]:
    """Fill an empty installation from a backup and return the manifest.

    All of it is built aside and moved there at the end, so a restore that fails or is killed leaves the
    data folder as it was. Files for a bucket go there one by one: named by their content, they change nothing.

    Raises:
        ArchiveError: something is there already, the backup is damaged, or the store does not take its files.
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
        manifest = _unpack(source, fresh)
        fresh.make_folders()
        _fill_database(fresh, external)
        (fresh.folder / DUMP).unlink()
        _move(fresh, installation)
    return manifest


def _unpack(source: Path, fresh: Installation) -> dict[str, Any]:
    store, total, progress = _bucket(fresh), source.stat().st_size, Progress()
    with source.open("rb") as file:

        def keep(sha256: str, path: Path) -> None:
            if store is not None:
                store.keep(sha256, path)
                path.unlink()
            done = size(file.tell())
            progress.show(either(f"{done} of {size(total)}", f"{size(total)} 가운데 {done}"))

        manifest = unpack(file, fresh.folder, keep=keep)
    progress.close()
    return manifest


def _bucket(fresh: Installation) -> Store | None:
    """The store that DURE_STORAGE_URL names; None where files stay in the data folder, and are moved there as a whole."""
    return Store.of(fresh) if os.environ.get("DURE_STORAGE_URL") else None


def _refuse_if_used(installation: Installation, external: str) -> None:
    if installation.is_served():
        raise InUseError(
            either(
                f"the data folder {installation.folder} is in use: stop it first",
                f"데이터 폴더가 쓰이고 있습니다: {installation.folder}. 먼저 멈추세요",
            )
        )
    if installation.cluster.exists or any(installation.blobs.glob("*")):
        raise ArchiveError(
            either(
                f"{installation.folder} holds an installation; restore only onto an empty one",
                f"{installation.folder} 폴더에 이미 설치된 것이 있습니다. 빈 폴더에만 복원합니다",
            )
        )
    if external and _has_tables(external):
        raise ArchiveError(
            either(
                "the database of DATABASE_URL holds tables; restore only into an empty one",
                "DATABASE_URL 데이터베이스에 테이블이 있습니다. 빈 데이터베이스에만 복원합니다",
            )
        )


def _has_tables(url: str) -> bool:
    import psycopg

    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            row = connection.execute(
                "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
            ).fetchone()
    except psycopg.Error as error:
        raise DatabaseError(
            either(f"DATABASE_URL does not answer: {error}", f"DATABASE_URL 서버가 답하지 않습니다: {error}")
        ) from error
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
    for name in ("log", "blobs", KEYS, *EXTRAS, "postgres"):
        part = fresh.folder / name
        target = installation.folder / name
        if not part.exists():
            continue
        if target.is_dir():
            target.rmdir()
        part.replace(target)
