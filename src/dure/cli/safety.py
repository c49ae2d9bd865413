"""What a public installation must not be started with. Pure: settings in, sentences out."""

import ipaddress
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from dure.cli.words import either

SHORTEST_KEY = 32
FEWEST_KEY_CHARACTERS = 10
_PLACEHOLDER = re.compile(r"insecure|change.?me|secret.?key|password|example", re.IGNORECASE)
_ON = {"1", "true", "yes", "on"}


def is_loopback(host: str) -> bool:
    """Say whether only this machine can reach an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_public(env: Mapping[str, str], host: str) -> bool:
    return bool(env.get("DURE_PUBLIC_URL")) or not is_loopback(host)


def faults(env: Mapping[str, str], *, host: str, folder: Path) -> list[str]:
    """Return everything unsafe about serving the public with these settings; empty where nothing is.

    A loopback address without DURE_PUBLIC_URL serves only this machine, and nothing is asked of it.
    """
    if not is_public(env, host):
        return []
    return [
        *_address(env.get("DURE_PUBLIC_URL", ""), host),
        *_key(env.get("DURE_SECRET_KEY", "")),
        *_debug(env.get("DURE_DEBUG", "")),
        *_mail(env),
        *_folder(folder),
        *_database(env.get("DATABASE_URL", "")),
        *_storage(env.get("DURE_STORAGE_URL", "")),
    ]


def _address(url: str, host: str) -> list[str]:
    if not url:
        return [
            either(
                f"DURE_PUBLIC_URL is not set, but {host} can be reached from other machines: set it to the "
                "https address people use",
                f"{host} 주소는 다른 기계에서도 접속할 수 있는데 DURE_PUBLIC_URL 이 없습니다: 사용자가 쓰는 https "
                "주소를 넣으세요",
            )
        ]
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        return [
            either(
                f"DURE_PUBLIC_URL must begin with https:// and name a host, and is {url}",
                f"DURE_PUBLIC_URL 은 https:// 로 시작하고 호스트가 있어야 합니다. 지금 값: {url}",
            )
        ]
    return []


def _key(key: str) -> list[str]:
    """An unset key is safe: the one made in the data folder is long, random and closed to others."""
    if not key:
        return []
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_KEY_CHARACTERS or _PLACEHOLDER.search(key):
        return [
            either(
                f"DURE_SECRET_KEY is easy to guess: use at least {SHORTEST_KEY} random characters, or unset it",
                f"DURE_SECRET_KEY 를 쉽게 알아낼 수 있습니다: 무작위 {SHORTEST_KEY}자 이상을 쓰거나 지우세요",
            )
        ]
    return []


def _debug(value: str) -> list[str]:
    if value.strip().lower() not in _ON:
        return []
    return [
        either(
            "DURE_DEBUG is on and would show inner details to strangers: unset it",
            "DURE_DEBUG 가 켜져 있어 내부 정보가 드러납니다: 지우세요",
        )
    ]


def _mail(env: Mapping[str, str]) -> list[str]:
    found = []
    if not env.get("DURE_MAIL_URL"):
        found.append(
            either(
                "DURE_MAIL_URL is not set, so addresses cannot be verified: name a mail server",
                "DURE_MAIL_URL 이 없어 메일 주소를 확인할 수 없습니다: 메일 서버를 넣으세요",
            )
        )
    if (env.get("DURE_MAIL_FROM") or "@localhost").endswith("@localhost"):
        found.append(
            either(
                "DURE_MAIL_FROM is not set to an address of yours: mail from localhost is refused",
                "DURE_MAIL_FROM 에 보내는 주소가 없습니다: localhost 에서 보낸 메일은 거절됩니다",
            )
        )
    return found


def _folder(folder: Path) -> list[str]:
    found = []
    for path, wrong in ((folder, stat.S_IRWXO), (folder / "secret_key", stat.S_IRWXG | stat.S_IRWXO)):
        if path.exists() and path.stat().st_mode & wrong:
            found.append(
                either(
                    f"others on this machine can enter or read {path}: chmod o= {path}",
                    f"이 기계의 다른 사용자가 볼 수 있습니다. chmod o= {path} 하세요",
                )
            )
    return found


def _database(url: str) -> list[str]:
    parts = urlsplit(url)
    host = parts.hostname or ""
    mode = parse_qs(parts.query).get("sslmode", [""])[0]
    if not host or is_loopback(host) or mode in {"require", "verify-ca", "verify-full"}:
        return []
    return [
        either(
            "DATABASE_URL goes over the network in the clear: add ?sslmode=verify-full",
            "DATABASE_URL 이 암호화 없이 네트워크를 지납니다: ?sslmode=verify-full 을 더하세요",
        )
    ]


def _storage(url: str) -> list[str]:
    endpoint = urlsplit(parse_qs(urlsplit(url).query).get("endpoint", [""])[0])
    if endpoint.scheme != "http" or is_loopback(endpoint.hostname or ""):
        return []
    return [
        either(
            "DURE_STORAGE_URL goes over the network in the clear: use an https endpoint",
            "DURE_STORAGE_URL 이 암호화 없이 네트워크를 지납니다: https 주소를 쓰세요",
        )
    ]
