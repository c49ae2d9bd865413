"""Conflicts of interest: found from what is known of people, each with its reason; which may be waived, and which are."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from dure.engines.faults import Fault
from dure.engines.reviewing.values import (
    Conflict,
    Declared,
    Kind,
    Pair,
    Person,
    Policy,
    Proposal,
    Spell,
    Waiver,
)


def conflicts(
    reviewers: Iterable[Person],
    proposals: Sequence[Proposal],
    *,
    declared: Collection[Declared] = (),
    policy: Policy,
) -> tuple[Conflict, ...]:
    """Every conflict between these reviewers and these proposals, in a fixed order, each reason once."""
    told = frozenset((one.person, one.against, one.key) for one in declared)
    found = {
        Conflict(proposal.key, reviewer.key, kind, person, over, kind in policy.waivable)
        for reviewer in reviewers
        for proposal in proposals
        for kind, person, over in _reasons(reviewer, proposal, told, policy)
    }
    return tuple(sorted(found))


Reason = tuple[Kind, str, str]
"""Kind, person, and organisation or project."""
Told = frozenset[tuple[str, str, str]]


def _reasons(reviewer: Person, proposal: Proposal, told: Told, policy: Policy) -> Iterator[Reason]:
    yield from _of_organisations(reviewer, proposal, policy)
    if (reviewer.key, "proposal", proposal.key) in told:
        yield "declared", "", ""
    for organisation in _partners(proposal, policy.on):
        if (reviewer.key, "organisation", organisation) in told:
            yield "declared", "", organisation
    for person in proposal.people:
        if person.key == reviewer.key:
            yield "own", person.key, ""
        else:
            yield from _of_people(reviewer, person, told, policy)


def _of_people(reviewer: Person, person: Person, told: Told, policy: Policy) -> Iterator[Reason]:
    if reviewer.key in person.advisors or person.key in reviewer.advisors:
        yield "advisor", person.key, ""
    if {(reviewer.key, "person", person.key), (person.key, "person", reviewer.key)} & told:
        yield "declared", person.key, ""
    for one in reviewer.projects:
        for other in person.projects:
            if one.key == other.key and _together_since(one, other, policy):
                yield "project", person.key, one.key
    for organisation in _now(reviewer, policy.on):
        if (person.key, "organisation", organisation) in told:
            yield "declared", person.key, organisation


def _of_organisations(reviewer: Person, proposal: Proposal, policy: Policy) -> Iterator[Reason]:
    """The same organisation now; or one side is there now and the other left within the years."""
    mine, theirs = _now(reviewer, policy.on), _partners(proposal, policy.on)
    for organisation in mine & theirs:
        yield "organisation", "", organisation
    for organisation in (_left(reviewer, policy) & theirs) - mine:
        yield "former_organisation", reviewer.key, organisation
    for person in proposal.people:
        for organisation in (_left(person, policy) & mine) - theirs:
            yield "former_organisation", person.key, organisation


def _partners(proposal: Proposal, on: date) -> frozenset[str]:
    return proposal.partners.union(*(_now(person, on) for person in proposal.people))


def _now(person: Person, on: date) -> frozenset[str]:
    """Organisations that the person has not left; one that is agreed and begins later is among them."""
    return frozenset(spell.key for spell in person.organisations if spell.ends is None or spell.ends >= on)


def _left(person: Person, policy: Policy) -> frozenset[str]:
    since = years_before(policy.on, policy.years)
    left = frozenset(
        spell.key for spell in person.organisations if spell.ends and since <= spell.ends < policy.on
    )
    return left - _now(person, policy.on)


def _together_since(one: Spell, other: Spell, policy: Policy) -> bool:
    """Whether both were there on the same day, within the years."""
    begins = max(one.starts or date.min, other.starts or date.min)
    ends = min(one.ends or date.max, other.ends or date.max)
    return begins <= ends and years_before(policy.on, policy.years) <= ends


def years_before(day: date, years: int) -> date:
    """The same day of an earlier year; of 29 February the 28th where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def barred_pairs(found: Iterable[Conflict], waivers: Collection[Waiver] = ()) -> frozenset[Pair]:
    """The pairs that must not be made: with a conflict that is not waived. Waiving what cannot be waived changes nothing."""
    return frozenset(
        (one.proposal, one.reviewer)
        for one in found
        if not (one.is_waivable and Waiver(one.proposal, one.reviewer, one.kind) in waivers)
    )


def waiver_faults(found: Collection[Conflict], waivers: Iterable[Waiver]) -> list[Fault]:
    """What is wrong with waivers: of a kind that nobody may waive, or where there is nothing to waive."""
    kinds = {Waiver(one.proposal, one.reviewer, one.kind): one.is_waivable for one in found}
    faults = []
    for waiver in waivers:
        if not kinds.get(waiver, False):
            code = "review_waiver_refused" if waiver in kinds else "review_waiver_empty"
            faults.append(Fault(code, {"reviewer": waiver.reviewer}, place=waiver.proposal))
    return faults
