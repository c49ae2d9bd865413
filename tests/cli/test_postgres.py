"""The embedded database: real servers on real folders."""

import os
import signal
import stat
import subprocess
import tempfile
from pathlib import Path

import psycopg
import pytest

from dure.cli import programs
from dure.cli.postgres import (
    LONGEST_FOLDER,
    Cluster,
    check_folder,
    run_sql,
    start_ephemeral,
    stop,
)
from dure.cli.processes import database_account
from dure.cli.programs import DatabaseError
from tests.cli.waiting import until


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


def started(cluster: Cluster) -> "subprocess.Popen[bytes]":
    process = cluster.start(output=subprocess.DEVNULL, death_signal=signal.SIGQUIT)
    cluster.wait_ready(process)
    return process


def test_ephemeral_server_may_create_databases_and_leaves_nothing(folder: Path) -> None:
    with start_ephemeral(folder) as url, psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE another")
    assert [entry.name for entry in folder.iterdir()] == ["postgres.log"]


def test_application_role_is_ordinary_and_owns_its_database(folder: Path) -> None:
    with (
        start_ephemeral(folder),
        psycopg.connect(Cluster(folder).url(), autocommit=True) as connection,
    ):
        rights = connection.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        assert rights == (False, False, False)
        connection.execute("CREATE TABLE mine (id int)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("COPY mine FROM PROGRAM 'echo 1'")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT pg_read_file('/etc/passwd')")


def test_no_network_port_is_open(folder: Path) -> None:
    with start_ephemeral(folder):
        assert run_sql(Cluster(folder), "SHOW listen_addresses").strip() == ""


def test_parent_folders_keep_their_modes(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    before = [stat.S_IMODE(parent.stat().st_mode) for parent in (private, *private.parents)]
    with start_ephemeral(private / "data"):
        pass
    assert [stat.S_IMODE(parent.stat().st_mode) for parent in (private, *private.parents)] == before
    assert before[0] == 0o700


def test_a_long_path_and_a_blank_are_each_named(tmp_path: Path) -> None:
    long = tmp_path / ("x" * LONGEST_FOLDER) / "with blank"
    faults = check_folder(long)
    assert len(faults) == 2
    with pytest.raises(DatabaseError, match=r"bytes long.*blank"):
        Cluster(long).prepare()
    assert not long.parent.exists()


def test_a_pid_file_that_names_a_stranger_is_not_believed(folder: Path) -> None:
    cluster = Cluster(folder, durable=False)
    assert cluster.prepare()
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster.data}\n1\n5432\n")
    assert not cluster.prepare()
    process = started(cluster)
    stop(process)
    assert process.returncode == 0


def test_data_survive_kill_9_of_the_server_and_its_orphans_go_first(folder: Path) -> None:
    cluster = Cluster(folder)
    cluster.prepare()
    process = started(cluster)
    run_sql(cluster, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n", database="dure")
    process.kill()
    process.wait()
    cluster.prepare()
    process = started(cluster)
    assert run_sql(cluster, "SELECT count(*) FROM kept", database="dure").strip() == "1000"
    stop(process)


def test_a_live_orphan_is_ended_before_the_next_start(folder: Path) -> None:
    cluster = Cluster(folder, durable=False)
    cluster.prepare()
    orphan = started(cluster)
    cluster.prepare()
    until(lambda: orphan.poll() is not None, within_s=10)
    process = started(cluster)
    stop(process)


def test_half_an_initdb_is_thrown_away(folder: Path) -> None:
    half = folder / "postgres.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    cluster = Cluster(folder, durable=False)
    assert cluster.prepare()
    assert not half.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the database as another user")
def test_programs_in_a_private_place_are_copied_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory() as readable:
        Path(readable).chmod(0o755)
        monkeypatch.setattr(programs, "READABLE_PLACES", (str(tmp_path / "private"), readable + "/dure"))
        account = database_account()
        copied = programs._copy_of_programs(account)
        assert copied.is_relative_to(readable)
        assert programs._can_run(copied, account)
        before = (copied / "initdb").stat().st_ino
        assert programs._copy_of_programs(account) == copied
        assert (copied / "initdb").stat().st_ino == before


def test_another_major_version_is_refused(folder: Path) -> None:
    cluster = Cluster(folder)
    cluster.data.mkdir(parents=True)
    (cluster.data / "PG_VERSION").write_text("17\n")
    with pytest.raises(DatabaseError, match="made by PostgreSQL 17"):
        cluster.prepare()
