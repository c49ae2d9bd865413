"""Verifying what people hand in: a token, a file, or a link of this host. Nothing is fetched."""

import re
from typing import IO, Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from dure.engines import credentials as ob
from dure.engines.faults import Fault, Faulty
from dure.foundation import clock
from dure.foundation.access import Hidden
from dure.learn.credentials import access, addresses, keyring, places
from dure.learn.models import Credential

MOST_BYTES: Final = 1024 * 1024
_PAGE: Final = re.compile(r"/badges/([0-9a-fA-F-]{36})(?:\.jwt|\.svg)?/?")


def verdict(token: str) -> ob.Verdict:
    """What is to be said of a token, now."""
    keys = [key.public for key in keyring.public_keys()]
    return ob.verify(token, keys=keys, is_revoked=places.is_revoked, now=clock.now())


def check(*, text: str = "", file: IO[bytes] | None = None, by: Any, host: str) -> ob.Verdict:
    """The verdict on what was handed in; what holds no token is a verdict of its own. `host` is the one that was asked."""
    try:
        return verdict(_token(text=text, file=file, by=by, host=host))
    except Faulty as error:
        return ob.Verdict(tuple(error.faults))


def _token(*, text: str, file: IO[bytes] | None, by: Any, host: str) -> str:
    if file is not None:
        return ob.token_in(file.read(MOST_BYTES + 1))
    given = text.strip()
    if given.lower().startswith(("http://", "https://")):
        return _of_link(given, by=by, host=host)
    return ob.token_in(given.encode(errors="replace"))


def _of_link(link: str, *, by: Any, host: str) -> str:
    """The token behind a link of ours, as far as this person may see it."""
    try:
        parts = urlsplit(link)
        page = _PAGE.fullmatch(parts.path)
        ours = {host, urlsplit(addresses.home()).netloc}
        if page is None or parts.netloc not in ours:
            raise Faulty([Fault("credential_foreign_link")])
        return access.access_credential(by, UUID(page[1])).token
    except (ValueError, Hidden) as error:
        raise Faulty([Fault("credential_no_link")]) from error


def verdict_of(credential: Credential) -> ob.Verdict:
    """What a verifier says of a credential of ours."""
    return verdict(credential.token)
