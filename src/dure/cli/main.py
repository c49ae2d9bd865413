"""The `dure` command: a table of commands, each one module that is imported only when it runs."""

import argparse
import atexit
import difflib
import gc
import importlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from dure.cli.words import either


class CommandModule(Protocol):
    """What a command's module offers."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, args: argparse.Namespace) -> int: ...


@dataclass(frozen=True)
class Command:
    """One line of `dure --help`. `raw` hands everything behind the name on unread, as Django's manage needs."""

    module: str
    en: str
    ko: str
    raw: bool = False

    @property
    def help(self) -> str:
        return either(self.en, self.ko)


# To add a command: one line here and one module with add_arguments(parser) and run(args).
COMMANDS: dict[str, Command] = {
    "up": Command("up", "set everything up and serve", "모든 준비를 마치고 서비스를 시작합니다"),
    "doctor": Command("doctor", "say what is in force and what is broken", "상태를 점검해 알려 줍니다"),
    "backup": Command("backup", "write one file that holds everything", "모든 내용을 파일 하나로 백업합니다"),
    "restore": Command("restore", "fill an empty installation from a backup", "백업을 빈 설치에 복원합니다"),
    "login": Command(
        "login", "keep a server's address and your access token", "서버 주소와 접근 토큰을 보관합니다"
    ),
    "problems": Command("problems", "list the challenges you can see", "볼 수 있는 챌린지를 나열합니다"),
    "download": Command(
        "download", "get a challenge's files, checked", "챌린지 자료를 확인하며 내려받습니다"
    ),
    "submit": Command("submit", "hand in predictions or code", "예측 파일이나 코드를 제출합니다"),
    "leaderboard": Command("leaderboard", "show who is ahead, and how sure that is", "순위표를 보여 줍니다"),
    "run": Command("jobs_run", "run a program on the farm", "프로그램을 팜에서 돌립니다"),
    "jobs": Command("jobs", "list, follow and take back your jobs", "내 작업을 보고, 따라가고, 취소합니다"),
    "data": Command("data", "fetch the larger demo problems' data", "큰 시범 문제의 자료를 받습니다"),
    "demo": Command("demo", "play a year of an alliance", "얼라이언스의 한 해를 펼쳐 봅니다"),
    "farm": Command(
        "farm", "try a sharing policy on real work before you set it", "자원 배분 정책을 미리 시험합니다"
    ),
    "site": Command(
        "site", "let programs come to data that stays with you", "데이터는 두고 프로그램이 찾아오게 합니다"
    ),
    "course": Command(
        "course",
        "check, preview, publish and import a course",
        "강좌를 검사하고, 미리 보고, 올리고, 가져옵니다",
    ),
    "placement": Command("placement", "run a placement again and verify it", "배정을 다시 계산해 확인합니다"),
    "environment": Command(
        "environment", "show or install the packages of submitted programs", "제출된 프로그램의 패키지"
    ),
    "labs": Command("labs", "show or install what interactive labs need", "실습 환경에 필요한 패키지"),
    "test": Command("testing", "run the tests this machine allows", "가능한 테스트를 모두 실행합니다"),
    "check": Command("checking", "format, lint, types, walls, docs", "형식·타입·구조·문서·번역을 확인합니다"),
    "bench": Command("benching", "run benchmarks against their goals", "성능을 재어 목표와 비교합니다"),
    "worker": Command("worker", "run one background worker", "백그라운드 작업자를 하나 실행합니다", raw=True),
    "manage": Command("manage", "run a Django management command", "Django 관리 명령을 실행합니다", raw=True),
}


def load(command: Command) -> CommandModule:
    return cast("CommandModule", importlib.import_module(f"dure.cli.{command.module}"))


def parser_of(name: str) -> argparse.ArgumentParser:
    """Return a command's parser, with its arguments."""
    command = COMMANDS[name]
    parser = argparse.ArgumentParser(
        prog=f"dure {name}", description=command.help, add_help=not command.raw, allow_abbrev=False
    )
    load(command).add_arguments(parser)
    return parser


def overview() -> str:
    """Return what `dure --help` prints."""
    lines = [either("usage: dure COMMAND …", "사용법: dure 명령 …"), ""]
    width = max(map(len, COMMANDS)) + 2
    lines += [f"  {name:<{width}}{command.help}" for name, command in COMMANDS.items()]
    lines += ["", either("`dure COMMAND --help` says more.", "자세한 설명: `dure 명령 --help`")]
    return "\n".join(lines)


def unknown(name: str) -> int:
    print(either(f"dure: there is no command “{name}”.", f"dure: “{name}” 명령은 없습니다."), file=sys.stderr)
    for near in difflib.get_close_matches(name, COMMANDS, n=1):
        print(either(f"Did you mean `dure {near}`?", f"`dure {near}` 명령을 찾으셨나요?"), file=sys.stderr)
    print(overview(), file=sys.stderr)
    return 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 1 failed, 2 misused."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in {"-h", "--help", "help"}:
        print(overview())
        return 0
    if words[0] == "--version":
        import dure

        print(f"dure {dure.__version__}")
        return 0
    name, rest = words[0], words[1:]
    if name not in COMMANDS:
        return unknown(name)
    command = COMMANDS[name]
    atexit.register(
        gc.freeze
    )  # else the last collection visits three thousand modules, which keeps a stop waiting
    if command.raw:
        return load(command).run(argparse.Namespace(words=rest))
    return load(command).run(parser_of(name).parse_args(rest))
