"""Keys that sign credentials: private halves as files that backups take along, public halves as rows."""

import logging
import os
import re
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction

from dure.engines import credentials as ob
from dure.foundation import audit, clock, locks
from dure.foundation.access import Actor
from dure.learn.credentials import addresses
from dure.learn.models import BadgeKey

log = logging.getLogger(__name__)
# `dure backup` knows these files by the same names.
FOLDER: Final = "badges"
_THUMBPRINT: Final = re.compile(r"[A-Za-z0-9_-]{43}")


def signing_key() -> BadgeKey:
    """The key that signs new credentials under today's address; made where there is none."""
    with transaction.atomic():
        return _in_force() or _made()


def _in_force() -> BadgeKey | None:
    rows = BadgeKey.objects.filter(address=addresses.home(), retired_at=None, withdrawn_at=None)
    return next((key for key in rows if is_whole(key)), None)


def _made() -> BadgeKey:
    locks.one_at_a_time("learn.badge_key")
    return _in_force() or make()


def make() -> BadgeKey:
    """A new key: first its file, then its row, so that no row is ever without the other half."""
    pem = ob.fresh_pem()
    jwk = ob.public_jwk(pem)
    thumbprint = ob.thumbprint(jwk)
    _write(_file(thumbprint), pem)
    return BadgeKey.objects.create(thumbprint=thumbprint, address=addresses.home(), jwk=jwk)


def secret(key: BadgeKey) -> ob.SigningKey:
    """The private half. Raises FileNotFoundError where the folder came without it."""
    return ob.SigningKey(key.kid, _file(key.thumbprint).read_text())


def is_whole(key: BadgeKey) -> bool:
    """Whether the private half is here."""
    if _file(key.thumbprint).is_file():
        return True
    log.warning("the private half of the badge key %s is not in the data folder", key.thumbprint)
    return False


def public_keys() -> list[BadgeKey]:
    """All keys whose signatures count, retired ones too."""
    return list(BadgeKey.objects.filter(withdrawn_at=None))


@transaction.atomic
def rotate(*, by: Actor, compromised: bool = False) -> BadgeKey:
    """Retire the keys in force and make a new one. With `compromised` all earlier ones are withdrawn: they count no more."""
    locks.one_at_a_time("learn.badge_key")
    now = clock.now()
    rows = BadgeKey.objects.filter(withdrawn_at=None)
    for key in (rows if compromised else rows.filter(retired_at=None)).select_for_update():
        key.retired_at = key.retired_at or now
        key.withdrawn_at = now if compromised else None
        key.save(update_fields=["retired_at", "withdrawn_at"])
        audit.write(by=by, action="badge_key.withdrawn" if compromised else "badge_key.retired", obj=key)
    made = make()
    audit.write(by=by, action="badge_key.made", obj=made)
    return made


def _file(thumbprint: str) -> Path:
    if not _THUMBPRINT.fullmatch(thumbprint):
        raise ValueError("no thumbprint")
    return settings.DATA / FOLDER / f"{thumbprint}.pem"


def _write(file: Path, pem: str) -> None:
    """Whole and for us alone, or not at all: it appears under its name when it is on the disk."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = file.with_suffix(f".{os.getpid()}")
    half.unlink(missing_ok=True)
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "w") as opened:
        opened.write(pem)
        opened.flush()
        os.fsync(descriptor)
    half.rename(file)
