"""Who may do what with agreements: pure decisions."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements import content
from dure.alliance.agreements.standing import spoken_for
from dure.alliance.agreements.visibility import IN_FORCE
from dure.foundation import clock
from dure.foundation.access import ALLOWED, SIGN_IN, SYSTEM, Decision, Refused, Role, has_role
from dure.foundation.workflow import has_reason
from dure.people import api as people

REMINDERS: Final = (90, 30, 7)
"""So many days before an agreement ends its parties are told."""

NOT_SECRETARIAT = Refused("not_secretariat", _("Only the secretariat can do this."))
NOT_PARTY = Refused("not_party_representative", _("Only representatives of its parties can do this."))
NOT_SIDE = Refused(
    "not_agreement_side", _("Only representatives of its parties and the secretariat can do this.")
)
NOT_DRAFT = Refused("agreement_not_draft", _("The text is fixed. Ask for changes, or draft an amendment."))
NOT_DRAFTING = Refused("agreement_not_drafting", _("Comments belong to the drafting. It is over."))
NOT_APPROVED = Refused(
    "agreement_not_approved",
    _("Not every party has approved this revision yet. The list of parties says who has not."),
)
ANOTHER_REVISION = Refused(
    "another_revision", _("This is not the revision that stands there now. Read the new one first.")
)
NOT_SIGNED = Refused("agreement_not_signed", _("Not every party has signed this revision yet."))
TOO_EARLY = Refused("agreement_too_early", _("Its first day has not come yet."))
ENDED_MEANWHILE = Refused("amended_ended", _("What it would change is not in force any more."))
SIGNED_BEFORE = Refused("signed_before", _("This party has signed this revision."))
NO_PARTY = Refused("no_such_party", _("Name a party of this agreement that has not left."))
NO_AMENDMENT = Refused("no_amendment", _("There is no amendment in force that was not applied yet."))
NOT_LONGER = Refused("amendment_not_longer", _("This amendment does not move the last day."))
NO_SUCCESSOR = Refused("no_successor", _("No agreement that renews this one is in force yet."))
NO_REMINDER = Refused("no_reminder_due", _("Nobody is reminded yet."))
NOT_PAST = Refused("agreement_not_past", _("Its last day has not passed."))
LEAVE_INSTEAD = Refused(
    "leave_instead",
    _("More than two parties are left. Your organisation can leave; the secretariat ends it for all."),
)
NOT_IN_FORCE = Refused("agreement_not_in_force", _("This agreement is not in force."))
ONE_AT_A_TIME = Refused("amendment_open", _("Another amendment is being drafted or signed. Finish it first."))
RENEWED_ALREADY = Refused("renewal_open", _("A successor is being drafted or signed already."))
IS_AMENDMENT = Refused("is_amendment", _("An amendment changes another agreement; change or renew that one."))


def only_secretariat(person: Any, _agreement: Any = None) -> Decision:
    if person is SYSTEM or has_role(person, Role.SECRETARIAT):
        return ALLOWED
    return NOT_SECRETARIAT if person.is_authenticated else SIGN_IN


def may_make(person: Any) -> Decision:
    """Starting a draft: representatives of an organisation and the secretariat."""
    return people.may_speak_for_any(person, NOT_SIDE)


def speaks(person: Any, agreement: Any) -> Decision:
    """Representatives of a party; the secretariat speaks for no party."""
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if spoken_for(person, agreement) else NOT_PARTY


def is_side(person: Any, agreement: Any) -> Decision:
    """The secretariat and representatives of a party."""
    if only_secretariat(person) or speaks(person, agreement):
        return ALLOWED
    return NOT_SIDE if person.is_authenticated else SIGN_IN


def speaks_for(person: Any, agreement: Any, party: Any) -> Decision:
    """Representatives of this party."""
    if party.left_at is not None or party.agreement_id != agreement.pk:
        return NO_PARTY
    mine = spoken_for(person, agreement)
    return ALLOWED if party.organisation_id in mine else NOT_PARTY


def may_edit(person: Any, agreement: Any) -> Decision:
    decision = is_side(person, agreement)
    return decision if not decision or agreement.state == "draft" else NOT_DRAFT


def may_comment(person: Any, agreement: Any) -> Decision:
    decision = is_side(person, agreement)
    drafting = agreement.state in ("draft", "in_review", "signing")
    return decision if not decision or drafting else NOT_DRAFTING


def may_end(person: Any, agreement: Any) -> Decision:
    """The secretariat; and a party's representative where two parties are left, for then leaving ends it too."""
    if only_secretariat(person):
        return ALLOWED
    decision = speaks(person, agreement)
    return LEAVE_INSTEAD if decision and len(agreement.standing) > 2 else decision


def may_amend(person: Any, agreement: Any) -> Decision:
    """Whether an amendment can be drafted now."""
    decision = _may_follow(person, agreement)
    if decision and agreement.amendments.filter(state__in=("draft", "in_review", "signing")).exists():
        return ONE_AT_A_TIME
    return decision


