"""What the two sides of a workroom are told. Kinds are registered on import; recipients are found when something happens."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.foundation import notices
from dure.problems.notice_groups import ROOMS, kinds_under
from dure.problems.recipients import by_words, owners, secretaries, solvers, title_words

_kind = kinds_under(ROOMS)

OPENED = _kind(
    "room_opened", _("A workroom is opened for me"), _("A workroom is open for “%(title)s”; you are in it.")
)
PLAN_PROPOSED = _kind(
    "room_plan_proposed", _("A plan waits for my yes"), _("The plan for “%(title)s” waits for your yes.")
)
PLAN_AGREED = _kind(
    "room_plan_agreed", _("A plan is agreed"), _("The plan for “%(title)s” is agreed; work begins.")
)
PLAN_CHANGES = _kind(
    "room_plan_changes",
    _("A plan needs changes"),
    _("The owner of “%(title)s” asks for changes in the plan."),
)
PILOT = _kind("room_pilot", _("A pilot begins"), _("The pilot of “%(title)s” begins."))
BACK_TO_WORK = _kind(
    "room_back", _("Work goes on after a pilot"), _("“%(title)s” needs more work; the owner says why.")
)
DID_IT_PAY = _kind(
    "room_did_it_pay", _("The question whether a solution paid"), _("Did the solution of “%(title)s” pay?")
)
PAID = _kind("room_paid", _("What a solution brought"), _("The owner of “%(title)s” says what it brought."))
ABANDONED = _kind(
    "room_abandoned",
    _("A workroom is given up"),
    _("The work on “%(title)s” is given up; the reason stands there."),
)
MILESTONE_DONE = _kind(
    "room_milestone_done", _("A milestone waits for my yes"), _("“%(part)s” is done and waits for your yes.")
)
MILESTONE_BACK = _kind(
    "room_milestone_back", _("A milestone comes back"), _("“%(part)s” is not done yet, says the owner.")
)
MILESTONE_MOVED = _kind("room_milestone_moved", _("A milestone moves"), _("The day of “%(part)s” has moved."))
HANDED_OVER = _kind(
    "room_handed_over",
    _("A solution is handed over"),
    _("“%(part)s” is handed over: run it and say what you see."),
)
TRIED = _kind("room_tried", _("The owner tried a solution"), _("The owner has run “%(part)s”."))
ACCEPTED = _kind("room_accepted", _("A solution is accepted"), _("“%(part)s” is accepted."))
RETURNED = _kind(
    "room_returned", _("A solution comes back"), _("“%(part)s” comes back with a list of defects.")
)
DEFECT_OPEN = _kind("room_defect", _("A defect is reported"), _("Defect: “%(part)s”."))
DEFECT_MENDED = _kind(
    "room_defect_mended", _("A defect is mended"), _("“%(part)s” is mended, they say: look again.")
)
DECISION_PROPOSED = _kind(
    "room_decision", _("A decision waits for my yes"), _("A decision waits for your yes: “%(part)s”.")
)
DECISION_SETTLED = _kind(
    "room_decision_settled", _("A decision is settled"), _("The other side has answered: “%(part)s”.")
)
SAID = _kind("room_said", _("Somebody writes in a workroom"), _("%(by)s writes about “%(title)s”."))
WAITS = _kind("room_waits", _("Something in a workroom is overdue"), _("Overdue in “%(title)s”: %(part)s."))


def side(room: Any, which: str, kind: str, *, part: Any = None, but: Any = None, by: Any = None) -> None:
    """Tell one side; `but` is left out (who did it)."""
    found = owners(room.problem) if which == "owner" else solvers(room)
    _tell(room, [person for person in found if but is None or person.pk != but.pk], kind, part=part, by=by)


def both(room: Any, kind: str, *, part: Any = None, but: Any = None, by: Any = None) -> None:
    side(room, "owner", kind, part=part, but=but, by=by)
    side(room, "solvers", kind, part=part, but=but, by=by)


def secretariat(room: Any, kind: str) -> None:
    _tell(room, secretaries(), kind)


def _tell(room: Any, found: list[Any], kind: str, *, part: Any = None, by: Any = None) -> None:
    words = title_words(room.problem) | {"part": str(part) if part is not None else ""}
    if by is not None:
        words |= by_words(by)
    notices.notify(found, kind, url=f"/workrooms/{room.uid}", params=words)
