"""What else happens when a project, a milestone or a change moves."""

from typing import Any

from dure.alliance.projects import dates, rules, telling
from dure.foundation import clock, workflow
from dure.foundation.access import SYSTEM
from dure.foundation.workflow import Change


def start(change: Change) -> None:
    """Its first year begins on the day that was planned, or today where that has passed."""
    project: Any = change.obj
    project.starts_on = max(project.starts_on, clock.today())
    project.renewal_on = dates.asked_on(project.starts_on, project.year)
    telling.tell_all(telling.STARTED, project)


def pause(change: Change) -> None:
    project: Any = change.obj
    project.reason, project.paused_until = change.data["reason"], change.data["until"]
    telling.tell_all(telling.PAUSED, project)


def resume(change: Change) -> None:
    project: Any = change.obj
    project.reason, project.paused_until = "", None
    telling.tell_all(telling.RESUMED, project)


def request_change(change: Change) -> None:
    project: Any = change.obj
    said = {name: change.data[name] for name in ("kind", "what", "reason")}
    project.changes.create(asked_by_id=change.by.pk, **said)
    telling.tell_secretariat(telling.CHANGE_ASKED, project)


def due_renewal(change: Change) -> None:
    """One row for each year; it stays, however the year ends."""
    project: Any = change.obj
    project.renewals.get_or_create(
        year=project.year, defaults={"due_on": dates.due_on(project.starts_on, project.year)}
    )
    telling.tell_lead(telling.RENEWAL_DUE, project)


def remind(change: Change) -> None:
    """The nearest of the three days is remembered, so that nobody is told of it twice."""
    project: Any = change.obj
    renewal = project.renewal
    renewal.reminded_days = rules.reminder(project)
    renewal.save(update_fields=["reminded_days"])
    telling.tell_lead(telling.RENEWAL_REMINDER, project)


def escalate(change: Change) -> None:
    project: Any = change.obj
    renewal = project.renewal
    renewal.escalated_at = clock.now()
    renewal.save(update_fields=["escalated_at"])
    telling.tell_all(telling.RENEWAL_OVERDUE, project)


def lapse(change: Change) -> None:
    project: Any = change.obj
    _decide(change, "lapsed", "")
    telling.tell_all(telling.RENEWAL_LAPSED, project)


def submit_renewal(change: Change) -> None:
    """What was returned before is kept in the trail; the row holds what is to be decided on."""
    project: Any = change.obj
    renewal = project.renewal
    renewal.report, renewal.plan = change.data["report"], change.data["plan"]
    renewal.outputs = change.data.get("outputs") or ""
    renewal.submitted_at, renewal.submitted_by_id = clock.now(), change.by.pk
    renewal.returned_reason = ""
    renewal.save()
    telling.tell_secretariat(telling.RENEWAL_SUBMITTED, project)


def begin_review(change: Change) -> None:
    renewal = change.obj.renewal
    renewal.taken_up_at = clock.now()
    renewal.save(update_fields=["taken_up_at"])


def return_renewal(change: Change) -> None:
    project: Any = change.obj
    renewal = project.renewal
    renewal.taken_up_at = renewal.submitted_at = None
    renewal.returned_reason = change.data["reason"]
    renewal.save()
    telling.tell_lead(telling.RENEWAL_RETURNED, project)


def renew(change: Change) -> None:
    _decide(change, "renewed", change.data["reason"])
    _next_year(change.obj)


def renew_with_conditions(change: Change) -> None:
    """Each condition becomes a milestone of the next year."""
    project: Any = change.obj
    _decide(change, "conditions", change.data["reason"])
    for condition in rules.conditions_in(change.data):
        said = {"title_ko": condition, "title_en": condition, "is_condition": True}
        project.milestones.create(year=project.year + 1, due_on=change.data["until"], **said)
    _next_year(project)


def not_renew(change: Change) -> None:
    _decide(change, "not_renewed", change.data["reason"])
    telling.tell_all(telling.NOT_RENEWED, change.obj)


def close(change: Change) -> None:
    """A renewal that was asked for is not needed any more."""
    project: Any = change.obj
    if project.state == "renewal_due":
        _decide(change, "closed", "")
    telling.tell_secretariat(telling.CLOSING, project)


def complete(change: Change) -> None:
    project: Any = change.obj
    project.final_report, project.ended_on = change.data["report"], clock.today()
    telling.tell_all(telling.COMPLETED, project)


def stop(change: Change) -> None:
    """In one transaction: what was planned is waived, and what was asked for is refused."""
    project: Any = change.obj
    project.reason, project.ended_on = change.data["reason"], clock.today()
    if project.state in ("renewal_due", "renewal_review"):
        _decide(change, "stopped", change.data["reason"])
    for milestone in project.milestones.filter(state__in=rules.OPEN_MILESTONES):
        workflow.perform(milestone, "waive", by=SYSTEM, data={"reason": change.data["reason"]})
    for asked in project.changes.filter(state="requested"):
        workflow.perform(asked, "refuse", by=SYSTEM, data={"reason": change.data["reason"]})
    telling.tell_all(telling.STOPPED, project)


def _decide(change: Change, how: str, reason: str) -> None:
    renewal = change.obj.renewal
    if renewal is None:
        return
    renewal.decision, renewal.reason = how, reason
    renewal.decided_at, renewal.decided_by_id = clock.now(), change.by.pk
    renewal.save()


def _next_year(project: Any) -> None:
    project.year += 1
    project.renewal_on = dates.asked_on(project.starts_on, project.year)
    telling.tell_all(telling.RENEWED, project)


def submit_milestone(change: Change) -> None:
    milestone: Any = change.obj
    milestone.reason = change.data.get("reason") or ""
    telling.tell_secretariat(telling.MILESTONE_HANDED_IN, milestone.project)


def accept_milestone(change: Change) -> None:
    telling.tell_lead(telling.MILESTONE_ACCEPTED, change.obj.project)


def return_milestone(change: Change) -> None:
    milestone: Any = change.obj
    milestone.reason = change.data["reason"]
    telling.tell_lead(telling.MILESTONE_RETURNED, milestone.project)


def late(change: Change) -> None:
    telling.tell_lead(telling.MILESTONE_LATE, change.obj.project)


def reschedule(change: Change) -> None:
    milestone: Any = change.obj
    milestone.due_on, milestone.reason = change.data["until"], change.data["reason"]
    telling.tell_lead(telling.MILESTONE_MOVED, milestone.project)


def waive(change: Change) -> None:
    milestone: Any = change.obj
    milestone.reason = change.data["reason"]


def answer_change(change: Change) -> None:
    asked: Any = change.obj
    asked.answer = change.data.get("reason") or ""
    asked.answered_by_id, asked.answered_at = change.by.pk, clock.now()
    telling.tell_lead(telling.CHANGE_ANSWERED, asked.project)