def may_renew(person: Any, agreement: Any) -> Decision:
    """Whether a successor can be drafted now."""
    decision = _may_follow(person, agreement)
    if decision and agreement.successors.exclude(state="abandoned").exists():
        return RENEWED_ALREADY
    return decision


def _may_follow(person: Any, agreement: Any) -> Decision:
    decision = only_secretariat(person)
    if not decision:
        return decision
    if agreement.amends_id is not None:
        return IS_AMENDMENT
    return ALLOWED if agreement.state in IN_FORCE else NOT_IN_FORCE


def is_ready(agreement: Any, _data: Mapping[str, Any]) -> Decision:
    """What a text needs before it goes round; the sentence names all that is missing."""
    said = content.of_json(agreement.revision.content)
    missing = content.lacks(said)
    inside = {str(party.organisation.uid) for party in agreement.standing}
    if {party.organisation for party in said.parties} != inside:
        missing.append("agreement_parties_moved")
    if not missing:
        return ALLOWED
    words = " ".join(str(content.LACKING[code]) for code in missing)
    return Refused(missing[0], words)


def is_this_revision(agreement: Any, data: Mapping[str, Any]) -> Decision:
    return ALLOWED if data.get("sha256") == agreement.revision.sha256 else ANOTHER_REVISION


def all_approved(agreement: Any, _data: Mapping[str, Any]) -> Decision:
    """Every party that is left has approved the same hash: that of the newest revision."""
    found = agreement.revision.approvals.filter(voided_at=None, sha256=agreement.revision.sha256)
    given = set(found.values_list("party_id", flat=True))
    return ALLOWED if given >= {party.pk for party in agreement.standing} else NOT_APPROVED


def can_be_signed(agreement: Any, data: Mapping[str, Any]) -> Decision:
    """The hash is the newest revision's, and the party has not signed it."""
    decision = is_this_revision(agreement, data)
    if not decision:
        return decision
    party = _party(agreement, data)
    if party is None:
        return NO_PARTY
    return SIGNED_BEFORE if party.pk in signed_parties(agreement) else ALLOWED


def signed_parties(agreement: Any) -> set[int]:
    found = agreement.revision.signatures.filter(voided_at=None, sha256=agreement.revision.sha256)
    return set(found.values_list("party_id", flat=True))


def can_begin(agreement: Any, _data: Mapping[str, Any]) -> Decision:
    """All have signed, the first day has come, and what it changes or renews is in force."""
    if not signed_parties(agreement) >= {party.pk for party in agreement.standing}:
        return NOT_SIGNED
    if agreement.effective_from > clock.today():
        return TOO_EARLY
    if agreement.amends_id is not None and agreement.amends.state not in IN_FORCE:
        return ENDED_MEANWHILE
    return ALLOWED


def can_leave(agreement: Any, data: Mapping[str, Any]) -> Decision:
    decision = has_reason(agreement, data)
    return decision if not decision or _party(agreement, data) is not None else NO_PARTY


def _party(agreement: Any, data: Mapping[str, Any]) -> Any:
    asked = data.get("party")
    return next((party for party in agreement.standing if party == asked), None)


def is_amended(agreement: Any, data: Mapping[str, Any]) -> Decision:
    amendment = data.get("amendment")
    if amendment is None or amendment.amends_id != agreement.pk or amendment.is_applied:
        return NO_AMENDMENT
    return ALLOWED if amendment.state == "active" else NO_AMENDMENT


def is_extended(agreement: Any, data: Mapping[str, Any]) -> Decision:
    decision = is_amended(agreement, data)
    if not decision:
        return decision
    until = data["amendment"].effective_to
    far = clock.today() + timedelta(days=REMINDERS[0])
    return ALLOWED if until is not None and until > far else NOT_LONGER


def is_renewed(agreement: Any, _data: Mapping[str, Any]) -> Decision:
    return ALLOWED if agreement.successors.filter(state__in=IN_FORCE).exists() else NO_SUCCESSOR


def reminder_due(agreement: Any) -> int | None:
    """How many days before the end the reminder stands that is due now and was not sent; None without one."""
    if agreement.effective_to is None:
        return None
    left = (agreement.effective_to - clock.today()).days
    due = min((days for days in REMINDERS if left <= days), default=None)
    sent = agreement.reminded_days
    return due if due is not None and (sent is None or due < sent) else None


def is_reminded(agreement: Any, _data: Mapping[str, Any]) -> Decision:
    return ALLOWED if reminder_due(agreement) is not None else NO_REMINDER


def is_past(agreement: Any, data: Mapping[str, Any]) -> Decision:
    """The last day is over, or, of an amendment, what it changes has just ended."""
    ended = data.get("ended")
    if ended is not None and ended.pk == agreement.amends_id:
        return ALLOWED
    past = agreement.effective_to is not None and agreement.effective_to < clock.today()
    return ALLOWED if past else NOT_PAST
