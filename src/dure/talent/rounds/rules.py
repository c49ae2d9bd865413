"""Who may do what in a placement round: pure decisions."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused, Role, has_role
from dure.foundation.workflow import has_reason
from dure.people import api as people

FEWEST_SECRETS: Final = 2
REVEAL_WITHIN: Final = timedelta(days=7)
"""How long organisations have to reveal their secrets before the secretariat may end a round without a result."""

NOT_MANAGER = Refused(
    "not_round_manager",
    _("Only representatives of the organisation that runs the round and the secretariat can do this."),
)
NOT_SEAT = Refused(
    "not_seat_manager",
    _("Only representatives of the organisation that offers the seat and the secretariat give classes."),
)
NOT_KEEPER = Refused(
    "not_keeper", _("Only representatives of the organisation that keeps this secret can do this.")
)
NOT_DESK = Refused("not_secretariat", _("Only the secretariat can do this."))
NO_SEATS = Refused("round_no_seats", _("Add the seats of at least one opening first."))
NO_KEEPERS = Refused(
    "round_no_keepers", _("Name two organisations that keep the secrets of the lottery first.")
)
PAST = Refused("round_past", _("The deadline lies in the past. Choose a later one."))
NOT_OPEN = Refused("round_not_open", _("Rankings and classes change only while the round is open."))
NOT_DRAFT = Refused("round_not_draft", _("Seats change only while the round is in preparation."))
TOO_EARLY = Refused("round_too_early", _("The deadline for rankings has not passed yet."))
TOO_FEW = Refused(
    "round_too_few_secrets",
    _(
        "Two different organisations must have committed to a secret before the deadline. Move the deadline, or cancel."
    ),
)
NOT_CLEAN = Refused(
    "round_not_clean", _("There is no result that the verifier has found to be without a break.")
)
NOT_MISSING = Refused(
    "round_not_missing",
    _("A round ends without a result only when a secret is still missing seven days after it closed."),
)
OWN_SEAT = Refused("own_seat", _("You give the classes of this seat, so you cannot rank it."))
GONE = Refused("seat_gone", _("This opening does not take people now."))
COMMITTED = Refused("already_committed", _("This organisation has committed to its secret already."))
NOT_COMMITTING = Refused(
    "not_committing", _("Secrets are committed while the round is open, before its deadline.")
)
NOT_REVEALING = Refused("not_revealing", _("Secrets are revealed after the round has closed, once each."))
NOT_DECIDING = Refused("not_deciding", _("There is nothing to decide now."))
FULL = Refused(
    "seat_full", _("All seats of this opening are taken. Take one from somebody first, with a reason.")
)
CORRECTING = Refused("round_being_corrected", _("A correction is being run. Wait until it is done."))
OWN_ENTRY = Refused("own_entry", _("Nobody decides on their own place."))


def may_run(person: Any, organisation: Any) -> Decision:
    return people.may_speak_for(person, organisation, NOT_MANAGER)


def may_run_any(person: Any) -> Decision:
    """Whether this person could run a round of any organisation."""
    return people.may_speak_for_any(person, NOT_MANAGER)


def may_manage(person: Any, found: Any) -> Decision:
    return may_run(person, found.organisation)


def may_end(person: Any, _found: Any) -> Decision:
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if has_role(person, Role.SECRETARIAT) else NOT_DESK


def may_read_file(person: Any) -> bool:
    """The pseudonymous file is for auditors and the secretariat."""
    return has_role(person, Role.AUDITOR, Role.SECRETARIAT)


def is_ready(found: Any, _data: Mapping[str, Any]) -> Decision:
    if found.rank_until <= clock.now():
        return PAST
    if not found.round_seats.exists():
        return NO_SEATS
    return ALLOWED if found.commitments.count() >= FEWEST_SECRETS else NO_KEEPERS


def is_later(found: Any, data: Mapping[str, Any]) -> Decision:
    """A deadline moves only to a later time, and everybody reads why."""
    until = data.get("rank_until")
    if until is None or until <= max(clock.now(), found.rank_until):
        return PAST
    return has_reason(found, data)


def may_close(found: Any, _data: Mapping[str, Any]) -> Decision:
    if clock.now() < found.rank_until:
        return TOO_EARLY
    committed = found.commitments.exclude(commitment="").count()
    return ALLOWED if committed >= FEWEST_SECRETS else TOO_FEW


def has_clean_result(found: Any, _data: Mapping[str, Any]) -> Decision:
    """A result is kept only after the verifier recounted it; see `solving.keep`."""
    return ALLOWED if found.results.filter(inputs_sha256=found.inputs_sha256).exists() else NOT_CLEAN


def is_reveal_missing(found: Any, data: Mapping[str, Any]) -> Decision:
    late = found.closed_at is not None and clock.now() >= found.closed_at + REVEAL_WITHIN
    if not (late and found.commitments.filter(secret="").exclude(commitment="").exists()):
        return NOT_MISSING
    return has_reason(found, data)


def is_settled(found: Any, _data: Mapping[str, Any]) -> Decision:
    """Nothing is confirmed or set aside while a correction is being run."""
    return CORRECTING if found.appeals.filter(state="correcting").exists() else ALLOWED


def is_set_aside(found: Any, data: Mapping[str, Any]) -> Decision:
    settled = is_settled(found, data)
    return has_reason(found, data) if settled else settled


def takes_rankings(found: Any) -> Decision:
    """Nothing changes after the deadline, even before the clock has closed the round."""
    return ALLOWED if found.state == "open" and clock.now() < found.rank_until else NOT_OPEN


def may_rank(person: Any, found: Any) -> Decision:
    return takes_rankings(found) if person.is_authenticated else SIGN_IN


def may_rank_seat(seat: Any, represented: set[int]) -> Decision:
    """`represented` are the organisations for which this person would give classes."""
    if seat.opening.state not in ("open", "closed"):
        return GONE
    return OWN_SEAT if seat.opening.organisation_id in represented else ALLOWED


def may_class(person: Any, seat: Any) -> Decision:
    """Whether this person looks after who gets the seat."""
    return ALLOWED if may_run(person, seat.opening.organisation) else NOT_SEAT


def may_commit(person: Any, kept: Any) -> Decision:
    if not people.represents(person, kept.organisation):
        return NOT_KEEPER
    if not takes_rankings(kept.round):
        return NOT_COMMITTING
    return COMMITTED if kept.commitment else ALLOWED


def may_reveal(person: Any, kept: Any) -> Decision:
    if not people.represents(person, kept.organisation):
        return NOT_KEEPER
    waits = kept.round.state == "closed" and kept.commitment and not kept.secret
    return ALLOWED if waits else NOT_REVEALING


def may_override(person: Any, entry: Any) -> Decision:
    if entry.round.state not in ("solved", "by_hand"):
        return NOT_DECIDING
    if entry.person_id is not None and entry.person_id == person.pk:
        return OWN_ENTRY
    return may_manage(person, entry.round)


def is_draft(found: Any) -> Decision:
    return ALLOWED if found.state == "draft" else NOT_DRAFT


def may_change_limits(found: Any) -> Decision:
    """In preparation; later only where the clock could not close the round for its limits, once its deadline was moved."""
    is_stuck = any(code.startswith("placement_") for code, _seat in found.stuck)
    return ALLOWED if is_stuck and takes_rankings(found) else is_draft(found)
