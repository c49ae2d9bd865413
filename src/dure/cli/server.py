"""Talking to a Dure server over `/api/v1`, as any HTTP client would: address and token, errors in words, lists by page."""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

import httpx

from dure.cli.words import either, korean

SECONDS = 60.0
UPLOAD_SECONDS = 600.0
# Long enough for a server that restarts; after the last one the error is said as it is.
PAUSES_S = (0.5, 1.0, 2.0, 4.0)
SERVER_AT_FAULT = 500
# Tests put another transport here and then talk to the application without a network.
transport: httpx.BaseTransport | None = None


class NotLoggedInError(RuntimeError):
    """Neither the environment nor `dure login` names a server."""


@dataclass(frozen=True)
class Login:
    """A server's address and, for what needs a person, their access token."""

    server: str
    token: str = ""


@dataclass
class ServerError(Exception):
    """An answer that says no: the status, a code for programs, a sentence for people, and every fault."""

    status: int
    code: str
    message: str
    faults: list[dict[str, Any]] = field(default_factory=list)


def login_file() -> Path:
    """Return where `dure login` keeps address and token: `dure/login.json` in the person's config home."""
    home = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    return Path(home).expanduser() / "dure" / "login.json"


def remember(login: Login) -> Path:
    """Keep the login in a file that only its owner can read, whole or not at all."""
    path = login_file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = path.with_suffix(f".{os.getpid()}.part")
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump({"server": login.server, "token": login.token}, file)
    half.replace(path)
    return path


def current_login() -> Login:
    """Return DURE_SERVER and DURE_TOKEN, else what `dure login` kept. A kept token goes to its own server only.

    Raises:
        NotLoggedInError: there is neither.
    """
    kept = _kept()
    server = os.environ.get("DURE_SERVER", "").rstrip("/") or kept.server
    if not server:
        raise NotLoggedInError(
            either(
                "which server? Run `dure login --server URL`, or set DURE_SERVER and DURE_TOKEN",
                "어느 서버인가요? `dure login --server URL` 을 실행하거나 DURE_SERVER 와 DURE_TOKEN 을 정하세요",
            )
        )
    token = os.environ.get("DURE_TOKEN", "") or (kept.token if kept.server == server else "")
    return Login(server, token)


