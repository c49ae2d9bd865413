"""What people do with jobs of their own: ask for them, take them back, run them again, share what they made."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import IO, Final
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dure.engines.faults import Fault, Faulty
from dure.farm import rules
from dure.farm.actions import ending
from dure.farm.asking import Asking, Given, Offer, faults_of, spec_of
from dure.farm.bell import RUNNER
from dure.farm.hours import demand_hours
from dure.farm.jobs import JOB, JobSpec
from dure.farm.models import Job, Node
from dure.foundation import audit, clock, files, leases, locks
from dure.foundation.access import Denied, Refused, demand
from dure.foundation.ids import uuid7
from dure.people import api as people

KEY_TAKEN: Final = Refused(
    "key_taken", _("This Idempotency-Key came with another job before; give every new job a key of its own.")
)


def offers() -> list[Offer]:
    """What each machine that ever joined has."""
    return [
        Offer({"cores": node.cores, "memory_mib": node.memory_mib, **node.accelerators})
        for node in Node.objects.all()
    ]


def account_of(person: people.Person, slug: str) -> people.Organisation:
    """The organisation named, or the only one the person belongs to. Raises Denied, or Faulty where there are several."""
    mine = list(people.own_organisations(person))
    if not mine:
        raise Denied(rules.NO_MEMBERSHIP)
    found = [each for each in mine if each.slug == slug] if slug else mine
    if len(found) != 1:
        raise Faulty([Fault("job_no_organisation", place="organisation")])
    return found[0]


def kept(uploads: Iterable[tuple[str, IO[bytes]]]) -> list[Given]:
    """Keep the files of an asking. Raises Faulty where they are too large together, or StorageUnavailable."""
    found, left = list[Given](), settings.UPLOAD_LIMIT
    for name, stream in uploads:
        try:
            blob = files.put(stream, limit=left)
        except files.TooLarge as error:
            raise Faulty(
                [Fault("job_files_too_large", {"limit": settings.UPLOAD_LIMIT}, place="files")]
            ) from error
        found.append(Given(name, blob.sha256))
        left -= blob.size
    return found


def check_ask(*, asking: Asking, given: Sequence[Given], unread: Sequence[Fault] = ()) -> list[Fault]:
    """Every fault at once; `unread` are those of fields that could not be read, of which nothing more is said."""
    places = {fault.place for fault in unread}
    return [*unread, *(fault for fault in faults_of(asking, given, offers()) if fault.place not in places)]


def ask(
    *,
    by: people.Person,
    organisation: people.Organisation,
    asking: Asking,
    given: Sequence[Given] = (),
    unread: Sequence[Fault] = (),
    client_key: str = "",
) -> Job:
    """Put what is asked for in the queue; the first job stands for all of them.

    Sent again with the same `client_key` it gives back the first asking. Raises Denied (also where the key came with another
    asking before) or Faulty; then nothing is queued.
    """
    demand(rules.may_ask_for(by, organisation))
    if faults := check_ask(asking=asking, given=given, unread=unread):
        raise Faulty(faults)
    job_class = Job.Class.SCAVENGER if asking.scavenger else Job.Class.NORMAL
    wanted = Job(
        name=asking.name.strip(),
        job_class=job_class,
        organisation=organisation,
        project=asking.project.strip(),
        person=by,
    )
    return _asked(wanted, spec_of(asking, given), size=asking.count, client_key=client_key)


def again(*, by: people.Person, job: Job, client_key: str = "") -> Job:
    """Ask once more for the same job, on the same account: one of an array alone, with the index it had."""
    return _again(by, job, job.wants, size=1, client_key=client_key)


def again_array(*, by: people.Person, job: Job, client_key: str = "") -> Job:
    """The same for all that were asked for with it."""
    return _again(by, job, _without_index(job.wants), size=job.array_size, client_key=client_key)


def _again(by: people.Person, job: Job, spec: JobSpec, *, size: int, client_key: str) -> Job:
    demand(rules.may_run_again(by, job))
    demand(rules.may_ask_for(by, job.organisation))
    wanted = Job(
        name=job.name,
        job_class=job.job_class,
        organisation=job.organisation,
        project=job.project,
        person=by,
        shared=job.shared,
    )
    return _asked(wanted, spec, size=size, client_key=client_key)


@transaction.atomic
def _asked(wanted: Job, spec: JobSpec, *, size: int, client_key: str) -> Job:
    assert wanted.person is not None  # noqa: S101 - both callers name one
    array = _array_of(wanted.person, client_key)
    earlier = Job.objects.filter(array=array, array_index=0).first()
    if earlier:
        return _the_same(earlier, wanted, spec, size)
    jobs = [_one_of(wanted, spec, array=array, index=index, size=size) for index in range(size)]
    demand_hours(jobs[0], count=size)
    Job.objects.bulk_create(jobs, batch_size=200)
    leases.enqueue_all(kind=JOB, subjects=[job.uid for job in jobs])
    audit.write(by=wanted.person, action="job.ask", obj=jobs[0], detail={"count": size})
    RUNNER.ring()
    return jobs[0]


def _array_of(person: people.Person, client_key: str) -> UUID:
    """The asking's own uid. Of two at the same time with one key the second waits here until the first is written."""
    if not client_key:
        return uuid7()
    array = _uid_of(person, client_key)
    locks.one_at_a_time(array)
    return array


