"""The only way to a topic from an address."""

from typing import Any
from uuid import UUID

from dure.alliance.models import Topic
from dure.alliance.topics import rules
from dure.foundation.access import Hidden, demand

WITH = ("organisation", "proposed_by", "merged_into")


def access_topic(person: Any, uid: UUID) -> Topic:
    """The topic. Raises Hidden unless the person may read it."""
    found = Topic.objects.visible_to(person).select_related(*WITH).filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_own(person: Any, uid: UUID) -> Topic:
    """The topic, for who may still change its text. Raises Hidden or Denied."""
    topic = access_topic(person, uid)
    demand(rules.may_edit(person, topic))
    return topic
