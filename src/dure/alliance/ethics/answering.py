"""Beginning an assessment, writing its answers, giving an opinion."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction

from dure.alliance.ethics import gate, rules, subjects, telling
from dure.alliance.models import EthicsAssessment, EthicsMember, EthicsOpinion
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, workflow
from dure.foundation.access import Actor, demand
from dure.people import api as people

ANSWERS: Final = (
    "risk",
    "affected",
    "basis",
    "protection",
    "fairness",
    "oversight",
    "is_human",
    "review_number",
    "handlers",
)


@transaction.atomic
def begin(subject: subjects.Subject, *, by: people.Person) -> EthicsAssessment:
    """An empty assessment of a subject, or the one there is. Asked for by the secretariat, it cannot be withdrawn.

    Raises Denied unless `by` answers for the subject or is the secretariat.
    """
    found = gate.standing(subject)
    if found is not None:
        demand(rules.answers(by, found))
        return found
    asks = bool(rules.may_demand(by))
    made = EthicsAssessment(
        kind=subject.kind,
        subject=subject.uid,
        title_ko=subject.title_ko,
        title_en=subject.title_en,
        organisation_id=subject.organisation_id,
        author_id=subject.answerer_id if asks else by.pk,
        is_demanded=asks,
    )
    demand(rules.answers(by, made))
    made.save()
    audit.write(by=by, action="ethics_assessment.begun", obj=made, detail={"is_demanded": asks})
    if asks:
        telling.tell_side(telling.DEMANDED, made)
    return made


@transaction.atomic
def write(assessment: EthicsAssessment, *, by: people.Person, given: Mapping[str, Any]) -> EthicsAssessment:
    """Save the answers while they can be written. Raises Denied, Faulty with all that is wrong."""
    locked = EthicsAssessment.objects.select_for_update().get(pk=assessment.pk)
    demand(rules.may_write(by, locked))
    check(given)
    for name in ANSWERS:
        setattr(locked, name, given[name])
    locked.author = locked.author or by
    locked.save()
    audit.write(by=by, action="ethics_assessment.written", obj=locked)
    return locked


def check(given: Mapping[str, Any]) -> None:
    """Raise Faulty with all answers that contradict each other; empty ones are no fault before it is handed in."""
    faults = []
    if given["is_human"] and given["basis"] == EthicsAssessment.Basis.NONE:
        faults.append(Fault("ethics_basis_of_humans", place="basis"))
    if given["is_human"] and given["risk"] == EthicsAssessment.Risk.MINIMAL:
        faults.append(Fault("ethics_risk_of_humans", place="risk"))
    if faults:
        raise Faulty(faults)


@transaction.atomic
def give_opinion(assessment: EthicsAssessment, *, by: people.Person, vote: str, reason: str) -> EthicsOpinion:
    """What a member says to this submission; said again, the later word stands. Raises Denied, Faulty."""
    locked = EthicsAssessment.objects.select_for_update().get(pk=assessment.pk)
    demand(rules.may_give_opinion(by, locked))
    if not reason.strip():
        raise Faulty([Fault("ethics_no_reason", place="reason")])
    seat = EthicsMember.objects.current().get(person=by)
    made, _new = EthicsOpinion.objects.update_or_create(
        assessment=locked,
        turn=locked.turn,
        by=by,
        defaults={"vote": vote, "reason": reason.strip(), "is_outside": seat.is_outside},
    )
    audit.write(by=by, action="ethics_assessment.opinion", obj=locked, detail={"vote": vote})
    return made


def act(obj: Any, action: str, *, by: Actor, data: Mapping[str, Any] | None = None) -> Any:
    """Any move of an assessment or an incident. Raises Denied, Hidden."""
    return workflow.perform(obj, action, by=by, data=data)
