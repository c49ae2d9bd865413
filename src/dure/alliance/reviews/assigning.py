"""Assigning reviewers: looked at before it is done, by the engine or from a table; never against a conflict of interest."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dure.alliance.models import CallReviewer, Proposal, ResearchCall, Review
from dure.alliance.proposals import rules as proposal_rules
from dure.alliance.reviews import conflicts, facts, rules, telling
from dure.alliance.reviews.visibility import BEGUN, STANDING, takes_part_q
from dure.engines import reviewing as engine
from dure.engines.faults import Fault, Faulty
from dure.engines.openings import rows_of
from dure.engines.sheets.reading import read_text
from dure.foundation import audit, clock, workflow
from dure.foundation.access import Denied, Refused, demand
from dure.people import api as people

CHANGED: Final = Refused(
    "assignment_changed", _("Something has changed meanwhile. Look at it again before you apply it.")
)
HEADINGS: Final = ("proposal", "reviewer", "action")


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be done: new pairs, taken back ones, and all that is wrong; with a fault nothing can be applied."""

    known: facts.Facts
    added: tuple[engine.Pair, ...] = ()
    removed: tuple[engine.Pair, ...] = ()
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()
    loads: Mapping[str, int] = field(default_factory=dict)

    @property
    def token(self) -> str:
        """Of exactly these changes, so that what was looked at is what is done."""
        return hashlib.sha256(repr((self.added, self.removed)).encode()).hexdigest()

    def rows(self, pairs: Iterable[engine.Pair]) -> list[tuple[Proposal, CallReviewer]]:
        return [(self.known.proposals[one], self.known.reviewers[other]) for one, other in pairs]


def _standing(known: facts.Facts) -> dict[engine.Pair, bool]:
    """Pairs whose reviews stand, and whether each is begun."""
    rows = Review.objects.filter(reviewer__call=known.call, state__in=STANDING)
    found = rows.select_related("proposal", "reviewer__person").order_by("pk")
    pairs = {(one.proposal.code, facts.key_of(one.reviewer.person)): one.state in BEGUN for one in found}
    return {pair: begun for pair, begun in pairs.items() if pair[0] in known.proposals}


def _refused(known: facts.Facts) -> frozenset[engine.Pair]:
    """Pairs that were asked for before and came to nothing."""
    rows = Review.objects.filter(reviewer__call=known.call).exclude(state__in=STANDING)
    found = rows.select_related("proposal", "reviewer__person").order_by("pk")
    return frozenset((one.proposal.code, facts.key_of(one.reviewer.person)) for one in found)


def preview(call: ResearchCall) -> Preview:
    """The best assignment that keeps what stands, or what keeps it from being done. Changes nothing but the kept conflicts."""
    known = conflicts.refresh(call)
    now = frozenset(_standing(known))
    task = _task(known, now)
    try:
        found = engine.assign(task)
    except Faulty as faulty:
        return Preview(known, faults=tuple(faulty.faults))
    added = tuple(pair for pair in found.pairs if pair not in now)
    return Preview(known, added=added, loads=found.loads)


def _task(known: facts.Facts, now: frozenset[engine.Pair]) -> engine.Task:
    """Proposals in review, and every reviewer of the pool."""
    wanted = [code for code, one in known.proposals.items() if one.state == "under_review"]
    kept = frozenset(pair for pair in now if pair[0] in wanted)
    barred = engine.barred_pairs(known.conflicts, known.waivers) | (_refused(known) - kept)
    fits = {
        (code, key): engine.affinity(dict.fromkeys(one.tracks, 100), {known.proposals[code].track: 1})
        for code in wanted
        for key, one in known.reviewers.items()
    }
    return engine.Task(
        proposals=tuple(engine.Wanted(code, known.call.reviews_each) for code in wanted),
        reviewers=tuple(
            engine.Reviewer(key, min(one.least, one.most), one.most) for key, one in known.reviewers.items()
        ),
        affinity=fits,
        barred=barred,
        kept=kept,
    )


def read(call: ResearchCall, text: str) -> Preview:
    """What a table would change, with every fault by row and column. Changes nothing but the kept conflicts."""
    known = conflicts.refresh(call)
    now = _standing(known)
    try:
        headings, rows = rows_of(read_text(text))
    except Faulty as faulty:
        return Preview(known, faults=tuple(faulty.faults))
    wanted = {
        code: engine.Wanted(code, call.reviews_each)
        for code, one in known.proposals.items()
        if one.state == "under_review"
    }
    against = engine.Now(
        proposals=wanted,
        reviewers={key: engine.Reviewer(key, one.least, one.most) for key, one in known.reviewers.items()},
        assigned={pair: begun for pair, begun in now.items() if pair[0] in wanted},
        conflicts=known.standing,
    )
    found = engine.read_changes(headings, rows, against)
    return Preview(known, found.added, found.removed, found.faults, found.notes)


@transaction.atomic
def apply(call: ResearchCall, *, by: people.Person, token: str, text: str = "") -> int:
    """Do what was looked at: the engine's assignment, or with `text` the table's changes. Returns how many reviewers are asked.

    Raises Denied, also where something has changed since, and Faulty with every fault.
    """
    locked = ResearchCall.objects.select_for_update(of=("self",)).get(pk=call.pk)
    demand(rules.may_assign(by, locked))
    seen = read(locked, text) if text else preview(locked)
    if seen.faults:
        raise Faulty(list(seen.faults))
    if seen.token != token:
        raise Denied(CHANGED, conflict=True)
    _demand_others(seen, by)
    for code, key in seen.removed:
        found = Review.objects.get(
            proposal=seen.known.proposals[code], reviewer=seen.known.reviewers[key], state="invited"
        )
        workflow.perform(found, "cancel", by=by)
    _invite(locked, seen.rows(seen.added), by=by)
    return len({key for _code, key in seen.added})


def _demand_others(seen: Preview, by: people.Person) -> None:
    """By a table nobody chooses who reviews a proposal of their own; what the engine finds is nobody's choice."""
    touched = {seen.known.proposals[code].pk for code, _key in (*seen.added, *seen.removed)}
    own = Proposal.objects.filter(takes_part_q(by), pk__in=touched)
    if seen.loads == {} and own.exists():
        demand(proposal_rules.OWN_PROPOSAL)


def _invite(call: ResearchCall, pairs: Sequence[tuple[Proposal, CallReviewer]], *, by: people.Person) -> None:
    """All at once; each reviewer is told once."""
    due = clock.today() + timedelta(days=call.review_days)
    Review.objects.bulk_create(
        Review(proposal=proposal, reviewer=reviewer, due_on=due) for proposal, reviewer in pairs
    )
    told: dict[int, Any] = {reviewer.person_id: reviewer.person for _proposal, reviewer in pairs}
    detail = {"pairs": [f"{proposal.code}: {facts.key_of(one.person)}" for proposal, one in pairs]}
    audit.write(by=by, action="research_call.assigned", obj=call, detail=detail)
    telling.tell_invited(call, told.values())


def table(call: ResearchCall, reader: Any) -> list[list[str]]:
    """The pairs that stand, as a table that can be changed and read again; none of the reader's own proposals."""
    own = Proposal.objects.filter(takes_part_q(reader)).values("pk")
    rows = Review.objects.filter(reviewer__call=call, state__in=STANDING).exclude(proposal_id__in=own)
    found = rows.select_related("proposal", "reviewer__person").order_by("proposal__number", "pk")
    return [[one.proposal.code, facts.key_of(one.reviewer.person), "assign"] for one in found]
