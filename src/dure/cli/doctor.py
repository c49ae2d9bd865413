"""`dure doctor`: what is in force, what is missing, what is broken."""

import argparse
import json
import os
import platform
import shutil
import subprocess
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import dure
from dure.cli import protection as words
from dure.cli import safety
from dure.cli.backup import LAST_BACKUP
from dure.cli.installation import Installation, is_alive
from dure.cli.labs import are_here as labs_are_here
from dure.cli.postgres import check_folder
from dure.cli.words import either
from dure.engines import sandbox
from dure.engines.environment import standard

State = Literal["ok", "note", "broken"]
LITTLE_SPACE = 1024**3
OLD_BACKUP_S = 7 * 86400
SLURM_PROGRAMS = ("sbatch", "squeue", "sacct", "scancel", "sinfo", "scontrol", "sacctmgr")


@dataclass(frozen=True)
class Finding:
    """One line of the report. A note asks for attention; only `broken` makes the exit status 1."""

    name: str
    state: State
    text: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", metavar="DIR", type=Path, help=either("data folder", "데이터 폴더"))
    parser.add_argument("--json", action="store_true", help=either("print as JSON", "JSON으로 출력"))


def run(args: argparse.Namespace) -> int:
    findings = examine(Installation.at(args.data))
    if args.json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        marks = {"ok": "ok", "note": either("note", "참고"), "broken": either("BROKEN", "고장")}
        for finding in findings:
            print(f"  {marks[finding.state]:<7} {finding.name:<16} {finding.text}")
    return 1 if any(finding.state == "broken" for finding in findings) else 0


def examine(installation: Installation) -> list[Finding]:
    """Return every finding about an installation, served or not."""
    return [
        Finding(
            "versions",
            "ok",
            f"Dure {dure.__version__}, Python {platform.python_version()}, {platform.system()}",
        ),
        folder(installation),
        space(installation),
        database(installation),
        *services(installation),
        settings(os.environ, installation),
        mail(os.environ),
        storage(os.environ, installation),
        backup(installation),
        *slurm(os.environ, installation),
        *protection(),
        packages(),
        labs(installation),
    ]


def packages() -> Finding:
    """Whether submitted programs find their packages on this machine."""
    found = standard()
    if found.is_here:
        return Finding("packages", "ok", f"{found.name} sha256:{found.digest[:16]} · Python {found.python}")
    return Finding(
        "packages", "note", either("not installed: ", "설치되지 않음: ") + "dure environment --install"
    )


def labs(installation: Installation) -> Finding:
    """Whether labs could run, and whether they do."""
    if not labs_are_here():
        return Finding("labs", "note", either("not installed: ", "설치되지 않음: ") + "dure labs --install")
    runs = "labs" in _read(installation.folder / "state.json").get("processes", {})
    if not (installation.is_served() and runs):
        return Finding("labs", "note", either("installed, off: ", "설치됨, 꺼짐: ") + "dure up --labs")
    return Finding("labs", "ok", either("on", "켜짐"))


def folder(installation: Installation) -> Finding:
    faults = [] if installation.external_database else check_folder(installation.folder)
    if not installation.folder.exists():
        return Finding(
            "data folder", "note", either("not made yet: ", "아직 없음: ") + str(installation.folder)
        )
    if installation.folder.stat().st_mode & 0o077:
        faults.append(
            either("others on this machine can enter it", "이 기계의 다른 사용자가 들어갈 수 있습니다")
        )
    return Finding(
        "data folder", "broken" if faults else "ok", "; ".join([str(installation.folder), *faults])
    )


def space(installation: Installation) -> Finding:
    existing = next(path for path in (installation.folder, *installation.folder.parents) if path.exists())
    usage = shutil.disk_usage(existing)
    text = f"{usage.free / 1e9:.1f} GB " + either("free", "남음")
    return Finding("disk", "ok" if usage.free > LITTLE_SPACE else "broken", text)


def database(installation: Installation) -> Finding:
    """Ask the database for its version and size; an embedded one that is stopped is not started for this."""
    kind = (
        either("given by DATABASE_URL", "DATABASE_URL 로 지정")
        if installation.external_database
        else "embedded"
    )
    if not installation.external_database and not installation.is_served():
        known = installation.cluster.exists
        state = either("stopped", "멈춰 있음") if known else either("not made yet", "아직 없음")
        return Finding("database", "note", f"{kind}, {state}")
    import psycopg

    try:
        with psycopg.connect(
            installation.external_database or installation.cluster.url(), connect_timeout=5
        ) as link:
            facts = link.execute(
                "SELECT current_setting('server_version'), pg_size_pretty(pg_database_size(current_database())),"
                " current_setting('fsync'), (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)"
            ).fetchone()
    except psycopg.Error as error:
        return Finding("database", "broken", f"{kind}: {error}")
    version, size, fsync, is_superuser = facts or ("?", "?", "?", False)
    text = f"PostgreSQL {version}, {kind}, {size}, fsync {fsync}"
    if fsync != "on":
        return Finding(
            "database", "broken", text + either(": a power cut would lose data", ": 정전 시 자료를 잃습니다")
        )
    if is_superuser:
        return Finding(
            "database", "note", text + either("; its role is a superuser", "; 계정이 관리자 권한입니다")
        )
    return Finding("database", "ok", text)


