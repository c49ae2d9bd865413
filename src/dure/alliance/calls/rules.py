"""Who may do what with calls: pure decisions."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements.rules import only_secretariat
from dure.alliance.agreements.visibility import IN_FORCE
from dure.alliance.reviews.visibility import takes_part_q
from dure.foundation import clock
from dure.foundation.access import ALLOWED, SYSTEM, Decision, Refused, first_refusal
from dure.foundation.workflow import has_reason

NO_TITLE = Refused("call_no_title", _("Write its title and its text in both languages."))
NO_TRACK = Refused("call_no_track", _("Choose at least one track."))
NO_RUBRIC = Refused("call_no_rubric", _("Its rubric needs at least one item."))
NO_DEADLINE = Refused("call_no_deadline", _("Choose a deadline that lies ahead."))
NO_CEILING = Refused("call_no_ceiling", _("Say how much money there is."))
NO_AGREEMENT = Refused("call_agreement_not_in_force", _("Its agreement is not in force."))
NOT_DRAFT = Refused("call_not_draft", _("It is published; its rules do not change any more."))
NOT_LATER = Refused("call_not_later", _("Choose a deadline later than the present one, that lies ahead."))
NOT_CLOSED = Refused("call_still_open", _("Its deadline has not passed."))
NOT_DECIDING = Refused("call_not_deciding", _("The call is not being decided."))
NOT_DISCUSSED = Refused("proposal_not_discussed", _("This proposal is not under discussion."))
OWN_CALL = Refused(
    "own_call",
    _("You take part in a proposal to this call. Somebody else of the secretariat decides on it."),
)
NOT_SCREENED = Refused(
    "call_not_screened", _("Proposals wait to be screened, or a question is open. Settle these first.")
)
NOTHING_JUDGED = Refused("call_nothing_judged", _("There is no proposal in review."))
TOO_FEW_REVIEWS = Refused(
    "call_few_reviews",
    _("Some proposals have fewer reviews than the call promises. Say why fewer are enough, or wait."),
)
NOT_DECIDED = Refused("call_not_decided", _("Some proposals have no verdict yet."))
OVER_CEILING = Refused("call_over_ceiling", _("What is accepted asks for more than there is."))
STILL_ACCEPTED = Refused(
    "call_still_accepted", _("Accepted proposals have not become projects yet, or were not withdrawn.")
)


def leads(person: Any, call: Any = None) -> Decision:
    """Who runs calls."""
    return only_secretariat(person, call)


def may_edit(person: Any, call: Any) -> Decision:
    return first_refusal(leads(person, call), ALLOWED if call.state == "draft" else NOT_DRAFT)


def missing(call: Any) -> list[Refused]:
    """All that is missing before it can be published."""
    words = (call.title_ko, call.title_en, call.text_ko, call.text_en)
    checks = (
        (NO_TITLE, all(one.strip() for one in words)),
        (NO_TRACK, bool(call.tracks)),
        (NO_RUBRIC, call.criteria.exists()),
        (NO_DEADLINE, call.closes_at is not None and call.closes_at > clock.now()),
        (NO_CEILING, call.ceiling > 0),
        (NO_AGREEMENT, call.agreement is None or call.agreement.state in IN_FORCE),
    )
    return [refused for refused, held in checks if not held]


def is_whole(call: Any, _data: Mapping[str, Any]) -> Decision:
    """All at once: a sentence for each thing that is missing."""
    lacking = missing(call)
    if not lacking:
        return ALLOWED
    return Refused("call_not_whole", " ".join(str(one.message) for one in lacking))


def is_later(call: Any, data: Mapping[str, Any]) -> Decision:
    until = data.get("until")
    later = until is not None and until > call.closes_at and until > clock.now()
    return ALLOWED if later else NOT_LATER


def is_past(call: Any, _data: Mapping[str, Any]) -> Decision:
    return ALLOWED if call.closes_at is not None and call.closes_at <= clock.now() else NOT_CLOSED


def may_decide(person: Any, call: Any) -> Decision:
    """Who decides, while it is decided."""
    return first_refusal(decides(person, call), is_deciding(call))


def is_deciding(call: Any) -> Decision:
    return ALLOWED if call.state == "deciding" else NOT_DECIDING


def decides(person: Any, call: Any) -> Decision:
    """The secretariat, but nobody who takes part in one of its proposals."""
    if person is SYSTEM:
        return ALLOWED
    desk = leads(person, call)
    if not desk:
        return desk
    own = call.proposals.filter(takes_part_q(person)).exclude(submitted_at=None)
    return OWN_CALL if own.exists() else ALLOWED


def is_discussed(proposal: Any) -> Decision:
    return ALLOWED if proposal.state == "discussion" else NOT_DISCUSSED


def is_reviewed(call: Any, data: Mapping[str, Any]) -> Decision:
    """Nothing waits for a screening or an answer, and each has its reviews, or a reason why fewer are enough."""
    states = dict(call.proposals.order_by("pk").values_list("pk", "state"))
    if {"submitted", "revision_requested"} & set(states.values()):
        return NOT_SCREENED
    judged = [pk for pk, state in states.items() if state == "under_review"]
    if not judged:
        return NOTHING_JUDGED
    done = Counter(
        call.proposals.filter(pk__in=judged, reviews__state="submitted")
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    enough = all(done[pk] >= call.reviews_each for pk in judged)
    return ALLOWED if enough or str(data.get("waive") or "").strip() else TOO_FEW_REVIEWS


def is_decided(call: Any, _data: Mapping[str, Any]) -> Decision:
    """Every proposal under discussion has a verdict, and what is accepted does not exceed the ceiling."""
    rows = list(call.proposals.filter(state="discussion").prefetch_related("partners").order_by("pk"))
    if not all(one.verdict for one in rows):
        return NOT_DECIDED
    accepted = [one for one in rows if one.verdict == "accept"]
    sums = [p.budget for one in accepted for p in one.partners.all() if p.answer == "confirmed"]
    return ALLOWED if sum(sums) <= call.ceiling else OVER_CEILING


def is_through(call: Any, _data: Mapping[str, Any]) -> Decision:
    return STILL_ACCEPTED if call.proposals.filter(state="accepted").exists() else ALLOWED


can_cancel = has_reason
