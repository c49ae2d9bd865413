"""The embedded PostgreSQL: programs from the wheel, run as a direct child, reached over a socket only.

Root cannot run PostgreSQL, and the user it runs as instead may be unable to enter the folders above ours (a
checkout under /root). Those folders are not ours to open, so the server gets its folders as inherited file
descriptors and names them /proc/self/fd/N, which needs no way through the parents.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from dure.cli.processes import Account, database_account, own_account, spawn
from dure.cli.programs import MAJOR, DatabaseError, environment, program, server_programs
from dure.cli.words import either

ADMIN_ROLE = "dure_admin"
APPLICATION_ROLE = "dure"
DATABASE = "dure"
# A Unix socket's address holds 107 bytes, and /run/.s.PGSQL.5432 behind the folder takes 18.
LONGEST_FOLDER = 89
READY_WITHIN_S = 120.0

_NOT_DURABLE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB")
_SETTINGS = ("listen_addresses=", "jit=off", "logging_collector=off", "timezone=UTC")


def check_folder(folder: Path) -> list[str]:
    """Say what is wrong with a path that shall hold the database, as sentences; none if it fits."""
    faults = []
    if len(os.fsencode(folder)) > LONGEST_FOLDER:
        faults.append(
            f"the data folder's path is {len(os.fsencode(folder))} bytes long and a database socket allows "
            f"{LONGEST_FOLDER}: choose a shorter one with --data ({folder})"
        )
    if any(character.isspace() or character in ",@'\\" for character in str(folder)):
        faults.append(
            f"the data folder's path holds a blank, comma, quote, @ or backslash, which a database socket "
            f"cannot: choose another with --data ({folder})"
        )
    return faults


@dataclass(frozen=True)
class Cluster:
    """One database cluster: `postgres` holds the data, `run` the socket, `access` who may enter.

    `durable=False` gives up safety against power loss, for tests.
    """

    folder: Path
    durable: bool = True

    @property
    def data(self) -> Path:
        return self.folder / "postgres"

    @property
    def socket(self) -> Path:
        return self.folder / "run"

    @property
    def access(self) -> Path:
        return self.folder / "access"

    @property
    def exists(self) -> bool:
        return (self.data / "PG_VERSION").exists()

    def url(self, *, role: str = APPLICATION_ROLE, database: str = DATABASE) -> str:
        """Return the DATABASE_URL for a role; no password: the socket asks the kernel who calls."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket))}"

    def prepare(self) -> bool:
        """Make the folders, and the cluster with its role and database if there is none; say if it was made.

        Raises:
            DatabaseError: the path does not fit, the version differs, or initdb fails.
        """
        faults = check_folder(self.folder)
        if faults:
            raise DatabaseError("; ".join(faults))
        account = database_account()
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make_folder(self.socket, mode=0o700, owner=account)
        self._write_access()
        if self.exists:
            self._check_version()
            recover(self)
            return False
        self._create(account)
        return True

    def _check_version(self) -> None:
        version = (self.data / "PG_VERSION").read_text().strip()
        if version != MAJOR:
            raise DatabaseError(
                either(
                    f"{self.data} was made by PostgreSQL {version} and this is {MAJOR}: "
                    f"back up with the older dure and restore with this one",
                    f"{self.data} 폴더는 PostgreSQL {version} 버전에서 만들어졌고 지금은 {MAJOR} 버전입니다. "
                    f"앞 버전의 두레로 백업한 뒤 이 버전으로 복원하세요",
                )
            )

    def _write_access(self) -> None:
        """Let exactly the user who starts us in, as either role; the kernel tells the server who calls."""
        _make_folder(self.access, mode=0o755, owner=own_account())
        files = {
            "hba.conf": "local all all peer map=dure\n",
            "ident.conf": "".join(
                f'dure "{own_account().name}" {role}\n' for role in (ADMIN_ROLE, APPLICATION_ROLE)
            ),
        }
        for name, text in files.items():
            path = self.access / name
            path.write_text(text)
            path.chmod(0o644)

    def _create(self, account: Account) -> None:
        """Make the cluster beside its place and move it there when whole, so half of one is never taken."""
        half = self.folder / "postgres.new"
        shutil.rmtree(half, ignore_errors=True)
        _make_folder(half, mode=0o700, owner=account)
        with _names(account, half) as (names, keep):
            self._initdb(account, names[0], keep)
            self._add_application(account, names[0], keep)
        shutil.rmtree(self.data, ignore_errors=True)
        half.rename(self.data)

    def _initdb(self, account: Account, name: str, keep: Sequence[int]) -> None:
        arguments = [str(server_programs(account) / "initdb"), "-D", name, "-U", ADMIN_ROLE, "-E", "UTF8"]
        arguments += ["--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        arguments += ["--auth-local=peer", "--auth-host=reject", "--no-instructions"]
        _run_server_program(
            arguments if self.durable else [*arguments, "--no-sync"], account=account, keep=keep
        )

    def _add_application(self, account: Account, name: str, keep: Sequence[int]) -> None:
        """Give the application an ordinary role: an injected statement cannot read files or run programs."""
        arguments = [str(server_programs(account) / "postgres"), "--single", "-j", "-D", name]
        arguments += [] if self.durable else _options(_NOT_DURABLE)
        statements = (
            f"CREATE ROLE {APPLICATION_ROLE} LOGIN;\n\n"
            f"CREATE DATABASE {DATABASE} OWNER {APPLICATION_ROLE};\n\n"
        )
        _run_server_program([*arguments, "postgres"], account=account, keep=keep, text=statements)

    def start(
        self, *, output: int | IO[Any] | None, death_signal: signal.Signals
    ) -> "subprocess.Popen[bytes]":
        """Start the server as our direct child and return at once; wait with `wait_ready`."""
        account = database_account()
        with _names(account, self.data, self.socket, self.access) as (names, keep):
            data, socket, access = names
            settings = [*_SETTINGS, f"hba_file={access}/hba.conf", f"ident_file={access}/ident.conf"]
            settings += () if self.durable else _NOT_DURABLE
            return spawn(
                [str(server_programs(account) / "postgres"), "-D", data, "-k", socket, *_options(settings)],
                env=environment(),
                account=account,
                keep=keep,
                death_signal=death_signal,
                output=output,
                cwd="/",
            )

    def is_ready(self, process: "subprocess.Popen[bytes]") -> bool:
        """Say whether this very server takes connections; the last line of its pid file says so."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) >= 8 and lines[0] == str(process.pid) and lines[7].strip() == "ready"

    def wait_ready(self, process: "subprocess.Popen[bytes]", *, within_s: float = READY_WITHIN_S) -> None:
        """Wait until connections are taken.

        Raises:
            DatabaseError: the server ended, or is not ready in time.
        """
        deadline = time.monotonic() + within_s
        while not self.is_ready(process):
            if process.poll() is not None:
                raise DatabaseError(
                    either(
                        f"PostgreSQL ended at once with exit status {process.returncode}",
                        f"PostgreSQL 서버가 바로 끝났습니다(종료 상태 {process.returncode})",
                    )
                )
            if time.monotonic() > deadline:
                raise DatabaseError(
                    either(
                        f"PostgreSQL is not ready after {within_s:.0f} seconds",
                        f"PostgreSQL 서버가 {within_s:.0f}초 안에 준비되지 않았습니다",
                    )
                )
            time.sleep(0.01)


def _options(settings: Sequence[str]) -> list[str]:
    return [part for setting in settings for part in ("-c", setting)]


def _make_folder(folder: Path, *, mode: int, owner: Account) -> None:
    folder.mkdir(mode=mode, exist_ok=True)
    folder.chmod(mode)
    if folder.stat().st_uid != owner.uid:
        os.chown(folder, owner.uid, owner.gid)


@contextmanager
def _names(account: Account, *folders: Path) -> Iterator[tuple[list[str], list[int]]]:
    """Yield how `account` can name our folders, and the descriptors it must inherit for that."""
    if account.uid == os.geteuid():
        yield [str(folder) for folder in folders], []
        return
    with ExitStack() as stack:
        keep = [os.open(folder, os.O_RDONLY | os.O_DIRECTORY) for folder in folders]
        for descriptor in keep:
            stack.callback(os.close, descriptor)
        yield [f"/proc/self/fd/{descriptor}" for descriptor in keep], keep


def _run_server_program(
    arguments: Sequence[str], *, account: Account, keep: Sequence[int], text: str = ""
) -> None:
    process = spawn(
        arguments,
        env=environment(),
        account=account,
        keep=keep,
        death_signal=signal.SIGKILL,
        stdin=subprocess.PIPE,
        output=subprocess.PIPE,
        cwd="/",
    )
    said, _ = process.communicate(text.encode(), timeout=READY_WITHIN_S)
    if process.returncode != 0:
        tail = said.decode(errors="replace")[-1500:]
        raise DatabaseError(
            either(
                f"{Path(arguments[0]).name} failed with exit status {process.returncode}:\n{tail}",
                f"{Path(arguments[0]).name} 실패(종료 상태 {process.returncode}):\n{tail}",
            )
        )


def _processes_in(folder: Path) -> list[int]:
    """Return the processes named postgres whose working folder is `folder`: a live or orphaned server's."""
    here = folder.stat()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            there = (entry / "cwd").stat()
            ours = (there.st_dev, there.st_ino) == (here.st_dev, here.st_ino)
            if ours and (entry / "comm").read_text().strip() == "postgres":
                found.append(int(entry.name))
        except OSError:  # ended meanwhile, or another user's: not ours then
            continue
    return found


def recover(cluster: Cluster, *, within_s: float = 20.0) -> None:
    """Clear what a killed server left: its orphans first, then its pid file and socket.

    The pid file may name a process that has nothing to do with us (after a power cut or in a restarted
    container), and PostgreSQL would believe it. It must not be removed while any old backend lives, as two
    servers on one folder would ruin it. Call it only while holding the data folder's lock.
    """
    deadline = time.monotonic() + within_s
    number = signal.SIGQUIT
    while left := _processes_in(cluster.data):
        if time.monotonic() > deadline:
            raise DatabaseError(
                either(
                    f"an old PostgreSQL on {cluster.data} does not end: processes {left}",
                    f"앞서 돌던 PostgreSQL 서버가 끝나지 않습니다: {cluster.data} (프로세스 {left})",
                )
            )
        for process in left:
            _signal(process, number)
        time.sleep(0.1)
    (cluster.data / "postmaster.pid").unlink(missing_ok=True)
    for stale in cluster.socket.glob(".s.PGSQL.*"):
        stale.unlink()


def _signal(process: int, number: signal.Signals) -> None:
    try:
        os.kill(process, number)
    except ProcessLookupError:
        return


def stop(
    process: "subprocess.Popen[bytes]", *, number: signal.Signals = signal.SIGINT, within_s: float = 8.0
) -> None:
    """Stop the server: SIGINT ends sessions and writes all out; if it is too slow, at once and safely."""
    process.send_signal(number)
    try:
        process.wait(timeout=within_s)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)
        process.wait(timeout=within_s)


