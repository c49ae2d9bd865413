"""Places in status lists: drawn by chance, set once, published signed."""

import re
import secrets
from datetime import timedelta
from typing import Final

from django.db import transaction

from dure.engines import credentials as ob
from dure.foundation import clock
from dure.learn.credentials import keyring
from dure.learn.credentials.issuer import issuer_of
from dure.learn.models import BadgeKey, Credential, StatusList, StatusPlace

# Half empty, so that a draw finds a free place soon.
FULL: Final = ob.ENTRIES // 2
LASTS: Final = timedelta(days=1)
_NUMBER: Final = re.compile(r"/badges/status/(\d{1,9})")


@transaction.atomic
def draw(key: BadgeKey, credential: Credential) -> StatusPlace:
    """A place for a new token of this key. Neighbours in the list tell nothing of each other."""
    listed = _open_list(key)
    taken = set(listed.places.values_list("index", flat=True))
    index = next(number for number in iter(_chance, None) if number not in taken)
    StatusList.objects.filter(pk=listed.pk).update(used=len(taken) + 1)
    return StatusPlace.objects.create(listed=listed, index=index, credential=credential)


def _chance() -> int:
    return secrets.randbelow(ob.ENTRIES)


def _open_list(key: BadgeKey) -> StatusList:
    """The key's list that has room, kept for us alone until the transaction ends."""
    BadgeKey.objects.select_for_update().get(pk=key.pk)
    listed = StatusList.objects.filter(key=key, used__lt=FULL).order_by("pk").first()
    return listed or StatusList.objects.create(key=key)


def revoke(place: StatusPlace | None) -> None:
    """Set the bit, for ever."""
    if place is not None:
        StatusPlace.objects.filter(pk=place.pk, revoked_at=None).update(revoked_at=clock.now())


def published(listed: StatusList) -> str:
    """The list as a credential, signed by the key whose credentials stand in it; or, where that is gone, by today's."""
    revoked = listed.places.filter(revoked_at__isnull=False).values_list("index", flat=True)
    counts = listed.key.withdrawn_at is None and keyring.is_whole(listed.key)
    key = listed.key if counts else keyring.signing_key()
    hour = clock.now().replace(minute=0, second=0, microsecond=0)  # within it the same list is the same text
    payload = ob.status_payload(
        url=listed.url,
        issuer=issuer_of(listed.key.address),
        listed=ob.bits(revoked),
        made_at=hour,
        until=hour + LASTS,
    )
    return ob.sign(payload, keyring.secret(key))


def is_revoked(place: ob.Place) -> bool | None:
    """What our own lists say; None for an address that is none of them, or a place that was never given."""
    number = _NUMBER.search(place.url)
    if number is None:
        return None
    rows = StatusPlace.objects.filter(listed=int(number[1]), index=place.index).select_related("listed__key")
    found = rows.first()
    if found is None or found.listed.url != place.url:
        return None
    return found.revoked_at is not None
