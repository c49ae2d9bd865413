"""Who may do what with batches, startups in them and their checkpoints: pure decisions."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements.rules import only_secretariat
from dure.alliance.incubation import dates
from dure.foundation import clock
from dure.foundation.access import ALLOWED, SIGN_IN, SYSTEM, Decision, Refused, first_refusal
from dure.foundation.workflow import has_reason

FEWEST_JURORS: Final = 2
OPEN_CASES: Final = ("applied", "selected", "incubating", "demo_day")
UNDECIDED: Final = ("applied", "selected")
INSIDE: Final = ("incubating", "demo_day")
OPEN_CHECKPOINTS: Final = ("planned", "late")

NOT_FOUNDER = Refused("not_startup_founder", _("Only its founder can do this."))
NOT_MENTOR = Refused("not_startup_mentor", _("Only its mentors can do this."))
NOT_JUROR = Refused("not_pitch_juror", _("Only the jury of this batch can do this."))
OWN_STARTUP = Refused("pitch_own_startup", _("You are its founder; others judge it."))
TOO_NEAR = Refused("pitch_too_near", _("You declared to be too near to this startup; others decide on it."))
NOT_CALLING = Refused("batch_not_calling", _("Its call is not open."))
NOT_DRAFT = Refused("batch_not_draft", _("The call is out. Its text does not change any more."))
NOT_JUDGED = Refused("pitch_not_judged", _("This startup is decided on; no more points are given."))
NOT_READY = "batch_not_ready"
NO_CALL = Refused("batch_no_call", _("Write the text of the call."))
NO_RUBRIC = Refused("batch_no_rubric", _("Write the lines on which pitches are judged."))
NO_JURY = Refused("batch_no_jury", _("Name at least two jurors."))
IN_PAST = Refused("batch_in_past", _("The last day for applications has passed."))
NOT_CLOSED = Refused("batch_not_past", _("The last day for applications has not passed yet."))
NOT_LATER = Refused("batch_not_later", _("Name a later day than before that lies ahead."))
NOT_BEFORE = Refused("batch_call_too_long", _("Applications end before the batch begins."))
UNSAID = Refused("batch_undecided", _("Startups wait for a decision. Decide on each first."))
NOT_OVER = Refused("batch_not_over", _("Startups are still in it. Each graduates or leaves first."))
TOO_FEW = Refused("pitch_too_few_jurors", _("At least two jurors must have given points first."))
NO_SEAT = Refused("batch_no_seat", _("All its seats are given."))
NOT_SELECTING = Refused("batch_not_selecting", _("Startups are selected once the call is over."))
NO_SPACE = Refused("startup_no_space", _("Write down the space that it gets."))
NO_EQUIPMENT = Refused("startup_no_equipment", _("Write down the equipment that it gets."))
NO_MENTOR = Refused("startup_no_mentor", _("Name at least one mentor."))
NOT_BEGUN = Refused("batch_not_running", _("The batch has not begun."))
NO_DEMO = Refused("demo_day_ahead", _("The demo day has not come yet."))
EXTENDED = Refused("startup_extended_before", _("It was extended once already."))
NO_UNTIL = Refused("startup_no_until", _("Name a later last day than before that lies ahead."))
NO_OUTCOME = Refused("startup_no_outcome", _("Say with what it ends, and write what came of it."))
NO_LOG = Refused("checkpoint_no_log", _("Write what you saw."))
NO_REMINDER = Refused("checkpoint_no_reminder", _("Nobody is reminded yet, or they were."))
NOT_LATE = Refused("checkpoint_not_late", _("Its day has not passed, or the startup is not in the batch."))
NOT_TAKEN = Refused(
    "startup_not_taken", _("Who is selected or in the batch gets mentors, space and equipment; this is not.")
)
NOT_REPORTING = Refused(
    "checkpoint_not_reporting", _("The startup has left the batch; figures stay as they are.")
)


def is_founder(person: Any, case: Any) -> Decision:
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if case.founder_id == person.pk else NOT_FOUNDER


def may_apply(person: Any, batch: Any) -> Decision:
    """Whoever has an account, while the call is open."""
    if not person.is_authenticated:
        return SIGN_IN
    calling = batch.state == "open" and batch.apply_until >= clock.today()
    return ALLOWED if calling else NOT_CALLING


def decides(person: Any, case: Any) -> Decision:
    """The secretariat, but nobody on a startup that is their own or near to them."""
    if person is SYSTEM:
        return ALLOWED
    desk = only_secretariat(person)
    if not desk:
        return desk
    if case.founder_id == person.pk:
        return OWN_STARTUP
    near = case.scores.filter(juror_id=person.pk, is_conflict=True).exists()
    return TOO_NEAR if near else ALLOWED


def judges(person: Any, case: Any) -> Decision:
    """A juror of the batch, not on an own startup; that a near one is hidden is asked before."""
    if not person.is_authenticated:
        return SIGN_IN
    if case.founder_id == person.pk:
        return OWN_STARTUP
    if not case.batch.jurors.filter(person_id=person.pk).exists():
        return NOT_JUROR
    return ALLOWED if case.state == "applied" else NOT_JUDGED


def mentors_it(person: Any, checkpoint: Any) -> Decision:
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if person.pk in checkpoint.case.mentoring else NOT_MENTOR


def reports(person: Any, checkpoint: Any) -> Decision:
    """Its founder gives the figures, as long as it is in the batch."""
    decision = is_founder(person, checkpoint.case)
    return decision if not decision or checkpoint.case.state in INSIDE else NOT_REPORTING


def lacking(batch: Any) -> list[Refused]:
    """All that is missing before the call can go out."""
    checks = (
        (NO_CALL, bool(batch.call_ko.strip() or batch.call_en.strip())),
        (NO_RUBRIC, bool(batch.rubric)),
        (NO_JURY, batch.jurors.count() >= FEWEST_JURORS),
        (IN_PAST, batch.apply_until >= clock.today()),
    )
    return [refused for refused, held in checks if not held]


def is_ready(batch: Any, _data: Mapping[str, Any]) -> Decision:
    return _all(NOT_READY, lacking(batch))


def missing(case: Any) -> list[Refused]:
    """All that is missing before a startup moves in."""
    kinds = set(case.provisions.values_list("kind", flat=True))
    checks = (
        (NO_SPACE, "space" in kinds),
        (NO_EQUIPMENT, "equipment" in kinds),
        (NO_MENTOR, bool(case.mentoring)),
        (NOT_BEGUN, case.batch.state == "running"),
    )
    return [refused for refused, held in checks if not held]


def is_provided(case: Any, _data: Mapping[str, Any]) -> Decision:
    return _all("startup_not_ready", case.lacking)


def _all(reason: str, found: list[Refused]) -> Decision:
    """All at once: a sentence for each thing that is missing."""
    return Refused(reason, " ".join(str(one.message) for one in found)) if found else ALLOWED


def is_call_over(batch: Any, _data: Mapping[str, Any]) -> Decision:
    return ALLOWED if batch.apply_until < clock.today() else NOT_CLOSED


def is_longer(batch: Any, data: Mapping[str, Any]) -> Decision:
    until = data.get("until")
    if until is None or until <= batch.apply_until or until < clock.today():
        return NOT_LATER
    return ALLOWED if until < batch.starts_on else NOT_BEFORE


def is_decided(batch: Any, _data: Mapping[str, Any]) -> Decision:
    return UNSAID if batch.cases.filter(state="applied").exists() else ALLOWED


def is_over(batch: Any, _data: Mapping[str, Any]) -> Decision:
    return NOT_OVER if batch.cases.filter(state__in=OPEN_CASES).exists() else ALLOWED


def is_heard(case: Any, _data: Mapping[str, Any]) -> Decision:
    """After the call, with points of enough jurors, and a seat."""
    if case.batch.state != "selecting":
        return NOT_SELECTING
    heard = case.scores.filter(is_conflict=False).count()
    taken = case.batch.cases.filter(state__in=("selected", *INSIDE, "graduated")).count()
    enough = ALLOWED if heard >= FEWEST_JURORS else TOO_FEW
    return first_refusal(enough, ALLOWED if taken < case.batch.seats else NO_SEAT)


def is_demo_day(case: Any, _data: Mapping[str, Any]) -> Decision:
    return ALLOWED if case.batch.demo_on <= clock.today() or case.extended_on else NO_DEMO


def is_extended(case: Any, data: Mapping[str, Any]) -> Decision:
    """Once, to a later day, with a reason."""
    until = data.get("until")
    later = until is not None and until > max(case.last_day, clock.today()) and dates.is_plausible(until)
    once = EXTENDED if case.extended_on else ALLOWED
    return first_refusal(once, ALLOWED if later else NO_UNTIL, has_reason(case, data))


def has_outcome(case: Any, data: Mapping[str, Any]) -> Decision:
    said = data.get("outcome") in case.Outcome.values and str(data.get("words") or "").strip()
    return ALLOWED if said else NO_OUTCOME


def has_log(_checkpoint: Any, data: Mapping[str, Any]) -> Decision:
    return ALLOWED if str(data.get("log") or "").strip() else NO_LOG


def is_reminded(checkpoint: Any, _data: Mapping[str, Any]) -> Decision:
    due = dates.is_reminded(checkpoint.due_on, clock.today()) and checkpoint.case.state in INSIDE
    return ALLOWED if due and checkpoint.reminded_at is None else NO_REMINDER


def is_late(checkpoint: Any, _data: Mapping[str, Any]) -> Decision:
    late = checkpoint.due_on < clock.today() and checkpoint.case.state in INSIDE
    return ALLOWED if late else NOT_LATE
