"""Proposing a topic, changing its text while it waits, and writing in its discussion."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction

from dure.alliance.models import Field, Topic, TopicMessage
from dure.alliance.topics import following, rules, telling
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit
from dure.foundation.access import demand
from dure.people import api as people

FIELDS: Final = ("title_ko", "title_en", "text_ko", "text_en", "why_ko", "why_en", "field", "reach")


@transaction.atomic
def propose(*, by: people.Person, given: Mapping[str, Any]) -> Topic:
    """A topic of `organisation`, or of the guru where that is None. Raises Denied, Faulty with all that is wrong."""
    demand(rules.may_propose_for(by, given["organisation"]))
    check(given)
    named = {name: given[name] for name in FIELDS}
    made = Topic.objects.create(organisation=given["organisation"], proposed_by=by, **named)
    audit.write(by=by, action="topic.propose", obj=made)
    following.follow(made, by=by)
    telling.tell_secretariat(telling.PROPOSED, made)
    return made


@transaction.atomic
def edit(topic: Topic, *, by: people.Person, given: Mapping[str, Any]) -> Topic:
    """Write its text anew. Raises Denied, Faulty."""
    locked = Topic.objects.select_for_update(of=("self",)).get(pk=topic.pk)
    demand(rules.may_edit(by, locked))
    check(given)
    for name in FIELDS:
        setattr(locked, name, given[name])
    locked.save(update_fields=FIELDS)
    audit.write(by=by, action="topic.edit", obj=locked)
    return locked


def check(given: Mapping[str, Any]) -> None:
    """Title, text and reason in one language at least. Raises Faulty with all that is missing."""
    faults = [
        Fault("topic_in_no_language", place=f"{name}_ko")
        for name in ("title", "text", "why")
        if not (given[f"{name}_ko"].strip() or given[f"{name}_en"].strip())
    ]
    if given["field"] not in Field.values:
        faults.append(Fault("alliance_field_unknown", {"value": given["field"]}, place="field"))
    if given["reach"] not in Topic.Reach.values:
        faults.append(Fault("topic_reach_unknown", {"value": given["reach"]}, place="reach"))
    if faults:
        raise Faulty(faults)


@transaction.atomic
def write(topic: Topic, *, by: people.Person, body: str) -> TopicMessage:
    """Say something about it; followers are told, and the writer follows it now. Raises Denied."""
    locked = Topic.objects.select_for_update(of=("self",)).get(pk=topic.pk)
    demand(rules.may_write(by, locked))
    made = locked.messages.create(by=by, body=body.strip())
    audit.write(by=by, action="topic.write", obj=locked)
    telling.tell_followers(telling.WRITTEN, locked, but=by)
    following.follow(locked, by=by)
    return made
