"""Who may do what in a workroom, and what each step asks for: pure decisions with reasons.

Rules take the room or any part of it: each has `room`.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.foundation import clock, workflow
from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused
from dure.problems import rules

OWNER: Final = "owner"
SOLVERS: Final = "solvers"
NOT_SOLVER = Refused("not_solver", _("Only those who solve it can do this."))
NOT_PARTY = Refused("not_party", _("Only the owner and those who solve it can do this."))
OTHER_SIDE = Refused("other_side", _("The other side decides on this one."))
NOT_WORKING = Refused("not_working", _("Agree on the plan first; then the work begins."))
ROOM_DONE = Refused("room_done", _("This room is closed; everything in it stays readable."))
FROZEN = Refused("frozen", _("This version was handed over and stays as it is; start a new version."))
LONGEST_PILOT_DAYS: Final = 3 * 366


def side_of(person: Any, room: Any) -> str:
    """`owner`, `solvers` or nothing. Who is on both sides speaks for the owner."""
    if not person.is_authenticated:
        return ""
    if rules.owns_problem(person, room.problem):
        return OWNER
    return SOLVERS if is_solver(person, room) else ""


def is_solver(person: Any, room: Any) -> bool:
    """Asked once per row in memory: a page asks it for every action. `perform` decides on fresh rows."""
    known = room.__dict__.setdefault("_solver_ids", None)
    if known is None:
        known = {solver.person_id for solver in room.solvers.all() if solver.left_at is None}
        room.__dict__["_solver_ids"] = known
    return person.pk in known


def accepted_terms(person: Any, room: Any) -> bool:
    """As rules.accepted_terms, asked once per person and row in memory."""
    known = room.__dict__.setdefault("_accepted_by", {})
    if person.pk not in known:
        known[person.pk] = rules.accepted_terms(person, room.problem)
    return bool(known[person.pk])


def owns_room(person: Any, part: Any) -> Decision:
    """The need's owner or a representative of its organisation."""
    return rules.owns_problem(person, part.room.problem)


def solves(person: Any, part: Any) -> Decision:
    """A solver who has accepted the terms in force."""
    if not person.is_authenticated:
        return SIGN_IN
    if not is_solver(person, part.room):
        return NOT_SOLVER
    return ALLOWED if accepted_terms(person, part.room) else rules.NO_TERMS


def takes_part(person: Any, part: Any) -> Decision:
    """Either side."""
    if not person.is_authenticated:
        return SIGN_IN
    if owns_room(person, part):
        return ALLOWED
    decision = solves(person, part)
    return NOT_PARTY if decision is NOT_SOLVER else decision


def owns_or_curates(person: Any, part: Any) -> Decision:
    """The owner, or the curator or secretariat for them."""
    if rules.curates(person, part.room.problem):
        return ALLOWED
    return owns_room(person, part)


def other_side(person: Any, decision: Any) -> Decision:
    """Whoever did not propose it."""
    answer = takes_part(person, decision)
    if not answer:
        return answer
    return ALLOWED if side_of(person, decision.room) != decision.side else OTHER_SIDE


def may_read_files(person: Any, room: Any) -> Decision:
    """Owner, curator and overseers always; a solver after accepting the terms."""
    if side_of(person, room) == SOLVERS and not accepted_terms(person, room):
        return rules.NO_TERMS
    return ALLOWED


def still_running(room: Any) -> Decision:
    return ROOM_DONE if "done" in room.state_tags else ALLOWED


def is_draft(deliverable: Any) -> Decision:
    return ALLOWED if deliverable.state == "draft" else FROZEN


def has_milestones(room: Any, _data: Mapping[str, Any]) -> Decision:
    if any(milestone.state == "planned" for milestone in room.milestones.all()):
        return ALLOWED
    return Refused("no_milestones", _("Add at least one milestone with a day first."))


def room_works(part: Any, _data: Mapping[str, Any]) -> Decision:
    return ALLOWED if part.room.state in {"working", "accepted", "pilot"} else NOT_WORKING


def has_pilot_dates(_room: Any, data: Mapping[str, Any]) -> Decision:
    first, last = data.get("pilot_from"), data.get("pilot_until")
    if not isinstance(first, date) or not isinstance(last, date):
        return Refused("no_dates", _("Say from which day to which day the pilot runs."))
    if last < first:
        return Refused("dates_in_order", _("The pilot cannot end before it starts."))
    if (last - first).days > LONGEST_PILOT_DAYS:
        return Refused("pilot_too_long", _("A pilot runs at most three years; choose an earlier end."))
    return ALLOWED


def has_words(_obj: Any, data: Mapping[str, Any]) -> Decision:
    if str(data.get("words", "")).strip():
        return ALLOWED
    return Refused("no_words", _("Say in a few words what you saw."))


def has_figure(_room: Any, data: Mapping[str, Any]) -> Decision:
    """A yes needs a figure with its unit; everything else at least words."""
    if data.get("paid") not in {"yes", "not_yet", "no"}:
        return Refused("no_answer", _("Say whether it paid: yes, not yet, or no."))
    amount = data.get("payoff_amount")
    if data["paid"] == "yes" and not (
        isinstance(amount, Decimal) and str(data.get("payoff_unit", "")).strip()
    ):
        return Refused("no_figure", _("Give the figure and its unit, for example 12,000,000 and KRW a year."))
    return has_words(_room, {"words": data.get("payoff_words", "")})


def has_new_day(_milestone: Any, data: Mapping[str, Any]) -> Decision:
    day = data.get("due_on")
    if not isinstance(day, date) or day < clock.today():
        return Refused("no_day", _("Choose a day from today on."))
    return workflow.has_reason(_milestone, data)


def is_handed_complete(deliverable: Any, _data: Mapping[str, Any]) -> Decision:
    """A version can be handed over when somebody else could run it from what stands here."""
    working = room_works(deliverable, {})
    if not working:
        return working
    words = (
        deliverable.title,
        deliverable.what,
        deliverable.run,
        deliverable.environment,
        deliverable.licence,
    )
    if all(word.strip() for word in words) and deliverable.files.filter(removed_at=None).exists():
        return ALLOWED
    return Refused(
        "manifest_incomplete",
        _("Add at least one file and say what it is, how to run it, what it needs, and its licence."),
    )


def has_trial(_deliverable: Any, data: Mapping[str, Any]) -> Decision:
    if not isinstance(data.get("ran"), bool):
        return Refused("no_trial", _("Say whether it ran."))
    return has_words(_deliverable, data)


def is_acceptable(deliverable: Any, _data: Mapping[str, Any]) -> Decision:
    """What did not run, or has a blocking defect that is not settled, cannot be accepted."""
    if not deliverable.ran:
        return Refused("did_not_run", _("It did not run for you; send it back with a list of defects."))
    if deliverable.workroom.defects.filter(severity="blocking", state__in=("open", "mended")).exists():
        return Refused("blocking_defects", _("Settle the blocking defects first, or send it back."))
    return ALLOWED


def has_defects(deliverable: Any, _data: Mapping[str, Any]) -> Decision:
    if deliverable.workroom.defects.filter(state="open").exists():
        return ALLOWED
    return Refused("no_defects", _("List at least one defect, so that the others know what to mend."))
