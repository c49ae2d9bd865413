"""During a stay: the supervisor, what is to be done, the stipend, monthly reports, calls for help, credit, the return report."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, clock, workflow
from dure.foundation.access import Actor, demand
from dure.people import api as people
from dure.talent.intakes import rules, telling
from dure.talent.intakes.making import belongs
from dure.talent.models import AcademicCredit, Duty, MonthlyReport, Stay, Stipend


@transaction.atomic
def name_supervisor(stay: Stay, *, by: people.Person, supervisor: people.Person) -> Stay:
    """Say who looks after the person at the host: somebody who belongs to it. Raises Denied, Faulty."""
    demand(rules.may_look_after(by, stay))
    if not belongs(supervisor, stay.host) or supervisor.pk == stay.person_id:
        raise Faulty([Fault("stay_supervisor_elsewhere", place="supervisor")])
    Stay.objects.filter(pk=stay.pk).update(supervisor=supervisor)
    stay.supervisor = supervisor
    audit.write(by=by, action="stay.supervisor", obj=stay)
    return stay


@transaction.atomic
def add_duty(stay: Stay, *, by: people.Person, given: Mapping[str, Any]) -> Duty:
    """Put something more on the list. Raises Denied."""
    demand(rules.may_look_after(by, stay))
    made = Duty.objects.create(stay=stay, **given)
    audit.write(by=by, action="stay.duty_added", obj=stay)
    return made


@transaction.atomic
def tick(stay: Stay, duty: Duty, *, by: people.Person, is_done: bool) -> None:
    """Tick something, or take the tick back; the participant and who looks after them. Raises Denied."""
    if not rules.is_own(by, stay):
        demand(rules.may_look_after(by, stay))
    done = (clock.now(), by) if is_done else (None, None)
    Duty.objects.filter(pk=duty.pk).update(done_at=done[0], done_by=done[1])
    audit.write(by=by, action="stay.duty_ticked", obj=stay, detail={"duty": str(duty.uid), "done": is_done})


@transaction.atomic
def waive(stay: Stay, duty: Duty, *, by: people.Person, reason: str) -> None:
    """Say why something need not be done. Raises Denied, Faulty without a reason."""
    demand(rules.may_look_after(by, stay))
    if not reason.strip():
        raise Faulty([Fault("stay_no_reason", place="reason")])
    Duty.objects.filter(pk=duty.pk).update(waived_reason=reason.strip())
    audit.write(by=by, action="stay.duty_waived", obj=stay, detail={"duty": str(duty.uid)})


@transaction.atomic
def plan_stipend(stay: Stay, *, by: people.Person, due_on: date, amount: int, currency: str) -> Stipend:
    """Put a payment on the schedule. Raises Denied."""
    demand(rules.may_look_after(by, stay))
    made = Stipend.objects.create(stay=stay, due_on=due_on, amount=amount, currency=currency)
    audit.write(by=by, action="stay.stipend_planned", obj=stay)
    return made


@transaction.atomic
def note_paid(stay: Stay, stipend: Stipend, *, by: people.Person, paid_on: date) -> None:
    """Say that it was paid. Raises Denied, and Faulty for a day to come."""
    demand(rules.may_look_after(by, stay))
    if paid_on > clock.today():
        raise Faulty([Fault("stay_paid_later", place="paid_on")])
    Stipend.objects.filter(pk=stipend.pk).update(paid_on=paid_on, noted_by=by)
    audit.write(by=by, action="stay.stipend_paid", obj=stay, detail={"stipend": str(stipend.uid)})


@transaction.atomic
def report(stay: Stay, *, by: people.Person, month: date, given: Mapping[str, Any]) -> MonthlyReport:
    """Write one's side of a month, or write it anew. Raises Denied, and Faulty for a month that is not one of the stay."""
    side = side_of(by, stay)
    demand(rules.takes_reports(stay))
    first = month.replace(day=1)
    if first not in months_of(stay):
        raise Faulty([Fault("stay_other_month", place="month")])
    written = {**given, "written_by": by, "written_at": clock.now(), "answered_at": None, "answer": ""}
    made, _new = MonthlyReport.objects.update_or_create(
        stay=stay, side=side, month=first, defaults={**written, "answered_by": None}
    )
    audit.write(by=by, action="stay.reported", obj=stay, detail={"month": f"{first:%Y-%m}", "side": side})
    if made.trouble:
        telling.tell_trouble(stay, by)
    return made


def side_of(person: Any, stay: Stay) -> str:
    """Whose side a person reports for. Raises Denied."""
    if rules.is_own(person, stay):
        return MonthlyReport.Side.PARTICIPANT
    demand(rules.may_look_after(person, stay))
    return MonthlyReport.Side.HOST


def months_of(stay: Stay) -> list[date]:
    """The first days of the months of a stay that have begun, the latest first."""
    last, found = min(stay.ends_on, clock.today()), []
    month = stay.starts_on.replace(day=1)
    while month <= last:
        found.append(month)
        month = (month.replace(day=28) + _FOUR_DAYS).replace(day=1)
    return found[::-1]


_FOUR_DAYS = date(2000, 1, 5) - date(2000, 1, 1)


@transaction.atomic
def answer_trouble(stay: Stay, written: MonthlyReport, *, by: people.Person, answer: str) -> None:
    """Say what was done about a call for help. Raises Denied, Faulty without words."""
    demand(rules.may_manage(by, stay.intake))
    if not answer.strip():
        raise Faulty([Fault("stay_no_answer", place="answer")])
    MonthlyReport.objects.filter(pk=written.pk).update(
        answer=answer.strip(), answered_by=by, answered_at=clock.now()
    )
    audit.write(by=by, action="stay.trouble_answered", obj=stay)
    telling.tell_answer(stay, written)


@transaction.atomic
def give_credit(
    stay: Stay, *, by: people.Person, institution: people.Organisation, course: str, points: Decimal
) -> AcademicCredit:
    """Credit that an institution gives: its representatives say so, or the secretariat. Raises Denied."""
    demand(rules.may_run(by, institution))
    made = AcademicCredit.objects.create(
        stay=stay, institution=institution, course=course, points=points, given_by=by
    )
    audit.write(by=by, action="stay.credit_given", obj=stay)
    return made


@transaction.atomic
def report_return(stay: Stay, *, by: people.Person, text: str) -> Stay:
    """The participant's word after the return; it may be changed until the stay is completed. Raises Denied, Faulty."""
    demand(rules.is_own(by, stay))
    demand(rules.takes_reports(stay))
    if not text.strip():
        raise Faulty([Fault("stay_no_words", place="return_report")])
    stay.return_report, stay.reported_at = text.strip(), clock.now()
    stay.save(update_fields=["return_report", "reported_at"])
    audit.write(by=by, action="stay.return_reported", obj=stay)
    return stay


@transaction.atomic
def say_later(stay: Stay, *, by: people.Person, later: str) -> Stay:
    """Where one is a year later, said once. Raises Denied, Faulty."""
    demand(rules.is_own(by, stay))
    demand(rules.may_be_asked(stay))
    if stay.later:
        raise Faulty([Fault("stay_said_before", place="later")])
    if later not in Stay.Later.values:
        raise Faulty([Fault("stay_no_choice", place="later")])
    stay.later = later
    stay.save(update_fields=["later"])
    return stay


@transaction.atomic
def act(stay: Stay, action: str, *, by: Actor, data: Mapping[str, Any] | None = None) -> Stay:
    """Move a stay. Raises Denied, Hidden."""
    return workflow.perform(stay, action, by=by, data=data)
