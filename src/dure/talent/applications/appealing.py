"""Appeals: another person than the one who decided looks at an application again."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from dure.foundation import audit, clock, workflow
from dure.foundation.access import Actor, demand
from dure.people import api as people
from dure.talent.applications import periods, rules, telling
from dure.talent.applications.seats import lock
from dure.talent.applications.words import apart
from dure.talent.models import Appeal, Application


@transaction.atomic
def appeal(application: Application, *, by: people.Person, words: str) -> Appeal:
    """Say why the decision was wrong. Raises Denied."""
    locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    demand(rules.may_appeal(by, locked))
    assert locked.decided_at is not None  # noqa: S101 - may_appeal has just said so
    made = Appeal.objects.create(
        application=locked,
        against=locked.decided_at,
        decider_id=locked.decided_by_id,
        words=words.strip(),
        filed_at=clock.now(),
        answer_by=clock.now() + periods.ANSWER_APPEAL,
    )
    audit.write(by=by, action="appeal.filed", obj=made, detail={"application": locked})
    telling.tell_appeal(made)
    return made


@transaction.atomic
def act(made: Appeal, action: str, *, by: Actor, data: Mapping[str, Any] | None = None) -> Appeal:
    """Move an appeal; upheld, it takes its application back into review at once. Raises Denied, Hidden."""
    lock(made.application.opening)
    return workflow.perform(made, action, by=by, data=apart(data or {}))
