"""A person's lab: started, looked at, ended, and given work."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote, urlencode
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from dure.engines.environment import labs as packages
from dure.farm.actions import asking
from dure.farm.jobs import JobSpec, Limits
from dure.farm.labs import homes, presence, rules
from dure.farm.labs.furnishing import START
from dure.farm.labs.laying import lay
from dure.farm.labs.sources import LabWork
from dure.farm.models import Job, Lab, Run
from dure.foundation import clock
from dure.foundation.access import Denied, Hidden, demand
from dure.people import api as people

HOURS: Final = 8
"""The longest that a lab stays on; what is kept does not end with it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A lab's job as its hub needs to know it: `queued`, `running` or `over`; why; the try; and the relay once it runs."""

    state: str
    why: str
    attempt: int
    relay: str


def start(person_uid: UUID) -> Job:
    """Ask for a person's lab. One that is on is ended: whoever asks knows nothing of it. Raises Hidden or Denied."""
    person = people.Person.objects.filter(uid=person_uid, is_active=True).first()
    if person is None:
        raise Hidden(person_uid)
    demand(rules.may_work(person))
    with transaction.atomic():
        Lab.objects.get_or_create(person=person)
        lab = Lab.objects.select_for_update(of=("self",)).select_related("job").get(person=person)
        if lab.job is not None and lab.job.is_open:
            asking.cancel(lab.job)
        lab.job = _asked(person)
        lab.used_at, lab.warned_at = clock.now(), None
        lab.save()
    return lab.job


def _asked(person: people.Person) -> Job:
    organisation = (
        people.Organisation.objects.filter(pk__in=people.organisations_of(person)).order_by("pk").first()
    )
    return asking.submit(
        spec_of(person.uid),
        name=_("Lab"),
        job_class=Job.Class.LAB,
        organisation=organisation,
        person=person,
        sealed=True,
        repeatable=False,
    )


def spec_of(person_uid: UUID) -> JobSpec:
    """What every lab is: one core, a bounded memory, a home. Its log holds what people do, so it is kept for nobody."""
    limits = Limits(
        cores=1,
        memory_mib=settings.LAB_MEMORY_MB,
        wall_seconds=HOURS * 3600,
        cpu_seconds=HOURS * 3600,
        processes=256,
        temporary_mib=max(64, settings.LAB_MEMORY_MB // 4),
        log_kib=256,
        output_mib=1,
    )
    return JobSpec(
        command=("/env/bin/python", "-I", START),
        limits=limits,
        packages=packages().name,
        home=person_uid.hex,
        workdir=homes.HOME,
    )


def look(job_uid: UUID, *, used_at: datetime | None) -> Standing:
    """How a lab's job stands, in its person's language; `used_at` is when its server knows of use last. Raises Hidden."""
    job = _job(job_uid)
    if used_at is not None:
        newer = Q(used_at=None) | Q(used_at__lt=used_at)
        Lab.objects.filter(newer, job=job).update(used_at=min(used_at, clock.now()), warned_at=None)
    run = Run.objects.filter(job=job).order_by("-attempt").first()
    attempt = run.attempt if run else 0
    with translation.override(job.person.language if job.person else None):
        return _standing(job, attempt)


def _standing(job: Job, attempt: int) -> Standing:
    if job.state == Job.State.RUNNING:
        return Standing("running", "", attempt, str(homes.relay_of(job.uid)))
    if job.is_open:
        return Standing("queued", _("The lab waits for room on the farm."), attempt, "")
    return Standing("over", _("The lab is over. Start it again."), attempt, "")


def stop(job_uid: UUID) -> None:
    """End a lab; nothing happens if it is over. Raises Hidden."""
    asking.cancel(_job(job_uid))


def _job(uid: UUID) -> Job:
    job = Job.objects.select_related("person").filter(uid=uid, job_class=Job.Class.LAB).first()
    if job is None:
        raise Hidden(uid)
    return job


def stop_own(person: Any) -> None:
    """End one's own lab. Raises Denied where it is off."""
    demand(rules.may_work(person))
    lab = (
        Lab.objects.filter(person=person, job__finished_at=None)
        .exclude(job=None)
        .select_related("job")
        .first()
    )
    if lab is None or lab.job is None or not asking.cancel(lab.job):
        raise Denied(rules.NOT_ON, conflict=True)


def open_work(person: Any, work: LabWork) -> str:
    """Lay work into the person's home and return the address that opens it there. Raises Denied."""
    demand(presence.may_open(person))
    return address_of(lay(person.uid, work))


def address_of(path: str = "") -> str:
    """Where one's own lab is; the hub signs in and starts it on the way."""
    below = f"/tree/{quote(path)}" if path else ""
    return f"{settings.LABS_URL}/hub/user-redirect/lab{below}"


def link_to(kind: str, ref: str) -> str:
    """The page that opens this work in the reader's lab; empty while no lab can be opened here."""
    if not rules.are_on() or not presence.hub_answers():
        return ""
    return f"{reverse('farm:lab_open')}?{urlencode({'source': kind, 'ref': ref})}"
