"""What an author says to a course folder: check, preview, publish; and how a notebook becomes one."""

import argparse
import sys
from collections.abc import Callable, Mapping
from itertools import groupby
from pathlib import Path
from typing import Final

from dure.cli.course import importing, preview, publishing
from dure.cli.course.words import fault_lines
from dure.cli.environment import install
from dure.cli.server import say_error, talk
from dure.cli.words import either
from dure.engines import courses, skills
from dure.engines.courses.notebook import untranslated
from dure.engines.courses.trying import Trial, trials
from dure.engines.environment import standard
from dure.engines.faults import Fault, Faulty
from dure.engines.sandbox import LaunchError, UnprotectedError

REFUSED: Final = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    check = _with_folder(
        actions, "check", "find what is wrong with a course folder", "강좌 폴더의 잘못을 찾습니다"
    )
    check.add_argument(
        "--quick",
        action="store_true",
        help=either("read the files only; run no lab", "파일만 읽고 실습은 돌리지 않습니다"),
    )
    look = _with_folder(
        actions, "preview", "show it in a browser as it is written", "쓰는 대로 브라우저에 보입니다"
    )
    look.add_argument(
        "--port", type=int, default=8180, help=either("port on this machine", "이 컴퓨터의 포트")
    )
    hand = _with_folder(
        actions, "publish", "hand it to a server as a new version", "서버에 새 버전으로 올립니다"
    )
    hand.add_argument(
        "--organisation",
        metavar="SLUG",
        default="",
        help=either("whose course, if it is new", "새 강좌의 주관 기관"),
    )
    words = "make a course folder of a notebook for nbgrader", "nbgrader 노트북으로 강좌 폴더를 만듭니다"
    brought = actions.add_parser(
        "import-notebook", help=either(*words), description=either(*words), allow_abbrev=False
    )
    importing.add_arguments(brought)
    parser.epilog = either(
        "Exit status: 0 done, 1 failed, 2 misused, 3 the course has faults (all are printed).",
        "종료 상태: 0 끝남, 1 실패, 2 잘못 씀, 3 강좌에 잘못이 있음(모두 출력).",
    )


def _with_folder(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, en: str, ko: str
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=either(en, ko), description=either(en, ko), allow_abbrev=False)
    parser.add_argument("folder", metavar="PATH", type=Path, help=either("the course folder", "강좌 폴더"))
    return parser


def run(args: argparse.Namespace) -> int:
    """Carry one action out; faults of the folder are printed, all of them."""
    try:
        return ACTIONS[args.action](args)
    except Faulty as faulty:
        _print(faulty.faults)
        return REFUSED
    except (LaunchError, UnprotectedError) as error:
        say_error(either(f"labs cannot be run here: {error}", f"여기에서 실습을 돌릴 수 없습니다: {error}"))
        return 1


def _check(args: argparse.Namespace) -> int:
    course = courses.read(args.folder, skills=skills.slugs())
    units, items = len(course.units), sum(len(unit.quiz) for unit in course.units)
    labs = [unit for unit in course.units if unit.lab]
    print(
        either(
            f"{course.title.en}: {units} units, {items} questions, {len(labs)} labs; every file is in order.",
            f"{course.title.ko}: 단원 {units}개, 문항 {items}개, 실습 {len(labs)}개. 파일에 잘못이 없습니다.",
        )
    )
    for line in fault_lines(untranslated(args.folder)):
        print(line)
    return (
        0
        if args.quick or not labs
        else _try(args.folder, {unit.lab.environment for unit in labs if unit.lab})
    )


def _try(folder: Path, environments: set[str]) -> int:
    """Run every lab's programs; print one line for each lab as soon as it is through, and every fault at the end."""
    if "standard" in environments and not standard().is_here:
        install(standard())
    faults: list[Fault] = []
    for unit, tried in groupby(trials(folder), key=lambda trial: trial.unit):
        done: list[Trial] = []
        for trial in tried:
            done.append(trial)
            _show(f"{unit}: {len(done)} · {trial.name}")
        _show("")
        print(_summary(unit, done), flush=True)
        faults += [fault for trial in done for fault in trial.faults]
    _print(faults)
    return REFUSED if faults else 0


def _summary(unit: str, tried: list[Trial]) -> str:
    reference, others = tried[0], tried[1:]
    most = max(one.points for one in others)
    return either(
        f"{unit}: reference {reference.points}/{reference.out_of}, {len(others)} others at most {most}",
        f"{unit}: 정답 풀이 {reference.points}/{reference.out_of}점, 나머지 {len(others)}개는 많아야 {most}점",
    )


def _show(now: str) -> None:
    """What is being tried, where somebody watches."""
    if sys.stdout.isatty():
        sys.stdout.write(f"\r{now}\033[K")
        sys.stdout.flush()


def _print(faults: list[Fault]) -> None:
    for line in fault_lines(faults):
        say_error(line)


def _preview(args: argparse.Namespace) -> int:
    courses.read(args.folder)
    return preview.serve(args.folder, port=args.port)


def _publish(args: argparse.Namespace) -> int:
    course = courses.read(args.folder, skills=skills.slugs())
    return talk(
        lambda server: publishing.publish(server, args.folder, course, organisation=args.organisation)
    )


ACTIONS: Final[Mapping[str, Callable[[argparse.Namespace], int]]] = {
    "check": _check,
    "import-notebook": importing.run,
    "preview": _preview,
    "publish": _publish,
}
