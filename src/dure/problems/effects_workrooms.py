"""What else changes with a step in a workroom, inside its transaction. Days are counted in the platform's zone."""

import calendar
from datetime import date, timedelta
from typing import Any

from dure.foundation import clock, events, workflow
from dure.foundation.access import SYSTEM
from dure.foundation.workflow import Change
from dure.problems import notices_workrooms as tell
from dure.problems.digests import digest
from dure.problems.events import PayoffAnswered, SolutionAccepted, WorkroomOpened

ANSWER_DAYS = 7
TRIAL_DAYS = 14
MEND_DAYS = 14


def in_days(days: int) -> date:
    return clock.today() + timedelta(days=days)


def months_after(day: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def propose_plan(change: Change) -> None:
    change.obj.due_on = in_days(ANSWER_DAYS)
    tell.side(change.obj, "owner", tell.PLAN_PROPOSED)


def agree_plan(change: Change) -> None:
    last = change.obj.milestones.exclude(state="dropped").order_by("-due_on").values_list("due_on", flat=True)
    change.obj.due_on = last.first()
    tell.side(change.obj, "solvers", tell.PLAN_AGREED)


def change_plan(change: Change) -> None:
    _keep_reason(change)
    change.obj.due_on = in_days(ANSWER_DAYS)
    tell.side(change.obj, "solvers", tell.PLAN_CHANGES)


def take_solution(change: Change) -> None:
    change.obj.due_on = in_days(TRIAL_DAYS)


def start_pilot(change: Change) -> None:
    room = change.obj
    room.pilot_from, room.pilot_until = change.data["pilot_from"], change.data["pilot_until"]
    room.due_on = room.pilot_until
    tell.side(room, "solvers", tell.PILOT)


def end_pilot(change: Change) -> None:
    """The question about the payoff is asked `pays_after` months from today."""
    change.obj.pilot_words = change.data["words"].strip()
    change.obj.due_on = months_after(clock.today(), change.obj.pays_after)


def skip_pilot(change: Change) -> None:
    _keep_reason(change)
    change.obj.due_on = months_after(clock.today(), change.obj.pays_after)


def work_on(change: Change) -> None:
    _keep_reason(change)
    change.obj.due_on = in_days(MEND_DAYS)
    tell.side(change.obj, "solvers", tell.BACK_TO_WORK)


def ask_paid(change: Change) -> None:
    change.obj.due_on = in_days(TRIAL_DAYS)
    tell.side(change.obj, "owner", tell.DID_IT_PAY)


def answer_paid(change: Change) -> None:
    room, data = change.obj, change.data
    room.paid, room.payoff_words = data["paid"], data["payoff_words"].strip()
    room.payoff_amount = data.get("payoff_amount")
    room.payoff_unit = str(data.get("payoff_unit") or "").strip()
    room.due_on = None
    amount = None if room.payoff_amount is None else str(room.payoff_amount)
    events.record(
        PayoffAnswered(
            **_of(room), paid=room.paid, amount=amount, unit=room.payoff_unit, solvers=solvers(room)
        )
    )
    tell.side(room, "solvers", tell.PAID)
    tell.secretariat(room, tell.PAID)


def _of(room: Any) -> dict[str, str]:
    team = str(room.team.uid) if room.team else ""
    return {"workroom": str(room.uid), "problem": str(room.problem.uid), "team": team}


def solvers(room: Any) -> list[str]:
    """The uids of those who solve it now, as events name them."""
    rows = room.solvers.filter(left_at=None).order_by("id")
    return [str(uid) for uid in rows.values_list("person__uid", flat=True)]


def tell_opened(room: Any) -> None:
    """Told by the action that opens a room, for a room begins without a transition."""
    events.record(WorkroomOpened(**_of(room), solvers=solvers(room)))


def abandon(change: Change) -> None:
    _keep_reason(change)
    change.obj.due_on = None
    tell.both(change.obj, tell.ABANDONED, but=change.by)


def _keep_reason(change: Change) -> None:
    change.obj.reason = change.data["reason"].strip()


def finish_milestone(change: Change) -> None:
    tell.side(change.obj.room, "owner", tell.MILESTONE_DONE, part=change.obj)


def return_milestone(change: Change) -> None:
    _keep_reason(change)
    tell.side(change.obj.room, "solvers", tell.MILESTONE_BACK, part=change.obj)


def move_milestone(change: Change) -> None:
    _keep_reason(change)
    change.obj.due_on = change.data["due_on"]
    tell.both(change.obj.room, tell.MILESTONE_MOVED, part=change.obj, but=change.by)


def drop_with_reason(change: Change) -> None:
    _keep_reason(change)


def hand_over(change: Change) -> None:
    """Freeze what is handed over under one hash; the version before it is settled, and the need moves on with it."""
    version = change.obj
    version.manifest = manifest_of(version)
    version.manifest_sha256 = digest(version.manifest)
    version.handed_over_at, version.handed_over_by = clock.now(), change.by
    version.due_on = in_days(TRIAL_DAYS)
    for earlier in version.room.deliverables.filter(state__in=("delivered", "tried", "returned")).exclude(
        pk=version.pk
    ):
        workflow.perform(earlier, "replace", by=SYSTEM)
    _move_problem(version.room.problem, "deliver", version)
    tell.side(version.room, "owner", tell.HANDED_OVER, part=version)


def manifest_of(version: Any) -> dict[str, Any]:
    """What a version is made of, as JSON values: enough for a stranger to fetch, check and run it."""
    files = version.files.filter(removed_at=None).select_related("blob").order_by("filename", "id")
    return {
        "format": "dure-deliverable/1",
        "problem": str(version.room.problem.uid),
        "workroom": str(version.room.uid),
        "version": version.number,
        "title": version.title,
        "what": version.what,
        "run": version.run,
        "environment": version.environment,
        "licence": version.licence,
        "files": [{"name": file.filename, "sha256": file.blob_id, "bytes": file.blob.size} for file in files],
    }


def _move_problem(problem: Any, action: str, version: Any, **data: Any) -> None:
    """The need follows its room where it can; a need that is elsewhere (already solved, say) stays where it is."""
    problem.refresh_from_db()
    if problem.workflow.find(problem.state, action):
        workflow.perform(problem, action, by=SYSTEM, data={"deliverable": str(version.uid), **data})


def take_back(change: Change) -> None:
    """The owner has not tried it yet: what was frozen is open again."""
    version = change.obj
    version.manifest, version.manifest_sha256 = {}, ""
    version.handed_over_at = version.handed_over_by = version.due_on = None


def keep_trial(change: Change) -> None:
    version = change.obj
    version.ran, version.trial_words = change.data["ran"], change.data["words"].strip()
    version.tried_at = clock.now()
    tell.side(version.room, "solvers", tell.TRIED, part=version)


def accept_version(change: Change) -> None:
    version = change.obj
    version.accepted_at, version.due_on = clock.now(), None
    room = type(version.room).objects.get(pk=version.room.pk)
    if room.workflow.find(room.state, "take"):
        workflow.perform(room, "take", by=SYSTEM, data={"deliverable": str(version.uid)})
    events.record(
        SolutionAccepted(
            deliverable=str(version.uid),
            **_of(room),
            manifest_sha256=version.manifest_sha256,
            solvers=solvers(room),
        )
    )
    tell.side(version.room, "solvers", tell.ACCEPTED, part=version)


def return_version(change: Change) -> None:
    version = change.obj
    version.due_on = in_days(MEND_DAYS)
    titles = version.room.defects.filter(state="open").values_list("title", flat=True)
    _move_problem(version.room.problem, "return", version, reason="; ".join(titles)[:2000])
    tell.side(version.room, "solvers", tell.RETURNED, part=version)


def mend_defect(change: Change) -> None:
    change.obj.mended = change.data["words"].strip()
    change.obj.due_on = in_days(ANSWER_DAYS)
    tell.side(change.obj.room, "owner", tell.DEFECT_MENDED, part=change.obj)


def reopen_defect(change: Change) -> None:
    _keep_reason(change)
    change.obj.due_on = in_days(MEND_DAYS)
    tell.side(change.obj.room, "solvers", tell.DEFECT_OPEN, part=change.obj)


def settle_decision(change: Change) -> None:
    change.obj.settled_by = change.by
    change.obj.due_on = None
    tell.side(change.obj.room, change.obj.side, tell.DECISION_SETTLED, part=change.obj)


def turn_down_decision(change: Change) -> None:
    _keep_reason(change)
    settle_decision(change)
