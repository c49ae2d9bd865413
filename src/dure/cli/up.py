"""`dure up`: everything from an empty folder to a page that answers, and on until it is told to stop."""

import argparse
import hashlib
import json
import os
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

import dure
from dure.cli import safety
from dure.cli.children import Address, children, has_command, python
from dure.cli.installation import PACKAGE, Installation, InUseError
from dure.cli.labs import DEFAULT_PORT as DEFAULT_LABS_PORT
from dure.cli.labs import Labs, are_here
from dure.cli.postgres import check_folder
from dure.cli.processes import NoSuitableUserError
from dure.cli.programs import DatabaseError
from dure.cli.supervisor import Running, StartError, Supervisor
from dure.cli.words import either, padded
from dure.engines.environment import standard

DEFAULT_PORT = 8000
PREPARE_WITHIN_S = 600.0
WEB_WITHIN_S = 60.0
CHECK_WITHIN_S = 1800.0
# A demo loader prints this line once the demo's people exist, so that their links need not wait for the rest.
PEOPLE_ARE_THERE = "[people]"
KEPT_FOR_CHECK = ("DURE_DATA_MIRROR", "DURE_WEB_WORKERS")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    _add_places(parser)
    _add_parts(parser)
    parser.add_argument(
        "--check",
        action="store_true",
        help=either(
            "serve from a throw-away folder, walk the main job over HTTP, stop, exit 0 or 1",
            "임시 폴더에서 서비스를 띄워 주요 기능을 HTTP로 점검하고 멈춤 (성공 0, 실패 1)",
        ),
    )


def _add_places(parser: argparse.ArgumentParser) -> None:
    """Where its data lie, and where it listens."""
    parser.add_argument(
        "--data",
        metavar="DIR",
        type=Path,
        help=either(
            "folder for database, files and logs (default: DURE_DATA)", "데이터 폴더 (기본: DURE_DATA)"
        ),
    )
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help=either("address to listen on (default: 127.0.0.1)", "접속을 받을 주소 (기본: 127.0.0.1)"),
    )
    parser.add_argument(
        "--port",
        type=int,
        default=None,
        help=either(
            f"port to listen on (default: {DEFAULT_PORT}; with --check a free one)", "접속을 받을 포트"
        ),
    )


def _add_parts(parser: argparse.ArgumentParser) -> None:
    """What is served besides the platform itself."""
    parser.add_argument(
        "--no-demo",
        action="store_true",
        help=either(
            "do not load the demo alliance on the first run", "첫 실행 때 시연용 얼라이언스를 싣지 않음"
        ),
    )
    parser.add_argument(
        "--labs",
        metavar="PORT",
        nargs="?",
        type=int,
        const=DEFAULT_LABS_PORT,
        help=either(
            f"start interactive labs, too, on this port (default: {DEFAULT_LABS_PORT})",
            f"실습 환경도 이 포트에서 시작 (기본: {DEFAULT_LABS_PORT})",
        ),
    )


def run(args: argparse.Namespace) -> int:
    if args.check:
        return check(args)
    installation = Installation.at(args.data)
    address = Address(host=args.host, port=DEFAULT_PORT if args.port is None else args.port)
    labs = None if args.labs is None else Labs.of(installation, address, args.labs)
    return serve(installation, address, demo=not args.no_demo, labs=labs)


def check(args: argparse.Namespace) -> int:
    """Serve from a throw-away folder with nothing of this machine's settings, and walk."""
    for name in [name for name in os.environ if name.startswith("DURE_") and name not in KEPT_FOR_CHECK]:
        del os.environ[name]
    os.environ.pop("DATABASE_URL", None)
    with tempfile.TemporaryDirectory(prefix="dure-check-") as folder:
        address = Address(host="127.0.0.1", port=args.port or free_port())
        return serve(Installation.at(folder), address, demo=not args.no_demo, walk=True)


def say(text: str) -> None:
    """Print a line; a terminal that is gone must not stop the service."""
    try:
        print(text, flush=True)
    except OSError:
        return