def asked_with(person: people.Person, client_key: str) -> Job | None:
    """What this person asked for with that key before; the first job of an array."""
    return Job.objects.filter(array=_uid_of(person, client_key), array_index=0).first()


def _uid_of(person: people.Person, client_key: str) -> UUID:
    return uuid5(person.uid, hashlib.sha256(client_key.encode()).hexdigest())


def _one_of(wanted: Job, spec: JobSpec, *, array: UUID, index: int, size: int) -> Job:
    """One job of an array. Each begins a microsecond after the one before, so that they start in their order."""
    return Job(
        name=wanted.name,
        job_class=wanted.job_class,
        organisation=wanted.organisation,
        project=wanted.project,
        person=wanted.person,
        shared=wanted.shared,
        spec=_with_index(spec, index, size).as_json(),
        array=array,
        array_index=index,
        array_size=size,
        created_at=clock.now() + timedelta(microseconds=index),
    )


def _with_index(spec: JobSpec, index: int, size: int) -> JobSpec:
    told = {"DURE_ARRAY_INDEX": str(index), "DURE_ARRAY_COUNT": str(size)} if size > 1 else {}
    return replace(spec, environment={**spec.environment, **told})


def _without_index(spec: JobSpec) -> JobSpec:
    told = {"DURE_ARRAY_INDEX", "DURE_ARRAY_COUNT"}
    return replace(
        spec, environment={name: value for name, value in spec.environment.items() if name not in told}
    )


def _the_same(earlier: Job, wanted: Job, spec: JobSpec, size: int) -> Job:
    """What was asked for before with this key, if it is what is asked for now."""
    before = (earlier.name, earlier.job_class, earlier.organisation_id, earlier.project, earlier.array_size)
    now = (wanted.name, wanted.job_class, wanted.organisation_id, wanted.project, size)
    if before != now or earlier.wants != _with_index(spec, 0, size):
        raise Denied(KEY_TAKEN, conflict=True)
    return earlier


def cancel(*, by: people.Person, job: Job) -> int:
    """Take a job back, waiting or running; returns how many that were: none where it was over already."""
    return _cancelled(by, [job])


def cancel_array(*, by: people.Person, job: Job) -> int:
    """The same for all that were asked for with it."""
    return _cancelled(by, Job.objects.filter(array=job.array, finished_at=None).order_by("pk"))


@transaction.atomic
def _cancelled(by: people.Person, jobs: Iterable[Job]) -> int:
    by_uid = {job.uid: job for job in jobs}
    for job in by_uid.values():
        demand(rules.owns(by, job))
    taken = leases.cancel_all(kind=JOB, subjects=list(by_uid))
    ended = [job for uid, job in by_uid.items() if uid in taken]
    if ended:
        ending.all_over(ended, Job.State.CANCELLED)
        audit.write(by=by, action="job.cancel", obj=ended[0], detail={"count": len(ended)})
        RUNNER.ring()
    return len(ended)


@transaction.atomic
def share(*, by: people.Person, job: Job, shared: bool) -> Job:
    """Let the representatives of the organisation read log and files of a job and those asked for with it, or no longer."""
    demand(rules.owns(by, job))
    rows = Job.objects.filter(array=job.array) if job.array else Job.objects.filter(pk=job.pk)
    ending.lock(rows)
    rows.update(shared=shared)
    audit.write(by=by, action="job.share", obj=job, detail={"shared": shared})
    job.shared = shared
    return job
