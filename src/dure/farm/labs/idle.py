"""Labs that nobody uses are closed, so that others find room: told ten minutes before, and what was saved stays."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dure.farm.actions import asking
from dure.farm.models import Job, Lab
from dure.foundation import clock, notices

NOTICE: Final = timedelta(minutes=10)
BATCH: Final = 200
LABS: Final = notices.Group(46, _("Labs"))
CLOSING: Final = notices.register_kind(
    "labs.closing",
    _("My lab is about to be closed"),
    _(
        "Nobody has used your lab for %(minutes)s minutes: in ten minutes it is closed. Save your work; it stays."
    ),
    group=LABS,
)
CLOSED: Final = notices.register_kind(
    "labs.closed",
    _("My lab was closed"),
    _("Your lab was closed because nobody used it. Your files are there when you open it again."),
    group=LABS,
)


def settle(now: datetime) -> int:
    """Close what has been idle for long enough and was told so; tell what soon will be. Returns how many."""
    quiet_since = now - patience() + NOTICE
    running = Lab.objects.filter(job__state=Job.State.RUNNING, used_at__lte=quiet_since)
    due = running.filter(Q(warned_at=None) | Q(warned_at__lte=now - NOTICE))
    return sum(_settle(pk, now) for pk in list(due.order_by("used_at").values_list("pk", flat=True)[:BATCH]))


def patience() -> timedelta:
    return timedelta(minutes=settings.LAB_IDLE_MINUTES)


@transaction.atomic
def _settle(pk: int, now: datetime) -> bool:
    rows = Lab.objects.select_for_update(skip_locked=True, of=("self",)).select_related("job", "person")
    lab = rows.filter(pk=pk, job__state=Job.State.RUNNING).first()
    if lab is None or lab.job is None or lab.used_at is None or lab.used_at > now - patience() + NOTICE:
        return False
    if lab.warned_at is None:
        lab.warned_at = clock.now()
        lab.save(update_fields=["warned_at"])
        quiet = int((patience() - NOTICE).total_seconds() // 60)
        notices.notify([lab.person], CLOSING, url=reverse("farm:lab"), params={"minutes": quiet})
        return True
    if lab.warned_at <= now - NOTICE and lab.used_at <= now - patience() and asking.cancel(lab.job):
        notices.notify([lab.person], CLOSED, url=reverse("farm:lab"), params={})
        return True
    return False