def _kept() -> Login:
    try:
        found = json.loads(login_file().read_text())
        return Login(str(found["server"]), str(found["token"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Login("")


class Server:
    """One conversation with a server. Every answer that is no success becomes a ServerError."""

    def __init__(self, login: Login) -> None:
        headers = {"Accept-Language": "ko" if korean() else "en"}
        if login.token:
            headers["Authorization"] = f"Bearer {login.token}"
        self.address = login.server
        # No redirect is followed, so the token never goes anywhere but where the person sent it.
        self._client = httpx.Client(
            base_url=f"{login.server}/api/v1", headers=headers, timeout=SECONDS, transport=transport
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get(self, path: str, **params: str | int) -> Any:
        """Return the JSON answer of a GET."""
        return _json(self._checked(self._client.get(path, params=params)))

    def text(self, path: str, **params: str) -> str:
        """Return a text answer as it is."""
        return self._checked(self._client.get(path, params=params)).text

    def post(self, path: str, body: Any = None) -> Any:
        """Send JSON and return the JSON answer."""
        return _json(self._checked(self._client.post(path, json={} if body is None else body)))

    def put(self, path: str, body: Any) -> Any:
        """The same with PUT."""
        return _json(self._checked(self._client.put(path, json=body)))

    def upload(self, path: str, file: Path, *, key: str, **fields: str) -> Any:
        """Send a file as a form, streamed from disk, and again when the connection is cut or the server stumbles.

        `key` goes along as Idempotency-Key: however often the file arrives, it is taken once.
        """
        return self.hand_in(path, fields, {"file": file}, key=key)

    def hand_in(
        self, path: str, fields: Mapping[str, str | list[str]], files: Mapping[str, Path], *, key: str
    ) -> Any:
        """The same for a form with any fields and files, or none of these."""
        return again_and_again(lambda: self._hand_in(path, fields, files, key))

    def _hand_in(
        self, path: str, fields: Mapping[str, str | list[str]], files: Mapping[str, Path], key: str
    ) -> Any:
        with ExitStack() as opened:
            streams = {
                name: (file.name, opened.enter_context(file.open("rb"))) for name, file in files.items()
            }
            answer = self._client.post(
                path,
                files=streams or None,
                data=fields,
                headers={"Idempotency-Key": key},
                timeout=UPLOAD_SECONDS,
            )
        return _json(self._checked(answer))

    def pages(self, path: str) -> Iterator[Any]:
        """Yield every item of a paged list."""
        page, pages = 1, 1
        while page <= pages:
            answer = self.get(path, page=page)
            yield from answer["items"]
            page, pages = page + 1, int(answer["pages"])

    @contextmanager
    def stream(self, path: str, *, start: int = 0) -> Iterator[httpx.Response]:
        """Yield a file's bytes as they come, from byte `start` on where the server can (status 206)."""
        headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={start}-"} if start else {})
        with self._client.stream("GET", path, headers=headers, timeout=UPLOAD_SECONDS) as answer:
            if not answer.is_success:
                answer.read()
            yield self._checked(answer)

    def _checked(self, answer: httpx.Response) -> httpx.Response:
        if answer.is_success:
            return answer
        try:
            said = answer.json()
            raise ServerError(
                answer.status_code, str(said["code"]), str(said["message"]), list(said.get("faults", []))
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            raise ServerError(answer.status_code, "no_dure", _not_dure(answer)) from None


def again_and_again(ask: Callable[[], Any], *, pauses: Sequence[float] | None = None) -> Any:
    """Ask, and again after each pause when the connection is cut or the server stumbles; then the error as it is."""
    for pause in PAUSES_S if pauses is None else pauses:
        try:
            return ask()
        except (httpx.TransportError, ServerError) as error:
            if isinstance(error, ServerError) and error.status < SERVER_AT_FAULT:
                raise
            say_error(_once_more(error, pause))
            time.sleep(pause)
    return ask()


def _json(answer: httpx.Response) -> Any:
    try:
        return answer.json()
    except ValueError:
        raise ServerError(answer.status_code, "no_dure", _not_dure(answer)) from None


def _once_more(error: Exception, pause: float) -> str:
    why = error.message if isinstance(error, ServerError) else str(error) or type(error).__name__
    return either(
        f"{why}; trying again in {pause:g} s (it cannot count twice)",
        f"{why} {pause:g}초 뒤에 다시 보냅니다(두 번 세지 않습니다).",
    )


def _not_dure(answer: httpx.Response) -> str:
    return either(
        f"{answer.url.host} did not answer as a Dure server does (status {answer.status_code}); check the address",
        f"{answer.url.host} 에서 온 답이 두레 서버의 답이 아닙니다(상태 {answer.status_code}). 주소를 확인하세요",
    )


def challenge_path(slug: str, rest: str = "") -> str:
    return f"/challenges/{quote(slug, safe='')}{rest}"


def say_error(text: str) -> None:
    print(f"dure: {text}", file=sys.stderr)


def talk(work: Callable[[Server], int]) -> int:
    """Do `work` with the current server and return its exit status; what goes wrong is said in words and gives 1."""
    try:
        with Server(current_login()) as server:
            return work(server)
    except NotLoggedInError as error:
        say_error(str(error))
    except ServerError as error:
        say_error(error.message + _hint(error))
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        say_error(either(f"the server cannot be reached: {error}", f"서버에 연결할 수 없습니다: {error}"))
    except OSError as error:
        say_error(f"{error.filename or ''}: {error.strerror or error}")
    except KeyboardInterrupt:
        return 130
    return 1


def _hint(error: ServerError) -> str:
    if error.code in {"sign_in", "bad_token"}:
        return either(" (dure login --server URL)", " (dure login --server URL)")
    return ""


def words_of(thing: Any, name: str) -> str:
    """Return `name_ko` or `name_en` by the terminal's language; the other one when that is empty."""
    ko, en = str(thing.get(f"{name}_ko") or ""), str(thing.get(f"{name}_en") or "")
    return plain((ko or en) if korean() else (en or ko))


def plain(text: str) -> str:
    """Return a stranger's text on one line and without the signs that steer a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
