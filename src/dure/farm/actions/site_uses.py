"""What data sets of sites are used for: asked by whoever knows the data set's code, answered at the site."""

import hashlib
import json
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dure.farm.actions import site_tasks
from dure.farm.models import Site, SiteDataset, SiteTask, SiteUse
from dure.foundation import audit, clock
from dure.foundation.access import Denied, Refused
from dure.people import api as people

State = SiteUse.State
OPEN: Final = (State.ASKED, State.APPROVED)
NO_DATASET = Refused(
    "no_site_dataset",
    _("No site has a data set with this code. Its owner reads the code off the site's page."),
)
ASKED_ALREADY = Refused("site_asked_already", _("This data set is asked for already."))
CHANGED = Refused("site_use_changed", _("What is asked for has changed meanwhile; read it again."))
ANSWERED = Refused("site_answered", _("This was answered already."))


@transaction.atomic
def ask(*, by: people.Person, dataset: UUID, purpose: UUID, title: str, wants: dict[str, Any]) -> SiteUse:
    """Ask the owner of a data set, who answers at the site. The caller has asked whether `by` may. Raises Denied."""
    found = SiteDataset.objects.filter(uid=dataset, withdrawn_at=None, site__closed_at=None).first()
    if found is None:
        raise Denied(NO_DATASET)
    SiteDataset.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if SiteUse.objects.filter(dataset=found, purpose=purpose, state__in=OPEN).exists():
        raise Denied(ASKED_ALREADY)
    use = SiteUse.objects.create(dataset=found, purpose=purpose, title=title[:300], wants=wants, asked_by=by)
    audit.write(by=by, action="site.ask", obj=use.dataset.site, detail={"title": use.title})
    return use


def digest_of(wants: dict[str, Any]) -> str:
    """Names what is wanted, so that a yes is to that and nothing else."""
    return hashlib.sha256(json.dumps(wants, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def want(use: SiteUse, wants: dict[str, Any]) -> SiteUse:
    """Want something else: what was allowed is asked for anew. The same again changes nothing."""
    locked = SiteUse.objects.select_for_update(of=("self",)).get(pk=use.pk)
    if locked.state in OPEN and locked.wants != wants:
        locked.wants, locked.state, locked.answered_at = wants, State.ASKED, None
        locked.save(update_fields=["wants", "state", "answered_at"])
    locked.dataset = use.dataset
    return locked


@transaction.atomic
def answer(
    site: Site,
    uid: UUID,
    *,
    is_yes: bool,
    digest: str,
    looks: int,
    looks_each: int,
    least_rows: int,
    note: str,
) -> SiteUse:
    """The owner's word, said at the site. Yes may be said again, with other limits; no stays no. Raises Denied."""
    use = SiteUse.objects.select_for_update(of=("self",)).filter(uid=uid, dataset__site=site).first()
    if use is None:
        raise Denied(ANSWERED)
    if use.state not in OPEN:
        raise Denied(ANSWERED, conflict=True)
    if is_yes and digest != digest_of(use.wants):
        raise Denied(CHANGED, conflict=True)
    refused = State.REFUSED if use.state == State.ASKED else State.ENDED
    use.state, use.note = State.APPROVED if is_yes else refused, note[:500]
    use.looks, use.looks_each, use.least_rows = looks, looks_each, least_rows
    use.answered_at = clock.now()
    use.save()
    if use.state == State.ENDED:
        for task in use.tasks.filter(state=SiteTask.State.QUEUED).order_by("pk"):
            site_tasks.write(task, SiteTask.State.REFUSED, {"problem": "use_ended"})
    site_tasks.tell_answered(use)
    audit.write(by=site.created_by, action="site.answer", obj=site, detail={"state": use.state})
    return use


@transaction.atomic
def take_back(use: SiteUse) -> None:
    """Whoever asked needs it no more."""
    locked = SiteUse.objects.select_for_update(of=("self",)).get(pk=use.pk)
    if locked.state in OPEN:
        locked.state, locked.answered_at = State.ENDED, clock.now()
        locked.save(update_fields=["state", "answered_at"])
        site_tasks.tell_answered(locked)


def uses_of(purpose: UUID) -> list[SiteUse]:
    """All that was asked for a purpose, oldest first."""
    rows = SiteUse.objects.filter(purpose=purpose).select_related("dataset__site__organisation")
    return list(rows.order_by("pk"))
