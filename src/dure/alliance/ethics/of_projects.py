"""Joint research projects as subjects: what concerns people is assessed before they start and stands when they are renewed."""

import hashlib
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dure.alliance.ethics import gate, subjects
from dure.alliance.ethics.waiting import NAMES
from dure.alliance.models import EthicsAssessment, ResearchProject
from dure.alliance.projects import access, rules
from dure.foundation import gates
from dure.foundation.access import Actor, Decision
from dure.foundation.waiting import Waiting, declare
from dure.people import api as people

KIND = "project"


def register() -> None:
    """Called once when the app is ready."""
    subjects.declare(subjects.Kind(KIND, _find, _load, _may_answer, _shared))
    for name in ("project.start", "project.renew"):
        gates.register(name, _check)
    declare(
        Waiting(
            kind="ethics_begin",
            rows=_to_begin,
            title=_("Begin the ethics assessment: “%(name)s”"),
            why=_("It concerns people, and neither starts nor is renewed without."),
            url="/ethics/of/project/%(ref)s",
            **NAMES,
        )
    )


def _check(project: ResearchProject, _by: Actor) -> Decision:
    """Asked once for a row in memory: a page asks it for every action. `perform` decides on a fresh row."""
    known = project.__dict__
    if "_ethics" not in known:
        known["_ethics"] = gate.check(described(project))
    decision: Decision = known["_ethics"]
    return decision


def described(project: ResearchProject) -> subjects.Subject:
    """A project with the facts on which an approval rests: what concerns people, who takes part, what is agreed of the data."""
    partners = list(project.partners.all())
    leading = [one for one in partners if one.role == "leads"] or partners
    return subjects.Subject(
        kind=KIND,
        uid=project.uid,
        title_ko=project.title_ko,
        title_en=project.title_en,
        url=reverse("alliance:project", args=[project.uid]),
        organisation_id=leading[0].organisation_id if leading else None,
        answerer_id=project.lead_id,
        needs=bool(project.concerns),
        facts={
            "concerns": " ".join(sorted(project.concerns)),
            "partners": " ".join(sorted(str(one.organisation_id) for one in partners)),
            "terms": hashlib.sha256(project.terms.encode()).hexdigest(),
        },
    )


def _find(person: Any, uid: UUID) -> subjects.Subject:
    return described(access.access_project(person, uid))


def _load(uids: Iterable[UUID]) -> Iterable[subjects.Subject]:
    rows = ResearchProject.objects.prefetch_related("partners").filter(uid__in=list(uids))
    return [described(project) for project in rows.order_by("pk")]


def _may_answer(person: Any, uid: UUID) -> Decision:
    return rules.is_lead(person, access.access_project(person, uid))


def _shared(person: Any) -> Any:
    """Those that this person leads or works on, and those in which an organisation of theirs takes part."""
    mine = Q(lead_id=person.pk) | Q(members__person_id=person.pk, members__until=None)
    mine |= Q(partners__organisation_id__in=people.organisations_of(person))
    return ResearchProject.objects.filter(mine).order_by().values("uid")


def _to_begin(person: Any) -> "QuerySet[Any, Any]":
    """Projects of this lead that concern people and have no assessment."""
    said = EthicsAssessment.objects.filter(kind=KIND, subject=OuterRef("uid")).exclude(state="withdrawn")
    rows = ResearchProject.objects.filter(lead_id=person.pk, concerns__len__gt=0)
    return rows.exclude(state__in=ResearchProject.workflow.tagged("done")).filter(~Exists(said))
