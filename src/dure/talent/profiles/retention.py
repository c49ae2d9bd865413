"""How long talent keeps what it knows of a person, and its deletion with a receipt."""

import hashlib
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from dure.foundation import audit, clock, notices
from dure.foundation.access import SYSTEM
from dure.people import api as people
from dure.talent.models import DeletionReceipt, Profile
from dure.talent.profiles import leaving, record, telling

REMINDED_DAYS: Final = 30
"""Days before a deletion by the clock on which its person is told."""
ASKED: Final = "asked"
CLOCK: Final = "clock"
ACCOUNT: Final = "account"
AT_ONCE: Final = 200


@transaction.atomic
def keep_longer(*, by: people.Person) -> Profile:
    """Keep everything for another year from today on."""
    profile = record.touch(by)
    audit.write(by=by, action="talent.kept", obj=profile, detail={"until": profile.keep_until.isoformat()})
    return profile


@transaction.atomic
def delete(person: people.Person, *, why: str) -> DeletionReceipt | None:
    """Delete all that talent knows of a person; None where there is nothing. Running it twice is harmless.

    The receipt has how many rows of each table went, and the hash of the file `talent.json` that an export would have held.
    """
    record.lock(person.pk)
    data = leaving.exported(person)
    counts = {name: len(rows) for name, rows in data.items()}
    if not any(counts.values()):
        return None
    for model, _fields in leaving.OF.values():
        model.objects.filter(person_id=person.pk).delete()
    digest = hashlib.sha256(leaving.as_text(data).encode()).hexdigest()
    receipt = DeletionReceipt.objects.create(person=person, why=why, counts=counts, sha256=digest)
    audit.write(
        by=person if why == ASKED else SYSTEM,
        action="talent.deleted",
        obj=receipt,
        detail={"why": why, "counts": counts},
    )
    return receipt


@clock.on_clock("talent.remind_of_deletion")
def remind(_now: datetime) -> int:
    """Tell those whose data are deleted within a month; returns how many."""
    due = Profile.objects.filter(
        keep_until__lte=clock.today() + timedelta(days=REMINDED_DAYS), reminded_on=None
    )
    return sum(_remind(pk) for pk in list(due.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]))


@transaction.atomic
def _remind(pk: int) -> int:
    rows = Profile.objects.select_for_update(of=("self",)).select_related("person")
    profile = rows.filter(pk=pk, reminded_on=None).first()
    if profile is None:
        return 0
    profile.reminded_on = clock.today()
    profile.save(update_fields=["reminded_on"])
    day = max(profile.keep_until, clock.today() + timedelta(days=REMINDED_DAYS))
    params = {"day": day.isoformat()}
    notices.notify([profile.person], telling.KEPT_UNTIL, url="/me/talent/data", params=params)
    return 1


@clock.on_clock("talent.delete_records")
def delete_due(_now: datetime) -> int:
    """Delete what is kept no longer; returns of how many people. Nobody's goes within a month of being told."""
    told = clock.today() - timedelta(days=REMINDED_DAYS)
    due = Profile.objects.filter(keep_until__lt=clock.today(), reminded_on__lt=told)
    ids = list(due.order_by("pk").values_list("person_id", flat=True)[:AT_ONCE])
    return sum(_delete_due(person) for person in people.Person.objects.filter(pk__in=ids))


@transaction.atomic
def _delete_due(person: people.Person) -> int:
    """Unless its person kept it in the meantime."""
    profile = record.lock(person.pk)
    if profile is None or profile.keep_until >= clock.today():
        return 0
    receipt = delete(person, why=CLOCK)
    if receipt is None:
        return 0
    notices.notify([person], telling.DELETED, url=f"/me/talent/receipts/{receipt.uid}", params={})
    return 1
