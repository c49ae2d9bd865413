"""What people are told of their jobs: that one has ended; of an array once, when all of it has."""

from collections import Counter
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from dure.farm import words
from dure.farm.models import Job
from dure.farm.visibility import BY_HAND
from dure.foundation import notices
from dure.foundation.addresses import address

JOBS: Final = notices.Group(15, _("My jobs on the farm"))
ENDED: Final = notices.register_kind(
    "farm.job_ended", _("A job of mine has ended"), _("“%(name)s” has ended: %(state)s."), group=JOBS
)


def tell_ended(job: Job) -> None:
    """Tell the person, in the transaction that ends the job. What they took back themselves they know."""
    if job.job_class not in BY_HAND or job.sealed or job.person_id is None:
        return
    counts = _ended_with_it(job) if job.is_array else Counter({job.state: 1})
    if counts:
        person: Any = job.person
        url = address("farm:array", job.array) if job.is_array else address("farm:job", job.uid)
        notices.notify([person], ENDED, url=url, params={"name": job.name, **_in_both_languages(counts)})


def _ended_with_it(job: Job) -> Counter[str]:
    """How the jobs of its array ended; nothing as long as one is open. Whoever ends one holds the first (`ending.over`)."""
    together = Job.objects.filter(array=job.array)
    if together.filter(finished_at=None).exists():
        return Counter()
    return Counter(together.values_list("state", flat=True))


def _in_both_languages(counts: Counter[str]) -> dict[str, str]:
    said = {}
    for language in ("ko", "en"):
        with translation.override(language):
            said[f"state_{language}"] = _said(counts)
    return said


def _said(counts: Counter[str]) -> str:
    names = {state: str(words.STATES[state][1]) for state in counts}
    if counts.total() == 1:
        return names[next(iter(counts))]
    return ", ".join(f"{names[state]} {count}" for state, count in sorted(counts.items()))
