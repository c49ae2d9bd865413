"""What is wrong with the settings, in words that name the setting: said before anything starts, never as a stack trace.

Whoever starts a server may read either language, so both are printed, as ./dure does; nothing of ours can be imported here.
"""

import json
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from urllib.parse import SplitResult, urlsplit

from dure.settings import env

Words = tuple[str, str]
"""The same in English and Korean."""
OIDC_KEYS = ("id", "name", "server_url", "client_id", "secret")


def stop_if_wrong() -> None:
    """End the process with two lines per fault. Every process reads the settings first, so none starts with wrong ones."""
    found = faults()
    if found:
        sys.exit("\n".join(f"dure: {fault}" for fault in found))


def faults() -> list[str]:
    """All faults of all settings, each beginning with the setting's name; secrets are not repeated."""
    return [
        f"{name}: {fault}"
        for name, check in CHECKS.items()
        if env.read(name)
        for words in check(env.read(name))
        for fault in words
    ]


def _address(*schemes: str, needs_host: bool = True) -> Callable[[str], Iterator[Words]]:
    def check(value: str) -> Iterator[Words]:
        try:
            url = urlsplit(value)
            host, _port = url.hostname, url.port
        except ValueError as error:
            yield f"is no address: {error}", f"주소가 아닙니다: {error}"
            return
        if url.scheme not in schemes:
            starts = [f"{scheme}://" for scheme in schemes]
            yield f"must begin with {' or '.join(starts)}", f"주소의 첫머리가 다릅니다: {', '.join(starts)}"
        elif needs_host and not host:
            yield "names no host", "호스트가 적혀 있지 않습니다"

    return check


def _storage(value: str) -> Iterator[Words]:
    yield from _address("s3")(value)
    if not find_spec("storages") or not find_spec("boto3"):
        yield _lacks_packages("s3.txt")


def _lacks_packages(requirements: str) -> Words:
    """./dure adds them by the settings it is started with; whoever starts Dure in another way installs them."""
    command = f"pip install --require-hashes -r requirements/{requirements}"
    return (
        f"needs packages that are not installed: start with ./dure, which brings them, or run {command}",
        f"필요한 패키지가 설치되어 있지 않습니다. 함께 설치해 주는 ./dure 명령으로 시작하거나 다음을 실행하십시오: {command}",
    )


def _size(value: str, *, least: int = 1) -> Iterator[Words]:
    if not value.strip().isdecimal() or int(value) < least:
        yield f"must be a whole number of MiB, at least {least}", f"{least} 이상의 정수(MiB)여야 합니다"


def _minutes(value: str) -> Iterator[Words]:
    if not value.strip().isdecimal() or int(value) < 15:
        yield "must be a whole number of minutes, at least 15", "15 이상의 정수(분)여야 합니다"


def _labs(value: str) -> Iterator[Words]:
    wrong = list(_address("https", "http")(value))
    yield from wrong or beside_dure(value, env.read("DURE_PUBLIC_URL"))


def beside_dure(labs: str, dure: str) -> Iterator[Words]:
    """What is wrong with an address of labs beside this one of Dure's; nothing where Dure has none yet.

    Whoever runs a notebook writes the pages that the labs' address shows. On Dure's own host they would hold its cookies.
    """
    ours, theirs = urlsplit(dure), urlsplit(labs)
    if _name(ours) and _name(ours) == _name(theirs):
        yield (
            f"names Dure's own host {_name(ours)}: its cookies go to all its ports, so labs need another name",
            f"Dure와 같은 호스트입니다: {_name(ours)}. 쿠키가 모든 포트에 전달되므로 다른 호스트 이름이 필요합니다",
        )
    if ours.scheme == "https" and theirs.scheme != "https":
        yield (
            "must begin with https://, as DURE_PUBLIC_URL does: who listens on the way could enter labs as anybody",
            "DURE_PUBLIC_URL처럼 https://로 시작해야 합니다. 그렇지 않으면 중간에서 엿본 사람이 남의 실습에 들어갈 수 있습니다",
        )


def _name(url: SplitResult) -> str:
    return (url.hostname or "").rstrip(".")


def _farm(value: str) -> Iterator[Words]:
    if value not in {"local", "slurm"}:
        yield "must be local or slurm", "local 또는 slurm이어야 합니다"


def _hosts(value: str) -> Iterator[Words]:
    for host in env.names(value):
        if "/" in host or "@" in host or any(letter.isspace() for letter in host):
            yield (
                f"{host} is no host name: give names or addresses without https:// and path",
                f"호스트 이름이 아닙니다: {host}. https://와 경로 없이 이름이나 주소만 적으십시오",
            )


def _json_objects(value: str, *keys: str) -> Iterator[Words]:
    try:
        items = json.loads(value)
    except json.JSONDecodeError as error:
        at = error.pos + 1
        yield f"is no JSON: {error.msg} at character {at}", f"JSON이 아닙니다: {at}번째 글자, {error.msg}"
        return
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        yield "must be a JSON list of objects", "객체의 목록(JSON)이어야 합니다"
        return
    for at, item in enumerate(items, start=1):
        missing = [key for key in keys if not isinstance(item.get(key), str) or not item[key]]
        if missing:
            names = ", ".join(missing)
            yield f"provider {at} lacks {names}", f"{at}번째 제공자에 빠진 것이 있습니다: {names}"


def _oidc(value: str) -> Iterator[Words]:
    yield from _json_objects(value, *OIDC_KEYS)


def _saml(value: str) -> Iterator[Words]:
    yield from _json_objects(value, "client_id")
    if not find_spec("onelogin"):
        yield _lacks_packages("saml.txt")


CHECKS: dict[str, Callable[[str], Iterator[Words]]] = {
    "DATABASE_URL": _address("postgresql", "postgres", needs_host=False),
    "DURE_PUBLIC_URL": _address("https", "http"),
    "DURE_MAIL_URL": _address("smtp", "smtps"),
    "DURE_STORAGE_URL": _storage,
    "DURE_UPLOAD_LIMIT_MB": _size,
    "DURE_OIDC": _oidc,
    "DURE_SAML": _saml,
    "DURE_WEBHOOK_HOSTS": _hosts,
    "DURE_FARM": _farm,
    "DURE_LABS_URL": _labs,
    "DURE_LAB_MEMORY_MB": partial(_size, least=512),
    "DURE_LAB_HOME_MB": partial(_size, least=64),
    "DURE_LAB_IDLE_MINUTES": _minutes,
}
