"""What a person reads of their own lab."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from dure.farm.labs import actions, homes, idle
from dure.farm.models import Job, Lab, Run


@dataclass(frozen=True, slots=True)
class MyLab:
    """One's own lab: its state (`off`, `queued`, `running`), since and until when, what it may use, and what the home holds."""

    state: str
    since: datetime | None
    ends: datetime | None
    closes: datetime | None
    memory_mib: int
    used_bytes: int
    most_bytes: int
    address: str

    @property
    def is_on(self) -> bool:
        return self.state != "off"


def my_lab(person: Any) -> MyLab:
    """Two queries; what the home holds was counted when somebody looked last."""
    lab = Lab.objects.filter(person=person).select_related("job").first()
    job = lab.job if lab and lab.job and lab.job.is_open else None
    run = Run.objects.filter(job=job, ended_at=None).order_by("-attempt").first() if job else None
    since = run.started_at if run else None
    used_at = lab.used_at if lab and job and job.state == Job.State.RUNNING else None
    return MyLab(
        state=job.state if job else "off",
        since=since,
        ends=since + timedelta(hours=actions.HOURS) if since else None,
        closes=used_at + idle.patience() if used_at else None,
        memory_mib=settings.LAB_MEMORY_MB,
        used_bytes=homes.noted(person.uid),
        most_bytes=settings.LAB_HOME_BYTES,
        address=actions.address_of(),
    )