def services(installation: Installation) -> list[Finding]:
    """Look for the processes that the supervisor left in state.json."""
    if not installation.is_served():
        return [Finding("services", "note", either("not running (dure up)", "실행 중이 아님 (dure up)"))]
    state = _read(installation.folder / "state.json")
    dead = [name for name, pid in state.get("processes", {}).items() if pid is None or not is_alive(pid)]
    text = f"{', '.join(state.get('processes', {}))} · {state.get('url', '?')}"
    if dead:
        return [
            Finding("services", "broken", f"{', '.join(dead)}: " + either("not running", "실행 중이 아님"))
        ]
    return [Finding("services", "ok", text)]


def settings(env: Mapping[str, str], installation: Installation) -> Finding:
    """Judge the settings as `dure up` would."""
    if not safety.is_public(env, "127.0.0.1"):
        return Finding("settings", "ok", either("for this machine only", "이 기계에서만 사용"))
    faults = safety.faults(env, host="127.0.0.1", folder=installation.folder)
    return Finding(
        "settings", "broken" if faults else "ok", "; ".join(faults) or env.get("DURE_PUBLIC_URL", "")
    )


def mail(env: Mapping[str, str]) -> Finding:
    host = urlsplit(env.get("DURE_MAIL_URL", "")).hostname
    if host:
        return Finding("mail", "ok", f"{host}, {env.get('DURE_MAIL_FROM', '')}")
    return Finding(
        "mail", "note", either("written to files in the data folder", "데이터 폴더에 파일로 씁니다")
    )


def storage(env: Mapping[str, str], installation: Installation) -> Finding:
    host = urlsplit(env.get("DURE_STORAGE_URL", "")).hostname
    if host:
        return Finding("storage", "ok", f"S3: {host}")
    writable = not installation.blobs.exists() or os.access(installation.blobs, os.W_OK)
    return Finding("storage", "ok" if writable else "broken", str(installation.blobs))


def backup(installation: Installation) -> Finding:
    facts = _read(installation.folder / LAST_BACKUP)
    if not facts:
        return Finding(
            "backup", "note", either("never made: dure backup FILE", "아직 없음: dure backup 파일")
        )
    age_s = time.time() - float(facts["at"])
    text = f"{age_s / 86400:.1f} " + either("days old", "일 전") + f", {facts['file']}"
    return Finding("backup", "ok" if age_s < OLD_BACKUP_S else "note", text)


def protection() -> list[Finding]:
    """Try the walls against programs of strangers, as this user. Predictions are scored without them: a low level is a note."""
    lines = words.lines(sandbox.protection())
    return [Finding("code execution", "ok" if well else "note", text) for well, text in lines]


def slurm(env: Mapping[str, str], installation: Installation) -> list[Finding]:
    """Where a Slurm cluster is to carry jobs out: its programs, whether it answers, and the shared folder."""
    if env.get("DURE_FARM") != "slurm":
        return []
    missing = [name for name in SLURM_PROGRAMS if shutil.which(name) is None]
    if missing:
        text = either(
            "install Slurm's client programs; missing: ",
            "Slurm 클라이언트 프로그램을 설치하십시오. 없는 것: ",
        )
        return [Finding("Slurm", "broken", text + ", ".join(missing))]
    folder = Path(env.get("DURE_SLURM_FOLDER") or installation.folder / "farm" / "slurm")
    if folder.exists() and not os.access(folder, os.W_OK):
        text = either("the shared folder cannot be written: ", "공유 폴더에 쓸 수 없습니다: ")
        return [Finding("Slurm", "broken", f"{text}{folder}")]
    try:
        ping = subprocess.run(["scontrol", "ping"], capture_output=True, text=True, timeout=15, check=False)
        said = (ping.stdout + ping.stderr).strip()
    except subprocess.TimeoutExpired:
        said = "scontrol ping: 15 s"
    return [Finding("Slurm", "ok" if "is UP" in said else "broken", f"{said} · {folder}")]


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
