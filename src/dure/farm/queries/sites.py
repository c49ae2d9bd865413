"""Sites for their owners: data sets, what these are used for, and what ran."""

from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from dure.farm.models import Site, SiteDataset, SiteTask, SiteUse
from dure.foundation.access import Hidden


def sites(person: Any) -> "QuerySet[Site]":
    """All this person may know of, newest first, with the number of their data sets and of what is asked for."""
    of_data = Count("datasets", filter=Q(datasets__withdrawn_at=None), distinct=True)
    asked = Count("datasets__uses", filter=Q(datasets__uses__state="asked"), distinct=True)
    rows = Site.objects.visible_to(person).select_related("organisation")
    return rows.annotate(data=of_data, asked=asked).order_by("-pk")


def access_site(person: Any, uid: Any) -> Site:
    found = (
        Site.objects.visible_to(person).select_related("organisation", "created_by").filter(uid=uid).first()
    )
    if found is None:
        raise Hidden(uid)
    return found


def datasets(site: Site) -> "QuerySet[SiteDataset]":
    """The data sets that stand, with what they are used for."""
    uses = SiteUse.objects.select_related("asked_by").annotate(
        runs=Count("tasks", filter=~Q(tasks__state="cancelled"))
    )
    return site.datasets.filter(withdrawn_at=None).prefetch_related(Prefetch("uses", uses.order_by("-pk")))


def tasks(site: Site) -> "QuerySet[SiteTask]":
    """All that was to run there, newest first."""
    rows = SiteTask.objects.filter(use__dataset__site=site).select_related("use__dataset")
    return rows.defer("order", "log").order_by("-pk")


def open_tasks(site: Site, *, limit: int) -> list[SiteTask]:
    """What waits for the site, in the order it was asked for: the Ladder goes by it."""
    waiting = SiteTask.objects.filter(use__dataset__site=site, state=SiteTask.State.QUEUED)
    return list(waiting.select_related("use__dataset").order_by("pk")[:limit])


def task_at(site: Site, uid: Any) -> SiteTask:
    found = SiteTask.objects.filter(use__dataset__site=site, uid=uid).select_related("use__dataset").first()
    if found is None:
        raise Hidden(uid)
    return found


def files_of(task: SiteTask) -> set[str]:
    """The hashes of the files that a task's program needs, and no others."""
    return {str(one["sha256"]) for one in task.order["spec"]["inputs"]}
