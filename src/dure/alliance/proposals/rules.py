"""Who may do what with proposals: pure decisions."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements.rules import only_secretariat
from dure.foundation import clock
from dure.foundation.access import ALLOWED, SIGN_IN, SYSTEM, Decision, Refused, first_refusal
from dure.people import api as people

WRITES: Final = ("draft", "revision_requested")
WAITS: Final = timedelta(days=60)
"""So long after the announcement a proposal stays on the waiting list."""

NOT_LEAD = Refused("not_proposal_lead", _("Only the lead of this proposal can do this."))
NOT_PROPOSING = Refused("not_proposing", _("People of member organisations propose, for their own."))
NOT_OPEN = Refused("call_not_open", _("The call is not open for proposals."))
NOT_WRITING = Refused("proposal_submitted", _("It is submitted; its text does not change any more."))
ONLY_WORDS = Refused(
    "proposal_only_words", _("Only the text changes while a question is open; partners and money stay.")
)
NOT_SPEAKER = Refused(
    "not_partner_speaker", _("Only representatives of the organisation that was asked can answer.")
)
ANSWERED = Refused("partner_answered", _("This was answered already, or cannot be answered any more."))
OWN_PROPOSAL = Refused(
    "own_proposal", _("You take part in this proposal. Somebody else of the secretariat does this.")
)
NO_TITLE = Refused("proposal_no_title", _("Write its title in at least one language."))
NO_SUMMARY = Refused("proposal_no_summary", _("Write a summary in at least one language."))
NO_TEXT = Refused("proposal_no_text", _("Write what is to be researched, in at least one language."))
NO_LEAD = Refused("proposal_no_lead", _("It has no lead."))
NO_MEMBER = Refused("proposal_no_member", _("The organisation that leads it is no member today."))
WRONG_TRACK = Refused("proposal_wrong_track", _("Choose one of the call's tracks."))
NO_BUDGET = Refused("proposal_no_budget", _("Say what the partners ask for."))
TOO_DEAR = Refused("proposal_too_dear", _("It asks for more than the call can give."))
TOO_FEW = Refused("proposal_few_partners", _("The call asks for more partners that have confirmed."))
UNANSWERED = Refused("proposal_unanswered", _("Partners have not answered yet. Wait, or take them out."))
NO_QUESTION = Refused(
    "proposal_no_question", _("Write the question, and until which later day it is answered.")
)
NOT_LAPSED = Refused("proposal_not_lapsed", _("The day has not passed."))
NO_MONEY = Refused("proposal_no_money", _("What is free of the money is not enough for it."))
STILL_WAITING = Refused("proposal_waits", _("It waits until sixty days after the announcement."))
NO_PARTNER = Refused("proposal_partner_open", _("Partners have not confirmed that they take part."))


def is_lead(person: Any, proposal: Any) -> Decision:
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if proposal.lead_id == person.pk else NOT_LEAD


def takes_part(person: Any, proposal: Any) -> bool:
    """Leads it, is named in it, or belongs to one of its partners; two queries."""
    if proposal.lead_id == person.pk or proposal.people.filter(person_id=person.pk).exists():
        return True
    return bool(
        proposal.partners.filter(organisation_id__in=people.organisations_of(person))
        .exclude(answer="refused")
        .exists()
    )


def handles(person: Any, proposal: Any) -> Decision:
    """The secretariat, but nobody with a proposal of their own or of their organisation."""
    if person is SYSTEM:
        return ALLOWED
    desk = only_secretariat(person)
    return desk if not desk or not takes_part(person, proposal) else OWN_PROPOSAL


def may_propose(person: Any, call: Any) -> Decision:
    """People of members, while the call is open."""
    if not person.is_authenticated:
        return SIGN_IN
    if call.state != "open" or call.closes_at <= clock.now():
        return NOT_OPEN
    return ALLOWED if people.is_alliance_member(person) else NOT_PROPOSING


def may_propose_for(person: Any, call: Any, organisation: Any) -> Decision:
    belongs = organisation.is_member and organisation.pk in set(people.organisations_of(person))
    return first_refusal(may_propose(person, call), ALLOWED if belongs else NOT_PROPOSING)


def may_write(person: Any, proposal: Any) -> Decision:
    """Its lead writes a draft, and again while a question is open."""
    return first_refusal(is_lead(person, proposal), ALLOWED if proposal.state in WRITES else NOT_WRITING)


def may_arrange(person: Any, proposal: Any) -> Decision:
    """Partners, money and people change in a draft alone."""
    asked = ONLY_WORDS if proposal.state == "revision_requested" else ALLOWED
    return first_refusal(may_write(person, proposal), asked)


def may_answer(person: Any, partner: Any) -> Decision:
    """Who speaks for the organisation, while it is a draft and until it has answered."""
    if not person.is_authenticated:
        return SIGN_IN
    if not people.represents(person, partner.organisation):
        return NOT_SPEAKER
    return ALLOWED if partner.proposal.state == "draft" and not partner.answer else ANSWERED


def missing(proposal: Any) -> list[Refused]:
    """All that is missing before it can be submitted; one query for the partners."""
    call, partners = proposal.call, proposal.all_partners
    standing = [one for one in partners if one.answer != "refused"]
    confirmed = [one for one in standing if one.answer == "confirmed"]
    checks = (
        (NO_TITLE, _said(proposal, "title")),
        (NO_SUMMARY, _said(proposal, "summary")),
        (NO_TEXT, _said(proposal, "text")),
        (NO_LEAD, proposal.lead_id is not None),
        (NO_MEMBER, proposal.organisation.is_member),
        (WRONG_TRACK, proposal.track in call.tracks),
        (NO_BUDGET, proposal.asked > 0),
        (TOO_DEAR, proposal.asked <= call.ceiling),
        (UNANSWERED, len(confirmed) == len(standing)),
        (TOO_FEW, len(confirmed) >= call.least_partners),
    )
    return [refused for refused, held in checks if not held]


def _said(proposal: Any, name: str) -> bool:
    return any(getattr(proposal, f"{name}_{code}").strip() for code in ("ko", "en"))


def can_submit(proposal: Any, _data: Mapping[str, Any]) -> Decision:
    """While the call is open, with nothing missing; all that is missing is said at once."""
    lacking = proposal.lacking
    open_now = is_open(proposal, {})
    if not open_now or not lacking:
        return open_now
    return Refused("proposal_not_whole", " ".join(str(one.message) for one in lacking))


def can_resubmit(proposal: Any, _data: Mapping[str, Any]) -> Decision:
    """Its words are whole; who takes part was looked at before."""
    words = (NO_TITLE, NO_SUMMARY, NO_TEXT, WRONG_TRACK)
    lacking = [one for one in proposal.lacking if one in words]
    if not lacking:
        return ALLOWED
    return Refused("proposal_not_whole", " ".join(str(one.message) for one in lacking))


def is_open(proposal: Any, _data: Mapping[str, Any]) -> Decision:
    call = proposal.call
    return ALLOWED if call.state == "open" and call.closes_at > clock.now() else NOT_OPEN


def is_eligible(proposal: Any, _data: Mapping[str, Any]) -> Decision:
    """What the rules of the call ask for holds today, too: an organisation may have left meanwhile."""
    lacking = proposal.lacking
    if not lacking:
        return ALLOWED
    return Refused("proposal_not_eligible", " ".join(str(one.message) for one in lacking))


def asks(_proposal: Any, data: Mapping[str, Any]) -> Decision:
    until = data.get("until")
    said = bool(str(data.get("question") or "").strip())
    return ALLOWED if said and until is not None and until > clock.today() else NO_QUESTION


def has_lapsed(proposal: Any, _data: Mapping[str, Any]) -> Decision:
    """A draft with the deadline of its call, an open question with its own day."""
    if proposal.state == "draft":
        closes = proposal.call.closes_at
        return ALLOWED if closes is not None and closes <= clock.now() else NOT_LAPSED
    day = proposal.answer_by
    return ALLOWED if day is not None and day < clock.today() else NOT_LAPSED


def has_money(proposal: Any, _data: Mapping[str, Any]) -> Decision:
    """What is free of the ceiling is enough for it."""
    from dure.alliance.calls.deciding import asked_by, free_money  # noqa: PLC0415 - it reads the models, which name this module

    return ALLOWED if asked_by(proposal) <= free_money(proposal.call) else NO_MONEY


def may_end(proposal: Any, data: Mapping[str, Any]) -> Decision:
    """Sixty days after the announcement, or when the call is archived."""
    if data.get("archived"):
        return ALLOWED
    announced = proposal.call.announced_at
    over = announced is not None and announced + WAITS <= clock.now()
    return ALLOWED if over else STILL_WAITING


def can_award(proposal: Any, _data: Mapping[str, Any]) -> Decision:
    """It has a lead, and its partners stand."""
    confirmed = all(one.answer == "confirmed" for one in proposal.all_partners if one.answer != "refused")
    return first_refusal(ALLOWED if proposal.lead_id else NO_LEAD, ALLOWED if confirmed else NO_PARTNER)
