"""Reads of ethics for pages and REST, each a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from dure.alliance.ethics import gate, rules
from dure.alliance.ethics.subjects import Subject
from dure.alliance.models import EthicsAssessment, EthicsIncident, EthicsMember, EthicsOpinion


@dataclass(frozen=True, slots=True)
class Seen:
    """What of a subject's ethics a person sees. `assessment`: the one that counts, for others than its readers once approved."""

    assessment: EthicsAssessment | None
    may_read: bool
    may_begin: bool


def seen(person: Any, subject: Subject) -> Seen:
    """Where a subject stands, for one who may see it."""
    found = gate.standing(subject)
    if found is None:
        return Seen(None, may_read=False, may_begin=bool(rules.may_begin(person, subject)))
    may_read = EthicsAssessment.objects.visible_to(person).filter(pk=found.pk).exists()
    shown = may_read or found.state == "approved"
    return Seen(found if shown else None, may_read=may_read, may_begin=False)


def listed(person: Any, *, group: str = "") -> QuerySet[EthicsAssessment]:
    """Assessments that this person may read, the newest first."""
    rows = EthicsAssessment.objects.visible_to(person).select_related("organisation").order_by("-pk")
    known = group in ("open", "running", "done")
    return rows.filter(state__in=EthicsAssessment.workflow.tagged(group)) if known else rows


def incidents(person: Any) -> QuerySet[EthicsIncident]:
    """Incidents that this person may read, the newest first."""
    return EthicsIncident.objects.visible_to(person).select_related("organisation").order_by("-pk")


def seats() -> QuerySet[EthicsMember]:
    """Who sits on the board today."""
    rows = EthicsMember.objects.current().select_related("person")
    return rows.order_by("-is_chair", "since", "pk")


def opinions(person: Any, assessment: EthicsAssessment) -> list[EthicsOpinion]:
    """Opinions on the last submission: for the board and the secretariat always, for the others after the decision."""
    decided = assessment.state in ("approved", "refused", "revisit")
    inside = rules.sits_on_board(person, assessment) or rules.may_demand(person)
    if not decided and not inside:
        return []
    return list(assessment.opinions.filter(turn=assessment.turn).select_related("by").order_by("at", "pk"))
