"""What is wrong with the settings, in words that name the setting: said before anything starts, never as a stack trace."""

import json
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from urllib.parse import urlsplit

from dure.settings import env

OIDC_KEYS = ("id", "name", "server_url", "client_id", "secret")


def stop_if_wrong() -> None:
    """End the process with one line per fault. Every process reads the settings first, so none starts with wrong ones."""
    found = faults()
    if found:
        sys.exit("\n".join(f"dure: {fault}" for fault in found))


def faults() -> list[str]:
    """All faults of all settings, each beginning with the setting's name; secrets are not repeated."""
    return [
        f"{name}: {fault}"
        for name, check in CHECKS.items()
        if env.read(name)
        for fault in check(env.read(name))
    ]


def _address(*schemes: str, needs_host: bool = True) -> Callable[[str], Iterator[str]]:
    def check(value: str) -> Iterator[str]:
        try:
            url = urlsplit(value)
            host, _port = url.hostname, url.port
        except ValueError as error:
            yield f"is no address: {error}"
            return
        if url.scheme not in schemes:
            yield f"must begin with {' or '.join(f'{scheme}://' for scheme in schemes)}"
        elif needs_host and not host:
            yield "names no host"

    return check


def _storage(value: str) -> Iterator[str]:
    yield from _address("s3")(value)
    if not find_spec("storages") or not find_spec("boto3"):
        yield "needs the s3 extra: requirements/install --extra s3"


def _size(value: str) -> Iterator[str]:
    if not value.strip().isdecimal() or int(value) < 1:
        yield "must be a whole number of MiB, at least 1"


def _hosts(value: str) -> Iterator[str]:
    for host in env.names(value):
        if "/" in host or "@" in host or any(letter.isspace() for letter in host):
            yield f"{host} is no host name: give names or addresses without https:// and path"


def _json_objects(value: str, *keys: str) -> Iterator[str]:
    try:
        items = json.loads(value)
    except json.JSONDecodeError as error:
        yield f"is no JSON: {error.msg} at character {error.pos + 1}"
        return
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        yield "must be a JSON list of objects"
        return
    for at, item in enumerate(items, start=1):
        missing = [key for key in keys if not isinstance(item.get(key), str) or not item[key]]
        if missing:
            yield f"provider {at} lacks {', '.join(missing)}"


def _oidc(value: str) -> Iterator[str]:
    yield from _json_objects(value, *OIDC_KEYS)


def _saml(value: str) -> Iterator[str]:
    yield from _json_objects(value, "client_id")
    if not find_spec("onelogin"):
        yield "needs the saml extra: requirements/install --extra saml"


CHECKS: dict[str, Callable[[str], Iterator[str]]] = {
    "DATABASE_URL": _address("postgresql", "postgres", needs_host=False),
    "DURE_PUBLIC_URL": _address("https", "http"),
    "DURE_MAIL_URL": _address("smtp", "smtps"),
    "DURE_STORAGE_URL": _storage,
    "DURE_UPLOAD_LIMIT_MB": _size,
    "DURE_OIDC": _oidc,
    "DURE_SAML": _saml,
    "DURE_WEBHOOK_HOSTS": _hosts,
}
