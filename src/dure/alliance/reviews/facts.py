"""What the platform knows of reviewers and proposals, as the engine takes it; people are named by their addresses."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from dure.alliance.models import (
    CallReviewer,
    ProjectMember,
    Proposal,
    ResearchCall,
    ResearchProject,
    ReviewerTie,
    ReviewWaiver,
)
from dure.engines import reviewing as engine
from dure.foundation import clock
from dure.people import api as people

OVER = ("draft", "declined", "withdrawn")


@dataclass(frozen=True, slots=True)
class Facts:
    """Proposals by their codes and reviewers by their addresses, and what the engine finds about them."""

    call: ResearchCall
    proposals: Mapping[str, Proposal]
    reviewers: Mapping[str, CallReviewer]
    conflicts: tuple[engine.Conflict, ...]
    waivers: tuple[engine.Waiver, ...]

    @property
    def standing(self) -> tuple[engine.Conflict, ...]:
        """Conflicts that are not waived."""
        barred = engine.barred_pairs(self.conflicts, self.waivers)
        return tuple(one for one in self.conflicts if (one.proposal, one.reviewer) in barred)


def key_of(person: Any) -> str:
    """By what a person is named in tables and faults; an account that is gone has no address any more."""
    return str(person.email).lower() or f"#{person.pk}"


def policy_of(call: ResearchCall) -> engine.Policy:
    waivable = frozenset(kind for kind in engine.KINDS if kind in call.waivable)
    return engine.Policy(on=clock.today(), years=call.conflict_years, waivable=waivable)


def of_call(call: ResearchCall) -> Facts:
    """All of it, in a fixed number of queries."""
    proposals = list(
        call.proposals.exclude(state__in=OVER)
        .exclude(submitted_at=None)
        .select_related("lead", "organisation")
        .prefetch_related("people__person", "partners__organisation")
        .order_by("number", "pk")
    )
    reviewers = list(call.reviewers.select_related("person").order_by("pk"))
    named = {one.pk: _named(one) for one in proposals}
    known = _people([*(one.person for one in reviewers), *(p for some in named.values() for p in some)])
    ties = list(
        ReviewerTie.objects.filter(reviewer__call=call)
        .select_related("reviewer__person", "organisation", "proposal")
        .order_by("pk")
    )
    found = engine.conflicts(
        [_with_advisors(known[one.person_id], one, ties) for one in reviewers],
        [_proposal(one, [known[p.pk] for p in named[one.pk]]) for one in proposals],
        declared=list(_declared(ties)),
        policy=policy_of(call),
    )
    waived = ReviewWaiver.objects.filter(reviewer__call=call).select_related("proposal", "reviewer__person")
    return Facts(
        call,
        {one.code: one for one in proposals},
        {key_of(one.person): one for one in reviewers},
        found,
        tuple(_waiver(one) for one in waived.order_by("pk")),
    )


def _waiver(one: ReviewWaiver) -> engine.Waiver:
    kind = next(kind for kind in engine.KINDS if kind == one.kind)
    return engine.Waiver(one.proposal.code, key_of(one.reviewer.person), kind)


def _named(proposal: Proposal) -> list[people.Person]:
    """Its lead and who is named in it."""
    lead = [proposal.lead] if proposal.lead else []
    return [*lead, *(one.person for one in proposal.people.all())]


def _proposal(proposal: Proposal, persons: Iterable[engine.Person]) -> engine.Proposal:
    partners = [one.organisation.slug for one in proposal.partners.all() if one.answer == "confirmed"]
    return engine.Proposal(key=proposal.code, people=tuple(persons), partners=frozenset(partners))


def _people(persons: Iterable[people.Person]) -> dict[int, engine.Person]:
    """Each with organisations and projects, past ones too; three queries."""
    by_id = {one.pk: one for one in persons}
    homes, projects = _homes(by_id), _projects(by_id)
    return {
        pk: engine.Person(key=key_of(one), organisations=tuple(homes[pk]), projects=tuple(projects[pk]))
        for pk, one in by_id.items()
    }


def _homes(ids: Iterable[int]) -> dict[int, list[engine.Spell]]:
    found: dict[int, list[engine.Spell]] = defaultdict(list)
    rows = people.Membership.objects.filter(person_id__in=list(ids)).select_related("organisation")
    for one in rows.order_by("pk"):
        ends = timezone.localdate(one.ended_at) if one.ended_at else one.ends_on
        found[one.person_id].append(engine.Spell(one.organisation.slug, one.starts_on, _ended(ends, one)))
    return found


def _ended(ends: date | None, one: people.Membership) -> date | None:
    """One that was ended by hand today is over today already."""
    if one.ended_at and ends and ends >= clock.today():
        return date.fromordinal(clock.today().toordinal() - 1)
    return ends


def _projects(ids: Iterable[int]) -> dict[int, list[engine.Spell]]:
    found: dict[int, list[engine.Spell]] = defaultdict(list)
    wanted = list(ids)
    members = ProjectMember.objects.filter(person_id__in=wanted).select_related("project").order_by("pk")
    for one in members:
        found[one.person_id].append(engine.Spell(str(one.project.uid), one.since, one.until))
    for led in ResearchProject.objects.filter(lead_id__in=wanted).order_by("pk"):
        if led.lead_id is not None:
            found[led.lead_id].append(engine.Spell(str(led.uid), led.starts_on, led.ended_on))
    return found


def _with_advisors(
    person: engine.Person, reviewer: CallReviewer, ties: Iterable[ReviewerTie]
) -> engine.Person:
    told = [one.address.lower() for one in ties if one.reviewer_id == reviewer.pk and one.is_advisor]
    return engine.Person(
        key=person.key,
        organisations=person.organisations,
        projects=person.projects,
        advisors=frozenset(told),
    )


def _declared(ties: Iterable[ReviewerTie]) -> Iterable[engine.Declared]:
    for one in ties:
        person = key_of(one.reviewer.person)
        if one.organisation is not None:
            yield engine.Declared(person, "organisation", one.organisation.slug)
        if one.address and not one.is_advisor:
            yield engine.Declared(person, "person", one.address.lower())
        if one.proposal is not None:
            yield engine.Declared(person, "proposal", one.proposal.code)
