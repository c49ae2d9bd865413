"""Who may do what with evidence, endorsements and consent: pure decisions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused, Role, has_role

NOT_OWN = Refused("not_own_evidence", _("Only the person it is about can do this."))
NOT_VERIFIER = Refused("not_verifier", _("Only the person who was asked can do this."))
NOT_SECRETARIAT = Refused("not_secretariat", _("Only the secretariat decides on contested evidence."))
OWN_EVIDENCE = Refused("own_evidence", _("Nobody decides on evidence about themselves."))
OWN_CLAIM = Refused("own_claim", _("This is your own claim: remove it instead."))
ONESELF = Refused("endorse_oneself", _("Nobody endorses themselves. Ask somebody else, or add a claim."))
NOT_FOUND = Refused(
    "verifier_not_found",
    _("Nobody whose page you may open has this address. Ask them to show their page to members."),
)
ALREADY_ASKED = Refused(
    "already_asked", _("You have asked this person for this skill already. Withdraw it to ask anew.")
)
TOO_MANY_ASKED = Refused(
    "too_many_asked", _("Too many requests wait for an answer. Withdraw one, or wait for an answer.")
)
TOO_MANY_CLAIMS = Refused("too_many_claims", _("You claim as many skills as one can. Remove one first."))


def is_own(person: Any, row: Any) -> Decision:
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if person.pk == row.person_id else NOT_OWN


def is_verifier(person: Any, endorsement: Any) -> Decision:
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if person.pk == endorsement.verifier_id else NOT_VERIFIER


def may_contest(person: Any, evidence: Any) -> Decision:
    """What others or the machinery said of one; what one said oneself is removed instead."""
    own = is_own(person, evidence)
    return OWN_CLAIM if own and evidence.kind == "claim" else own


def may_decide(person: Any, evidence: Any) -> Decision:
    """The secretariat, and nobody about themselves."""
    if not person.is_authenticated:
        return SIGN_IN
    if not has_role(person, Role.SECRETARIAT):
        return NOT_SECRETARIAT
    return OWN_EVIDENCE if person.pk == evidence.person_id else ALLOWED


def may_decide_any(person: Any) -> Decision:
    """Whether contested evidence can ever wait for this person."""
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if has_role(person, Role.SECRETARIAT) else NOT_SECRETARIAT
