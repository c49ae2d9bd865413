"""Sites: named by a representative, joined from the owner's machine, closed by a representative."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dure.engines.faults import Fault, Faulty
from dure.farm import rules_sharing
from dure.farm.actions import site_tasks
from dure.farm.models import Site, SiteDataset, SiteTask, SiteUse
from dure.foundation import audit, clock
from dure.foundation.access import Denied, Refused, demand
from dure.people import api as people

CODE_DAYS: Final = 7
MOST_SITES, MOST_DATASETS, MOST_TABLES, MOST_COLUMNS = 50, 200, 60, 500
MOST_CLASSES, LONGEST = 200, 200
BAD_CODE = Refused("bad_code", _("This code is not valid any more, or never was. Ask for a new one."))
CLOSED = Refused("site_closed", _("This site is closed."))
TOO_MANY = Refused("too_many_sites", _("There are as many as can be; close one first."))


@dataclass(frozen=True, slots=True)
class NewSite:
    """A site just named. `code` is shown this once."""

    site: Site
    code: str


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def add(*, by: people.Person, organisation: people.Organisation, name: str) -> NewSite:
    """Name a site of a member's; its code lets one machine join within a week. Raises Denied or Faulty."""
    demand(rules_sharing.may_give(by, organisation))
    if not name.strip():
        raise Faulty([Fault("site_without_name", place="name")])
    if Site.objects.filter(organisation=organisation, closed_at=None).count() >= MOST_SITES:
        raise Denied(TOO_MANY)
    code = secrets.token_hex(16)  # of letters alone: one that began with a dash would be taken for an option
    until = clock.now() + timedelta(days=CODE_DAYS)
    site = Site.objects.create(
        organisation=organisation, name=name.strip()[:80], code=digest(code), code_until=until, created_by=by
    )
    audit.write(by=by, action="site.add", obj=site)
    return NewSite(site, code)


@transaction.atomic
def join(*, code: str, key: str) -> Site:
    """A machine joins with its code and the hash of the key it made. The same machine may say so twice. Raises Denied."""
    site = Site.objects.select_for_update(of=("self",)).filter(code=digest(code), closed_at=None).first()
    if site is None or (site.key is None and site.code_until < clock.now()):
        raise Denied(BAD_CODE)
    if site.key not in {None, key}:
        raise Denied(BAD_CODE)
    if site.key is None:
        site.key, site.joined_at, site.seen_at = key, clock.now(), clock.now()
        site.save(update_fields=["key", "joined_at", "seen_at"])
        audit.write(by=site.created_by, action="site.join", obj=site)
    return site


@transaction.atomic
def close(*, by: people.Person, site: Site) -> None:
    """The site's key opens nothing any more; what waits for it ends, and what it was used for, too."""
    demand(rules_sharing.may_give(by, site.organisation))
    locked = Site.objects.select_for_update(of=("self",)).get(pk=site.pk)
    if not locked.is_open:
        raise Denied(CLOSED)
    locked.closed_at = clock.now()
    locked.save(update_fields=["closed_at"])
    _end(SiteDataset.objects.filter(site=locked, withdrawn_at=None))
    audit.write(by=by, action="site.close", obj=locked)


@transaction.atomic
def register(site: Site, *, name: str, sha256: str, tables: dict[str, Any]) -> SiteDataset:
    """Keep what may be told of a data set. The same again is the same row; other content takes the former's place.

    What the former was used for ends: its owner said yes to other data. Raises Faulty or Denied.
    """
    Site.objects.select_for_update(of=("self",)).get(pk=site.pk)
    current = SiteDataset.objects.filter(site=site, withdrawn_at=None)
    found = current.filter(name=name).first()
    if found is not None and found.sha256 == sha256:
        return found
    if current.count() >= MOST_DATASETS:
        raise Denied(TOO_MANY)
    if found is not None:
        _end(current.filter(pk=found.pk))
    made = SiteDataset.objects.create(site=site, name=name, sha256=sha256, tables=tables)
    audit.write(by=site.created_by, action="site.register", obj=site, detail={"name": name, "sha256": sha256})
    return made


def _end(datasets: Any) -> None:
    """Withdraw data sets with all that they were used for."""
    ended = list(datasets.values_list("pk", flat=True))
    uses = list(SiteUse.objects.filter(dataset__in=ended, state__in=("asked", "approved")).order_by("pk"))
    for use in uses:
        use.state, use.answered_at = SiteUse.State.ENDED, clock.now()
        use.save(update_fields=["state", "answered_at"])
        site_tasks.tell_answered(use)
    for task in SiteTask.objects.filter(use__in=uses, state=SiteTask.State.QUEUED).order_by("pk"):
        site_tasks.write(task, SiteTask.State.REFUSED, {"problem": "use_ended"})
    SiteDataset.objects.filter(pk__in=ended).update(withdrawn_at=clock.now())
