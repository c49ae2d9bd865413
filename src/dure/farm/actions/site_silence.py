"""A site that has not asked for work for some hours: its owner is told once, and again when it falls silent the next time."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef

from dure.farm import notices_sites
from dure.farm.models import Site, SiteUse

QUIET: Final = timedelta(hours=2)
AT_ONCE: Final = 50


def tell(now: datetime) -> int:
    """Tell of sites that are expected to answer and do not; returns how many."""
    used = SiteUse.objects.filter(dataset__site=OuterRef("pk"), state=SiteUse.State.APPROVED)
    quiet = Site.objects.filter(closed_at=None, silent_told_at=None, seen_at__lt=now - QUIET)
    found = quiet.filter(Exists(used)).order_by("pk").values_list("pk", flat=True)
    return sum(_tell(pk, now) for pk in list(found[:AT_ONCE]))


@transaction.atomic
def _tell(pk: int, now: datetime) -> bool:
    rows = Site.objects.select_for_update(skip_locked=True, of=("self",))
    site = rows.filter(pk=pk, silent_told_at=None, seen_at__lt=now - QUIET).first()
    if site is None:
        return False
    site.silent_told_at = now
    site.save(update_fields=["silent_told_at"])
    notices_sites.tell_silent(site)
    return True
