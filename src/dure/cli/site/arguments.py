"""The words of `dure site`."""

import argparse
from collections.abc import Callable
from pathlib import Path

from dure.cli.words import either


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--folder",
        metavar="DIR",
        type=Path,
        help=either("the site's folder (default: DURE_SITE)", "사이트 폴더 (기본: DURE_SITE)"),
    )
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, (en, ko, add) in _actions().items():
        add(actions.add_parser(name, help=either(en, ko)))
    parser.epilog = _epilog()


Adds = Callable[[argparse.ArgumentParser], None]


def _actions() -> dict[str, tuple[str, str, Adds]]:
    return {
        "join": ("make this machine a site", "이 컴퓨터를 사이트로 만듭니다", _join),
        "add": (
            "register a folder of data by schema and hash",
            "데이터 폴더를 구조와 해시로 등록합니다",
            _add,
        ),
        "requests": ("what is asked of your data", "데이터에 대한 요청을 봅니다", _nothing),
        "approve": ("allow a request, within limits", "한도 안에서 요청을 허용합니다", _approve),
        "refuse": ("refuse a request, or end what was allowed", "거절하거나 허용을 끝냅니다", _request),
        "run": ("do what was allowed, until stopped", "허용한 일을 멈출 때까지 합니다", _run),
        "log": ("every run, or one with what it printed", "모든 실행, 또는 하나의 출력까지", _log),
        "release": ("send a run's log, after reading it", "출력을 읽고 나서 보냅니다", _release),
    }


def _nothing(_parser: argparse.ArgumentParser) -> None:
    """Asks for no more words."""


def _log(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", nargs="?", metavar="RUN", help=either("its code", "실행 코드"))


def _release(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", metavar="RUN", help=either("its code", "실행 코드"))
    _yes(parser)


def _epilog() -> str:
    return either(
        "A data set is a folder with answers.csv (ids and the hidden columns), inputs/ (what programs read) and, where there "
        "is some, training/. Rows never leave: programs run here without a network, and scores and counts are told.",
        "데이터는 answers.csv(번호와 숨은 열), inputs/(프로그램이 읽는 입력), 있으면 training/ 이 든 폴더입니다. "
        "행은 나가지 않습니다. 프로그램은 여기서 네트워크 없이 돌고, 점수와 행 수만 알립니다.",
    )


def _join(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("server", metavar="URL", help=either("address of the server", "서버 주소"))
    parser.add_argument(
        "--code", required=True, help=either("the code from the site's page", "사이트 화면의 코드")
    )
    parser.add_argument(
        "--plain-http",
        action="store_true",
        help=either("allow http, for a try on one machine", "한 컴퓨터에서 시험할 때 http 허용"),
    )


def _add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help=either("what you call it", "부를 이름"))
    parser.add_argument("data", metavar="FOLDER", type=Path, help=either("where it lies", "데이터 폴더"))
    parser.add_argument(
        "--least-rows", type=_count, default=10, metavar="N",
        help=either("no score and no class of fewer rows is told (default: 10)", "이보다 적은 행은 알리지 않음 (기본 10)"),
    )  # fmt: skip
    _yes(parser)


def _approve(parser: argparse.ArgumentParser) -> None:
    _request(parser)
    parser.add_argument(
        "--looks",
        type=_count,
        default=1000,
        metavar="N",
        help=either("runs in all (default: 1000)", "전체 실행 수 (기본 1000)"),
    )
    parser.add_argument(
        "--looks-each",
        type=_count,
        default=100,
        metavar="N",
        help=either("runs of one team (default: 100)", "팀별 실행 수 (기본 100)"),
    )
    _yes(parser)


def _request(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "request", metavar="REQUEST", help=either("its code, or the end of it", "요청 코드 또는 그 끝부분")
    )
    parser.add_argument(
        "--note", metavar="TEXT", default="", help=either("a word to who asks", "요청한 사람에게 남길 말")
    )


def _run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--once", action="store_true", help=either("stop when nothing waits", "할 일이 없으면 끝냅니다")
    )


def _yes(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--yes", action="store_true", help=either("do not ask", "묻지 않습니다"))


def _count(given: str) -> int:
    value = int(given)
    if not 1 <= value <= 1_000_000:
        raise argparse.ArgumentTypeError(either("from 1 to 1,000,000", "1에서 1,000,000까지"))
    return value
