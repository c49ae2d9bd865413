"""Who may do what with topics: pure decisions."""

from collections.abc import Mapping
from typing import Any, Final

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
NO_KIND = Refused("topic_no_kind", _("Choose what it becomes."))
NO_TARGET = Refused("topic_no_target", _("Choose another topic that is not over."))
NO_AGENDA = Refused("topic_no_agenda", _("Choose a roundtable that is still ahead, and 1 to 600 minutes."))
NOT_ANNOUNCED = Refused(
    "topic_roundtable_not_announced", _("Announce the roundtable first, so that gurus can prepare.")
)
MOST_MINUTES: Final = 600
AHEAD: Final = ("planned", "announced")
"""States of a roundtable on whose agenda a topic can still be put."""
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


def can_schedule(topic: Any, data: Mapping[str, Any]) -> Decision:
    """On a roundtable that is ahead, with its minutes."""
    roundtable, minutes = data.get("roundtable"), data.get("minutes")
    if roundtable is None or roundtable.state not in AHEAD or not isinstance(minutes, int):
        return NO_AGENDA
    stands = topic.agenda_items.filter(roundtable=roundtable).exists()
    return NO_AGENDA if stands or not 1 <= minutes <= MOST_MINUTES else ALLOWED


def can_open(topic: Any, _data: Mapping[str, Any]) -> Decision:
    """Its roundtable was announced."""
    is_known = topic.agenda_items.filter(roundtable__state__in=("announced", "held", "minuted")).exists()
    return ALLOWED if is_known else NOT_ANNOUNCED


def can_adopt(_topic: Any, data: Mapping[str, Any]) -> Decision:
    """As a kind of thing that there is."""
    from dure.alliance.topics import adoption  # noqa: PLC0415 - the models name the table that names this module

    return ALLOWED if data.get("kind") in adoption.KINDS else NO_KIND


def can_merge(topic: Any, data: Mapping[str, Any]) -> Decision:
    """Into another topic that is not over and that followers may read."""
    into = data.get("into")
    if into is None or into.pk == topic.pk or into.state in ENDED:
        return NO_TARGET
    if into.reach != MEMBERS and (topic.reach == MEMBERS or into.organisation_id != topic.organisation_id):
        return NARROWER
    return has_reason(topic, data)
