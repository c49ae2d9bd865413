"""`dure login`: keep a server's address and an access token, after asking the server whether it takes the token."""

import argparse
import getpass
import sys
from urllib.parse import urlsplit

import httpx

from dure.cli import server as servers
from dure.cli.server import Login, Server, ServerError, say_error
from dure.cli.words import either

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--server", metavar="URL", required=True, help=either("address of the server", "서버 주소")
    )
    parser.add_argument(
        "--token",
        metavar="TOKEN",
        help=either(
            "access token; without it, it is asked for (or read from a pipe), so that it stands in no history",
            "접근 토큰. 없으면 물어보거나 파이프에서 읽으므로 명령 기록에 남지 않습니다",
        ),
    )
    parser.epilog = either(
        "Make a token on the page Account > Access tokens; handing in needs the scope “submit”. Address and token "
        "are kept in dure/login.json of your config folder, readable by you alone.",
        "토큰은 계정 > 접근 토큰 화면에서 만듭니다. 제출하려면 submit 범위가 필요합니다. 주소와 토큰은 설정 폴더의 "
        "dure/login.json 에 본인만 읽을 수 있게 보관합니다.",
    )


def run(args: argparse.Namespace) -> int:
    address = _address(args.server)
    if address is None:
        say_error(
            either(
                "write the address as https://dure.example.org",
                "주소는 https://dure.example.org 처럼 쓰세요",
            )
        )
        return 2
    _warn_if_open(address)
    login = Login(address, (args.token or _asked()).strip())
    try:
        with Server(login) as server:
            server.get("/me/tokens")
    except ServerError as error:
        say_error(error.message)
        return 1
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        say_error(either(f"the server cannot be reached: {error}", f"서버에 연결할 수 없습니다: {error}"))
        return 1
    kept = servers.remember(login)
    print(either(f"Logged in to {address}; kept in {kept}", f"{address} 에 로그인했습니다. 보관: {kept}"))
    return 0


def _address(given: str) -> str | None:
    try:
        parts = urlsplit(given.strip())
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.username:
        return None
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


def _warn_if_open(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        say_error(
            either(
                "careful: over http the token can be read on the way; use https",
                "주의: http 에서는 도중에 토큰이 읽힐 수 있습니다. https 를 쓰세요",
            )
        )


def _asked() -> str:
    if sys.stdin.isatty():
        return getpass.getpass(either("Access token: ", "접근 토큰: "))
    return sys.stdin.readline()
