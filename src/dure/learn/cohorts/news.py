"""What coaches announce to everybody in a cohort."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from dure.foundation import audit
from dure.foundation.access import demand
from dure.foundation.faults import Fault, Faulty
from dure.learn.cohorts import rules, telling
from dure.learn.models import Announcement, Cohort


def of(cohort: Cohort) -> QuerySet[Announcement]:
    return cohort.announcements.select_related("author")


@transaction.atomic
def announce(*, by: Any, cohort: Cohort, title: str, body: str) -> Announcement:
    """Tell everybody inside. Raises Denied, Faulty with every fault."""
    demand(rules.leads(by, cohort))
    given = {"title": title.strip(), "body": body.strip()}
    found = [Fault(f"no_news_{name}", place=name) for name, words in given.items() if not words]
    if found:
        raise Faulty(found)
    made = Announcement.objects.create(cohort=cohort, author=by, **given)
    audit.write(by=by, action="cohort.announced", obj=cohort, detail={"announcement": made})
    telling.announced(cohort, by=by, title=made.title)
    return made
