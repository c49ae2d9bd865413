"""Who may do what with topics: pure decisions."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements.rules import only_secretariat
from dure.alliance.gurus.visibility import is_guru, is_inside
from dure.alliance.topics.visibility import ENDED, MEMBERS
from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused, Role, has_role
from dure.foundation.workflow import has_reason
from dure.people import api as people

NOT_PROPOSING = Refused(
    "not_topic_proposing", _("Gurus propose topics, and representatives of organisations for theirs.")
)
NOT_PROPOSER = Refused("not_topic_proposer", _("Only who proposed it can do this."))
NOT_PROPOSED = Refused("topic_not_proposed", _("It is on its way; the text does not change any more."))
NOT_TALKING = Refused("topic_not_inside", _("Members of the alliance and gurus discuss topics."))
IS_OVER = Refused("topic_over", _("The discussion of this topic is over."))
NO_TARGET = Refused("topic_no_target", _("Choose another topic that is not over."))
NARROWER = Refused(
    "topic_target_narrower",
    _("The other topic was proposed in confidence; who follows this one could not read it."),
)


def may_propose(person: Any) -> Decision:
    """Gurus, and representatives of an organisation."""
    if not person.is_authenticated:
        return SIGN_IN
    if is_guru(person) or people.represented_organisations(person).exists():
        return ALLOWED
    return NOT_PROPOSING


def may_propose_for(person: Any, organisation: Any) -> Decision:
    """For an organisation its representatives; for nobody, as a guru."""
    if not person.is_authenticated:
        return SIGN_IN
    may = is_guru(person) if organisation is None else people.represents(person, organisation)
    return ALLOWED if may else NOT_PROPOSING


def is_proposer(person: Any, topic: Any) -> Decision:
    """The guru who proposed it, or the organisation's representatives."""
    if not person.is_authenticated:
        return SIGN_IN
    if topic.organisation_id is None:
        return ALLOWED if topic.proposed_by_id == person.pk else NOT_PROPOSER
    if person.pk not in topic.proposers:
        mine = people.represented_organisations(person).filter(organisation_id=topic.organisation_id)
        topic.proposers[person.pk] = mine.exists()
    return ALLOWED if topic.proposers[person.pk] else NOT_PROPOSER


def leads(person: Any, topic: Any) -> Decision:
    """Who sorts topics."""
    return only_secretariat(person, topic)


def may_edit(person: Any, topic: Any) -> Decision:
    decision = is_proposer(person, topic)
    return decision if not decision or topic.state == "proposed" else NOT_PROPOSED


def may_write(person: Any, topic: Any) -> Decision:
    """Whoever belongs to a member, is a guru or the secretariat, while it is not over. That it is seen is asked before."""
    if not person.is_authenticated:
        return SIGN_IN
    if topic.state in ENDED:
        return IS_OVER
    inside = has_role(person, Role.SECRETARIAT) or is_inside(person)
    return ALLOWED if inside else NOT_TALKING


def can_merge(topic: Any, data: Mapping[str, Any]) -> Decision:
    """Into another topic that is not over and that followers may read."""
    into = data.get("into")
    if into is None or into.pk == topic.pk or into.state in ENDED:
        return NO_TARGET
    if into.reach != MEMBERS and (topic.reach == MEMBERS or into.organisation_id != topic.organisation_id):
        return NARROWER
    return has_reason(topic, data)
