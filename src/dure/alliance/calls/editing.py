"""Writing a call and its rubric, while it is a draft."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.db.models import Max

from dure.alliance.agreements.visibility import IN_FORCE
from dure.alliance.calls import rules
from dure.alliance.models import CallCriterion, ResearchCall
from dure.alliance.projects import tracks
from dure.engines.faults import Fault, Faulty
from dure.engines.reviewing import KINDS
from dure.foundation import audit
from dure.foundation.access import demand
from dure.people import api as people

FIELDS: Final = (
    "title_ko",
    "title_en",
    "text_ko",
    "text_en",
    "tracks",
    "reach",
    "agreement",
    "closes_at",
    "ceiling",
    "least_partners",
    "reviews_each",
    "review_days",
    "conflict_years",
    "waivable",
    "least_score",
    "when_full",
)
NEVER_WAIVED: Final = ("own", "declared", "advisor")
"""Kinds that no policy may let anybody waive."""
MOST_ITEMS: Final = 20


@transaction.atomic
def create(*, by: people.Person, given: Mapping[str, Any]) -> ResearchCall:
    """A draft. Raises Denied, Faulty with all that is wrong."""
    demand(rules.leads(by))
    _check(given)
    made = ResearchCall.objects.create(made_by=by, **_said(given))
    audit.write(by=by, action="research_call.made", obj=made)
    return made


@transaction.atomic
def change(call: ResearchCall, *, by: people.Person, given: Mapping[str, Any]) -> ResearchCall:
    """Write it anew, while it is a draft. Raises Denied, Faulty."""
    locked = ResearchCall.objects.select_for_update(of=("self",)).get(pk=call.pk)
    demand(rules.may_edit(by, locked))
    _check(given)
    for name, value in _said(given).items():
        setattr(locked, name, value)
    locked.save()
    audit.write(by=by, action="research_call.changed", obj=locked, detail={"fields": list(_said(given))})
    return locked


def _said(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in FIELDS if name in given}


def _check(given: Mapping[str, Any]) -> None:
    faults = []
    if not (given.get("title_ko") or given.get("title_en")):
        faults.append(Fault("project_no_title", place="title_ko"))
    if set(given.get("tracks") or ()) - set(tracks.Track.values):
        faults.append(Fault("call_track_unknown", place="tracks"))
    if set(given.get("waivable") or ()) - waivable_kinds():
        faults.append(Fault("call_never_waived", place="waivable"))
    agreement = given.get("agreement")
    if agreement is not None and agreement.state not in IN_FORCE:
        faults.append(Fault("call_agreement_over", place="agreement"))
    if faults:
        raise Faulty(faults)


def waivable_kinds() -> set[str]:
    """Kinds of conflicts that a call may let the secretariat waive."""
    return {str(kind) for kind in KINDS} - set(NEVER_WAIVED)


@transaction.atomic
def add_criterion(call: ResearchCall, *, by: people.Person, given: Mapping[str, Any]) -> CallCriterion:
    """An item of the rubric, after the others. Raises Denied, Faulty."""
    locked = ResearchCall.objects.select_for_update(of=("self",)).get(pk=call.pk)
    demand(rules.may_edit(by, locked))
    faults = []
    if not (given["name_ko"].strip() or given["name_en"].strip()):
        faults.append(Fault("topic_in_no_language", place="name_ko"))
    faults += [
        Fault("call_number", place=name) for name in ("weight", "scale") if not 1 <= given[name] <= 100
    ]
    if locked.criteria.count() >= MOST_ITEMS:
        faults.append(Fault("call_many_items", {"limit": MOST_ITEMS}))
    if faults:
        raise Faulty(faults)
    last = locked.criteria.aggregate(last=Max("position"))["last"]
    made = locked.criteria.create(position=0 if last is None else last + 1, **given)
    audit.write(by=by, action="research_call.criterion", obj=locked, detail=dict(given))
    return made


@transaction.atomic
def remove_criterion(call: ResearchCall, one: CallCriterion, *, by: people.Person) -> None:
    """Raises Denied."""
    locked = ResearchCall.objects.select_for_update(of=("self",)).get(pk=call.pk)
    demand(rules.may_edit(by, locked))
    audit.write(by=by, action="research_call.criterion_removed", obj=locked, detail={"name": one.name_en})
    one.delete()
