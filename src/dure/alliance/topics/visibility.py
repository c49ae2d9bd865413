"""Who may see which topic, asked from both sides: topics for a reader, and readers for a topic.

Rivals are members side by side: what was proposed in confidence is read by gurus and the secretariat, and by whoever proposed it.
"""

from typing import Any, Final

from django.db.models import Q

from dure.alliance.gurus.visibility import serves_q
from dure.foundation.access import Role, has_role
from dure.people import api as people

MEMBERS: Final = "members"
ENDED: Final = ("merged", "rejected")
"""States in which nothing more is said."""


def topic_q(person: Any) -> Q:
    """Topics that this person may read."""
    if not person.is_authenticated:
        return Q(pk__in=())
    if has_role(person, Role.SECRETARIAT, Role.AUDITOR):
        return Q(pk__isnull=False)
    own = Q(organisation_id__in=people.organisations_of(person))
    own |= Q(organisation=None, proposed_by_id=person.pk)
    return own | serves_q(person) | people.audience_q(person, audience="reach", circle=None)


def readers_q(topic: Any) -> Q:
    """The same from the other side: a condition on people."""
    from dure.alliance.models import GuruTerm  # noqa: PLC0415 - the models name this module

    readers = Q(pk__in=GuruTerm.objects.serving().values("person_id"))
    for role in (Role.SECRETARIAT, Role.AUDITOR):
        readers |= Q(roles__contains=[role])
    if topic.organisation_id is None:
        readers |= Q(pk=topic.proposed_by_id)
    else:
        inside = people.Membership.objects.current().filter(organisation_id=topic.organisation_id)
        readers |= Q(pk__in=inside.values("person_id"))
    return readers | people.reached_q(MEMBERS) if topic.reach == MEMBERS else readers