def run_sql(cluster: Cluster, statements: str, *, role: str = ADMIN_ROLE, database: str = "postgres") -> str:
    """Run statements with psql and return what it prints, unaligned.

    Raises:
        DatabaseError: a statement failed.
    """
    said = subprocess.run(
        [
            program("psql"),
            "-X",
            "-A",
            "-t",
            "-q",
            "-v",
            "ON_ERROR_STOP=1",
            cluster.url(role=role, database=database),
        ],
        input=statements,
        capture_output=True,
        text=True,
        env=environment(),
        timeout=READY_WITHIN_S,
        check=False,
    )
    if said.returncode != 0:
        raise DatabaseError(said.stderr.strip())
    return said.stdout


@contextmanager
def start_ephemeral(folder: Path, *, fsync: bool = False) -> Iterator[str]:
    """Run a throw-away server in `folder` and yield a DATABASE_URL whose role may create databases.

    Everything under `folder` that belongs to the server is removed afterwards. Call it from the main thread:
    the server dies with the thread that started it.

    Raises:
        DatabaseError: the path is too long, or the server does not start; its log is in the message.
    """
    cluster = Cluster(folder=folder.resolve(), durable=fsync)
    cluster.prepare()
    log = cluster.folder / "postgres.log"
    with log.open("wb") as output:
        process = cluster.start(output=output, death_signal=signal.SIGQUIT)
    try:
        _ready_or_say(cluster, process, log)
        yield cluster.url(role=ADMIN_ROLE)
    finally:
        if process.poll() is None:
            stop(process, number=signal.SIGINT if fsync else signal.SIGQUIT)
        for part in (cluster.data, cluster.socket, cluster.access):
            shutil.rmtree(part, ignore_errors=True)


def _ready_or_say(cluster: Cluster, process: "subprocess.Popen[bytes]", log: Path) -> None:
    try:
        cluster.wait_ready(process)
    except DatabaseError as error:
        raise DatabaseError(f"{error}\n{log.read_text(errors='replace')[-2000:]}") from error