def event(text: str) -> None:
    say(f"{time.strftime('%H:%M:%S')} {text}")


def refuse(faults: list[str]) -> int:
    print(either("dure: cannot start:", "dure: 시작할 수 없습니다:"), file=sys.stderr)
    for fault in faults:
        print(f"  - {fault}", file=sys.stderr)
    return 1


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def port_faults(address: Address) -> list[str]:
    """Say why nobody could listen on this address."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.host, address.port))
        except OSError as error:
            reason = error.strerror or str(error)
            return [
                either(
                    f"port {address.port} on {address.host} cannot be used ({reason}): choose another with --port",
                    f"{address.host} 의 {address.port}번 포트를 쓸 수 없습니다 ({reason}): --port 로 다른 포트를 "
                    "고르세요",
                )
            ]
    return []


def standing_faults(installation: Installation, address: Address) -> list[str]:
    """Return what is wrong with the settings, whatever else runs on this machine."""
    embedded = [] if installation.external_database else check_folder(installation.folder)
    unsafe = safety.faults(os.environ, host=address.host, folder=installation.folder)
    return [*unsafe, *embedded]


def serve(
    installation: Installation, address: Address, *, demo: bool, walk: bool = False, labs: Labs | None = None
) -> int:
    """Hold the folder and serve until told to stop; return the exit status."""
    faults = standing_faults(installation, address)
    if labs is not None:
        faults += labs.faults(os.environ.get("DURE_PUBLIC_URL") or address.url)
    if faults:
        return refuse([*faults, *port_faults(address)])
    listening = [address, Address(address.host, labs.port)] if labs else [address]
    try:
        with installation.lock() as lock:
            # Behind the lock: the port is usually taken by an installation that is told apart better by it.
            taken = [fault for one in listening for fault in port_faults(one)]
            if taken:
                return refuse(taken)
            installation.make_folders()
            if labs is not None:
                labs.prepare()
                labs.announce()
            say(f"Dure {dure.__version__} · {installation.folder}")
            with Supervisor(installation, address=address, lock=lock, say=event) as supervisor:
                return _serve(supervisor, demo=demo, walk=walk, labs=labs)
    except (DatabaseError, InUseError, NoSuitableUserError, StartError) as error:
        return refuse([str(error)])
    except OSError as error:
        return refuse([_unusable(installation, error)])
    except KeyboardInterrupt:
        return 130


def _unusable(installation: Installation, error: OSError) -> str:
    """Say what the system said, and for the data folder what to do."""
    place, reason = str(error.filename or ""), error.strerror or str(error)
    if not place.startswith(str(installation.folder)):
        return f"{place}: {reason}" if place else reason
    return either(
        f"the data folder {installation.folder} cannot be used ({reason}): name a folder you may write to, "
        "with --data or DURE_DATA",
        f"데이터 폴더를 쓸 수 없습니다: {installation.folder} ({reason}). 쓸 수 있는 폴더를 --data 나 DURE_DATA 로 "
        "지정하세요",
    )


@contextmanager
def timed(name: str) -> Iterator[None]:
    """Print how long a step took, once it is done."""
    started = time.monotonic()
    yield
    say(f"  {padded(name, 28)} {time.monotonic() - started:6.2f} s")


def _serve(supervisor: Supervisor, *, demo: bool, walk: bool, labs: Labs | None) -> int:
    started = time.monotonic()
    if not supervisor.installation.external_database:
        with timed(either("database", "데이터베이스")):
            supervisor.add_database()
    bring_up_to_date(supervisor)
    with timed(either("web and workers", "웹과 작업자")):
        for child in children():
            supervisor.add(child)
        supervisor.wait(Probe(supervisor.address), "web", WEB_WITHIN_S)
    say("")
    ready = either("ready in", "준비 완료,")
    say(
        f"{ready} {time.monotonic() - started:.1f} s: {os.environ.get('DURE_PUBLIC_URL') or supervisor.address.url}"
    )
    welcome = Welcome(supervisor, demo=demo)
    welcome.begin()
    bring_packages(supervisor)
    opening = Opening(supervisor, labs)
    opening.begin()
    if walk:
        return _walk(supervisor, welcome)
    say(either("Ctrl-C stops it.", "Ctrl-C 를 누르면 멈춥니다."))
    while not supervisor.stopping:
        supervisor.pump(1.0)
        welcome.go_on()
        opening.go_on()
    event(either("stopping", "멈추는 중"))
    supervisor.stop()
    event(either("stopped", "멈췄습니다"))
    return 0


def _walk(supervisor: Supervisor, welcome: "Welcome") -> int:
    running = supervisor.add_once("walk", python("dure.cli.check_walk", supervisor.address.url), echo=say)
    deadline = time.monotonic() + CHECK_WITHIN_S
    while running.status is None and time.monotonic() < deadline and not supervisor.stopping:
        supervisor.pump(0.1)
        welcome.go_on()
    supervisor.pump(0)
    passed = running.status == 0
    say(either("check passed", "점검 통과") if passed else either("check FAILED", "점검 실패"))
    return 0 if passed else 1


def fingerprint() -> str:
    """Return a hash that changes with any migration or static file of ours, or any installed package."""
    parts = [f"{path.parent.name}/{path.name}" for path in sorted(_installed_packages())]
    for pattern in ("*/migrations/*.py", "*/static/**/*"):
        for path in sorted(PACKAGE.glob(pattern)):
            facts = path.stat()
            parts.append(f"{path.relative_to(PACKAGE)} {facts.st_size} {facts.st_mtime_ns}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _installed_packages() -> list[Path]:
    folders = {Path(entry) for entry in sys.path if entry.endswith("site-packages")}
    return [found for folder in folders for found in folder.glob("*.dist-info")]


def bring_up_to_date(supervisor: Supervisor) -> None:
    """Migrate and collect static files, unless this very version has done so on the embedded database."""
    stamp = supervisor.installation.folder / "prepared"
    version = fingerprint()
    known = not supervisor.installation.external_database and stamp.exists() and stamp.read_text() == version
    if known:
        return
    stamp.unlink(missing_ok=True)
    with timed(either("tables and static files", "테이블과 정적 파일")):
        running = supervisor.add_once("prepare", python("dure.cli", "manage", "prepare"))
        if supervisor.finish(running, PREPARE_WITHIN_S) != 0:
            raise StartError(
                either(
                    f"prepare failed; its log ends:\n{running.log.tail()}",
                    f"준비하지 못했습니다. 로그의 끝:\n{running.log.tail()}",
                )
            )
    stamp.write_text(version)


def bring_packages(supervisor: Supervisor) -> None:
    """Have the packages of submitted programs installed behind the served pages; jobs that need them wait until they are here."""
    if not standard().is_here:
        event(
            either("installing the packages of submitted programs", "제출된 프로그램의 패키지를 설치하는 중")
        )
        install = python("dure.cli", "environment", "--install")
        supervisor.add_once("environment", install, echo=lambda line: event(f"environment: {line}"))


class Opening:
    """Opens the labs behind the served pages: their packages, their entry as a client of our sign-in, then their hub."""

    def __init__(self, supervisor: Supervisor, labs: Labs | None) -> None:
        self._supervisor, self._labs = supervisor, labs
        self._preparing: list[Running] = []

    def begin(self) -> None:
        if self._labs is None:
            return
        if not are_here():
            event(either("installing the packages of labs", "실습 환경의 패키지를 설치하는 중"))
            self._prepare("labs-packages", python("dure.cli", "labs", "--install"))
        self._prepare("labs-sign-in", python("dure.cli", "manage", "labs_sign_in"))

    def _prepare(self, name: str, words: list[str]) -> None:
        echo = lambda line: event(f"labs: {line}")  # noqa: E731 - one line of one use
        self._preparing.append(self._supervisor.add_once(name, words, echo=echo))

    def go_on(self) -> None:
        """Start the hub once all is there; say so where something went wrong."""
        if not self._preparing or any(running.status is None for running in self._preparing):
            return
        failed = [running.name for running in self._preparing if running.status != 0]
        self._preparing = []
        if self._labs is None or self._supervisor.stopping:
            return
        if failed:
            event(either("labs do not start: ", "실습 환경을 시작하지 못했습니다: ") + ", ".join(failed))
            return
        dure_url = os.environ.get("DURE_PUBLIC_URL") or self._supervisor.address.url
        self._supervisor.add(self._labs.child(dure_url))
        event(either("labs start at ", "실습 환경 시작: ") + self._labs.url)


class Probe:
    """Asks the web server for its health without ever blocking; true once it has answered at all."""

    def __init__(self, address: Address) -> None:
        self._target = (address.url.split("//")[1].rsplit(":", 1)[0].strip("[]"), address.port)
        self._socket: socket.socket | None = None

    def __call__(self) -> bool:
        try:
            if self._socket is None:
                self._ask()
            return self._answered()
        except BlockingIOError:
            return False
        except OSError:
            self._forget()
            return False

    def _ask(self) -> None:
        self._socket = socket.create_connection(self._target, timeout=1)
        self._socket.sendall(b"GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n")
        self._socket.settimeout(0)

    def _answered(self) -> bool:
        if self._socket is None:
            return False
        data = self._socket.recv(64)
        self._forget()
        return data.startswith(b"HTTP/")

    def _forget(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None


class Welcome:
    """Loads the demo alliance behind the served pages on the first run, and prints the demo's links."""

    def __init__(self, supervisor: Supervisor, *, demo: bool) -> None:
        self._supervisor = supervisor
        self._marker = supervisor.installation.folder / "demo_loaded"
        self._wanted = demo and has_command("demo_load") and not self._marker.exists()
        self._loading: Running | None = None
        self._links_are_out = False

    def begin(self) -> None:
        if self._wanted:
            event(either("loading the demo alliance", "시연용 얼라이언스를 싣는 중"))
            self._loading = self._supervisor.add_once(
                "demo", python("dure.cli", "manage", "demo_load"), echo=self._heard
            )
        elif self._marker.exists():
            self._print_links()

    def _heard(self, line: str) -> None:
        if line.strip() == PEOPLE_ARE_THERE:
            self._print_links()
        elif line.strip():
            event(f"demo: {line}")

    def go_on(self) -> None:
        """Take note of the loader's end; a failed one is run again at the next start."""
        if self._loading is None or self._loading.status is None:
            return
        status, self._loading = self._loading.status, None
        if status == 0:
            self._marker.touch()
            event(either("the demo alliance is loaded", "시연용 얼라이언스를 다 실었습니다"))
            self._print_links()
        elif not self._supervisor.stopping:
            event(f"demo_load failed ({status}); see log/demo.log; the next start tries again")

    def _print_links(self) -> None:
        if self._links_are_out or not has_command("demo_links"):
            return
        self._links_are_out = True
        say(
            either(
                "One-time links, valid ten minutes (`dure manage demo_links` makes new ones):",
                "10분 동안 한 번만 쓸 수 있는 로그인 링크 (새로 만들기: `dure manage demo_links`):",
            )
        )
        base = os.environ.get("DURE_PUBLIC_URL") or self._supervisor.address.url
        show = python("dure.cli", "manage", "demo_links")
        self._supervisor.add_once("links", show, echo=lambda line: say(link_line(line, base)), secret=True)


def link_line(line: str, base: str) -> str:
    """Return one line of `demo_links` for people; what is not JSON of the agreed shape is shown as it is."""
    try:
        link = json.loads(line)
        role, name, path = either(link["role_en"], link["role_ko"]), link["name"], link["path"]
    except (ValueError, LookupError, TypeError):
        return line
    return f"  {padded(role, 28)} {padded(name, 16)} {urljoin(base, path)}"
