"""A Slurm of our own: munge, MariaDB, slurmdbd, slurmctld and virtual nodes in one private folder, started and stopped by tests.

Nothing of it lies in /etc, and the system's own services are not touched. Everything runs as the user who starts the tests.
"""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from getpass import getuser
from pathlib import Path
from typing import Final, Self

from tests.farm.slurm.confs import dbd_conf, gres_conf, slurm_conf

PROGRAMS: Final = ("munged", "mariadbd", "slurmdbd", "slurmctld", "slurmd", "sbatch")
START_S: Final = 60
SERVING: Final = ("idle", "mixed", "allocated", "completing")
GRANTS: Final = """
create database slurm_acct_db;
create user slurm@127.0.0.1 identified by 'slurm'; grant all on slurm_acct_db.* to slurm@127.0.0.1;
create user slurm@localhost identified by 'slurm'; grant all on slurm_acct_db.* to slurm@localhost;
"""
SEARCHED: Final = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"


def missing_programs() -> list[str]:
    """What this machine lacks for a private Slurm."""
    return [name for name in PROGRAMS if shutil.which(name, path=SEARCHED) is None]


@dataclass
class Cluster:
    """A running private Slurm. As a context it is stopped at the end, whatever happened to it meanwhile."""

    folder: Path
    cpus: int = 8
    nodes: tuple[str, ...] = ("kt1", "kt2", "etri1")
    _ports: dict[str, int] = field(default_factory=dict)
    _started: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def __enter__(self) -> Self:
        self._write_down()
        with ExitStack() as on_failure:
            on_failure.callback(self.stop)
            self._start()
            on_failure.pop_all()
        return self

    def __exit__(self, *_failure: object) -> None:
        self.stop()

    @property
    def environment(self) -> dict[str, str]:
        """What a client needs to speak to this Slurm."""
        return {"SLURM_CONF": str(self.folder / "slurm.conf"), "PATH": SEARCHED}

    def run(self, *words: str, check: bool = True, stdin: str = "") -> str:
        """A client's command; gives back what it said."""
        done = subprocess.run(
            words,
            env={**os.environ, **self.environment, "TZ": "UTC"},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0 or not check, f"{words}: {done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def kill(self, name: str, how: signal.Signals = signal.SIGKILL) -> None:
        """End one daemon (`slurmctld`, `slurmdbd`, `kt1` …) and wait until it is gone."""
        process = self._started.pop(name)
        process.send_signal(how)
        process.wait(timeout=30)

    def kill_node(self, name: str) -> None:
        """A machine that loses power: its slurmd, its steps and their programs."""
        pids = [self._started[name].pid, *self._steps_of(name)]
        below = [child for pid in pids for child in descendants(pid)]
        for pid in [*pids, *below]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._started.pop(name).wait(timeout=30)

    def _steps_of(self, name: str) -> list[int]:
        """The daemons of the job steps that a virtual node started; they outlive its slurmd."""
        log = str(self.folder / "log" / f"slurmd-{name}.log")
        return [pid for pid in _pids() if "slurmstepd" in _words(pid) and log in _descriptors(pid)]

    def start(self, name: str) -> None:
        """Start one daemon again and wait until it answers."""
        {"slurmctld": self._controller, "slurmdbd": self._accounting}.get(name, lambda: self._node(name))()

    def bring_back(self, name: str) -> None:
        """Have a node that was set down serve again."""
        self._wait(name, lambda: self._is_usable(name))

    def make_whole(self) -> None:
        """Have every daemon run and every node serve again, whatever a test before did to them.

        One that still tidies up after a job that was killed serves the next test soon; that may take it a minute.
        """
        for name in ("slurmdbd", "slurmctld", *self.nodes):
            if name not in self._started:
                self.start(name)
        for node in self.nodes:
            self._wait(node, lambda node=node: self._is_usable(node, SERVING))  # type: ignore[misc]  # used at once

    def stop(self) -> None:
        """End everything: clients' steps first, the database last."""
        for node in self.nodes:
            if node in self._started:
                self.kill_node(node)
        for name in reversed(list(self._started)):
            process = self._started.pop(name)
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _write_down(self) -> None:
        for name in ("munge", "run", "log", "state", "spool", "shared"):
            (self.folder / name).mkdir(mode=0o755, parents=True, exist_ok=True)
        self._ports = dict(
            zip(("ctl", "dbd", "db", *self.nodes), free_ports(3 + len(self.nodes)), strict=True)
        )
        user = getuser()
        confs = {
            "slurm.conf": slurm_conf(self.folder, self._ports, nodes=self.nodes, cpus=self.cpus, user=user),
            "slurmdbd.conf": dbd_conf(self.folder, self._ports, user=user),
            "gres.conf": gres_conf(self.nodes),
            "cgroup.conf": "CgroupPlugin=autodetect\nConstrainCores=no\n",
        }
        for name, text in confs.items():
            path = self.folder / name
            path.write_text(text)
            path.chmod(0o600)

    def _start(self) -> None:
        self._munge()
        self._database()
        self._accounting()
        self._wait(
            "slurmdbd",
            lambda: "dure" in self.run("sacctmgr", "-n", "show", "cluster", check=False) or self._named(),
        )
        self._controller()
        for node in self.nodes:
            self._node(node)

    def _named(self) -> bool:
        return "Problem" not in self.run("sacctmgr", "-i", "add", "cluster", "dure", check=False)

    def _munge(self) -> None:
        place = self.folder / "munge"
        key = place / "key"
        key.write_bytes(os.urandom(1024))
        key.chmod(0o600)
        socket_at = place / "sock"
        words = [
            "--foreground",
            "--force",
            f"--socket={socket_at}",
            f"--key-file={key}",
            f"--pid-file={place / 'pid'}",
        ]
        words += [f"--log-file={place / 'log'}", f"--seed-file={place / 'seed'}", "--origin=127.0.0.1"]
        self._begin("munged", *words)
        self._wait("munged", socket_at.exists)

    def _database(self) -> None:
        data, at = self.folder / "my", self.folder / "run" / "my.sock"
        words = [
            "mariadb-install-db",
            "--no-defaults",
            f"--user={getuser()}",
            f"--datadir={data}",
            "--skip-test-db",
        ]
        subprocess.run([*words, "--auth-root-authentication-method=normal"], capture_output=True, check=True)
        words = [
            "--no-defaults",
            f"--user={getuser()}",
            f"--datadir={data}",
            f"--socket={at}",
            f"--port={self._ports['db']}",
        ]
        words += [
            "--bind-address=127.0.0.1",
            f"--pid-file={self.folder / 'run' / 'my.pid'}",
            "--innodb-buffer-pool-size=128M",
        ]
        words += [
            "--innodb-lock-wait-timeout=900",
            "--innodb-log-file-size=64M",
            "--innodb-flush-log-at-trx-commit=0",
        ]
        self._begin("mariadbd", *words)
        admin = ["mariadb", "--no-defaults", "-u", "root", "-S", str(at)]
        self._wait(
            "mariadbd",
            lambda: (
                subprocess.run([*admin, "-e", "select 1"], capture_output=True, check=False).returncode == 0
            ),
        )
        subprocess.run([*admin, "-e", GRANTS], capture_output=True, check=True)

    def _accounting(self) -> None:
        self._begin("slurmdbd", "-D")
        self._wait(
            "slurmdbd", lambda: "rror" not in self.run("sacctmgr", "-n", "show", "cluster", check=False)
        )

    def _controller(self) -> None:
        self._begin("slurmctld", "-D")
        self._wait("slurmctld", lambda: "is UP" in self.run("scontrol", "ping", check=False))

    def _node(self, name: str) -> None:
        self._begin(name, "-D", "-N", name, program="slurmd")
        self._wait(name, lambda: self._is_usable(name))

    def _is_usable(self, name: str, states: Sequence[str] = ("idle", "mixed", "allocated")) -> bool:
        state = self.run("sinfo", "-h", "-N", "-n", name, "-o", "%T", check=False).split()
        if state and any(mark in state[0] for mark in ("drain", "inval", "down")):
            self.run("scontrol", "update", f"nodename={name}", "state=resume", check=False)
        return bool(state) and state[0] in states

    def _begin(self, name: str, *words: str, program: str = "") -> None:
        found = shutil.which(program or name, path=SEARCHED)
        assert found is not None
        log = (self.folder / "log" / f"{name}.out").open("ab")
        env = {**os.environ, **self.environment}
        self._started[name] = subprocess.Popen(
            [found, *words], env=env, stdout=log, stderr=log, start_new_session=True
        )
        log.close()

    def _wait(self, name: str, is_up: Callable[[], bool]) -> None:
        until = time.monotonic() + START_S
        while not is_up():
            died = self._started[name].poll()
            said = (self.folder / "log" / f"{name}.out").read_text(errors="replace")[-2000:]
            assert died is None, f"{name} ended with {died}: {said}"
            assert time.monotonic() < until, f"{name} did not come up: {said}"
            time.sleep(0.05)


def free_ports(count: int) -> list[int]:
    """Ports that nobody uses now."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def descendants(pid: int) -> list[int]:
    """All processes below one."""
    children: dict[int, list[int]] = {}
    for other in _pids():
        with suppress(OSError, IndexError, ValueError):
            parent = int(Path(f"/proc/{other}/stat").read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(other)
    return list(_below(pid, children))


def _below(pid: int, children: dict[int, list[int]]) -> Iterable[int]:
    for child in children.get(pid, ()):
        yield child
        yield from _below(child, children)


def _pids() -> Sequence[int]:
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]  # noqa: PTH208 - /proc, thousands of times


def _words(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return ""


def _descriptors(pid: int) -> str:
    with suppress(OSError):
        return "\n".join(str(path.readlink()) for path in Path(f"/proc/{pid}/fd").iterdir())
    return ""
