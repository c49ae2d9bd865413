"""Deciding a call: the board with exact means, what the printed rule proposes, verdicts, and the waiting list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dure.alliance.calls import rules, telling
from dure.alliance.models import Proposal, ResearchCall
from dure.alliance.reviews import scoring
from dure.engines import reviewing as engine
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, workflow
from dure.foundation.access import SYSTEM, Denied, Refused, demand
from dure.people import api as people

OF_RULE: Final[Mapping[str, str]] = {"accepted": "accept", "waiting": "reserve", "declined": "decline"}
MEANWHILE: Final = Refused(
    "verdict_changed", _("Somebody else has decided this meanwhile. Look at it again.")
)


@dataclass(frozen=True, slots=True)
class Line:
    """A proposal on the board: what reviewers gave it, what it asks for, what the rule proposes."""

    proposal: Proposal
    summary: engine.Summary | None
    asked: int
    proposed: str

    @property
    def mean(self) -> str | None:
        return scoring.said(self.summary.mean) if self.summary else None

    @property
    def spread(self) -> str | None:
        return f"{self.summary.spread:.2f}" if self.summary and self.summary.spread is not None else None


@dataclass(frozen=True, slots=True)
class Board:
    """All that is discussed, the highest mean first; `left` is what the rule leaves of the ceiling, `given` what verdicts give."""

    lines: tuple[Line, ...]
    left: int
    tied: tuple[str, ...]
    rule: tuple[Any, ...]

    @property
    def given(self) -> int:
        return sum(line.asked for line in self.lines if line.proposal.verdict == "accept")

    @property
    def open(self) -> int:
        """How many have no verdict yet."""
        return sum(not line.proposal.verdict for line in self.lines)


def rule_of(call: ResearchCall, ceiling: int | None = None) -> engine.FundingRule:
    """What the call printed when it opened; `ceiling` where only some of the money is to be given."""
    when_full = next(one for one in ("stop", "skip") if one == call.when_full)
    return engine.FundingRule(
        ceiling=call.ceiling if ceiling is None else ceiling,
        least=None if call.least_score is None else Fraction(call.least_score),
        when_full="stop" if when_full == "stop" else "skip",
    )


def _rows(call: ResearchCall, state: str) -> "QuerySet[Proposal]":
    rows = call.proposals.filter(state=state).select_related("organisation", "call")
    return rows.prefetch_related("partners").order_by("number", "pk")


def asked_by(proposal: Proposal) -> int:
    """In won, from partners that were read before."""
    return sum(one.budget for one in proposal.partners.all() if one.answer == "confirmed")


def board(call: ResearchCall) -> Board:
    """Of all proposals under discussion; a fixed number of queries."""
    found, means = list(_rows(call, "discussion")), scoring.summaries(call)
    funding = _decided(call, found, means, call.ceiling)
    said = dict.fromkeys(funding.accepted, "accepted") | dict.fromkeys(funding.declined, "declined")
    said |= {key: "waiting" for layer in funding.waiting for key in layer}
    lines = [
        Line(one, means.get(one.pk), asked_by(one), said.get(one.code, "tied" if one.pk in means else ""))
        for one in found
    ]
    lines.sort(key=lambda line: (-line.summary.mean if line.summary else 1, line.proposal.number or 0))
    return Board(tuple(lines), funding.left, tuple(funding.tied), engine.funding_said(rule_of(call)))


def _decided(
    call: ResearchCall, found: Iterable[Proposal], means: Mapping[int, engine.Summary], ceiling: int
) -> engine.Funding:
    scored = [one for one in found if one.pk in means]
    asks = [engine.Ask(one.code, means[one.pk].mean, asked_by(one)) for one in scored]
    return engine.decide(rule_of(call, ceiling), asks, chair=_order(scored))


def _order(found: Iterable[Proposal]) -> Sequence[str]:
    """The order in which the chair has put equal ones."""
    ranked = [one for one in found if one.rank is not None]
    return [one.code for one in sorted(ranked, key=lambda one: (one.rank or 0, one.number or 0))]


@transaction.atomic
def rank(call: ResearchCall, *, by: people.Person, order: Sequence[str]) -> None:
    """Put equal ones in an order, by their codes. Raises Denied, Faulty."""
    locked = _locked(call, by)
    known = {one.code: one for one in _rows(locked, "discussion")}
    faults = [
        Fault("call_code_unknown", {"value": code[:20]}, place="order") for code in order if code not in known
    ]
    faults += [Fault("call_code_twice", place="order")] if len(set(order)) < len(order) else []
    if faults:
        raise Faulty(faults)
    locked.proposals.filter(state="discussion").update(rank=None)
    for at, code in enumerate(order, start=1):
        Proposal.objects.filter(pk=known[code].pk).update(rank=at)
    audit.write(by=by, action="research_call.ranked", obj=locked, detail={"order": list(order)})


@transaction.atomic
def take_over(call: ResearchCall, *, by: people.Person, messages: Mapping[str, str]) -> int:
    """Give every proposal without a verdict the one that the rule proposes; tied ones wait. Returns how many got one.

    Raises Denied.
    """
    locked = _locked(call, by)
    made = 0
    for at, line in enumerate(board(locked).lines, start=1):
        verdict = OF_RULE.get(line.proposed)
        if line.proposal.verdict or verdict is None:
            continue
        _write(line.proposal, by=by, verdict=verdict, message=messages[verdict], at=at)
        made += 1
    return made


@transaction.atomic
def decide(proposal: Proposal, *, by: people.Person, verdict: str, message: str, was: str = "") -> Proposal:
    """Say what is to be announced. `was` is the verdict that the decider saw: whoever comes second is told.

    Raises Denied, Faulty.
    """
    call = _locked(proposal.call, by)
    locked = Proposal.objects.select_for_update(of=("self",)).select_related("call").get(pk=proposal.pk)
    demand(rules.is_discussed(locked))
    if locked.verdict != was:
        raise Denied(MEANWHILE, conflict=True)
    faults = [] if message.strip() else [Fault("call_no_message", place="message")]
    if verdict not in Proposal.Verdict.values:
        faults.append(Fault("call_verdict_unknown", place="verdict"))
    if faults:
        raise Faulty(faults)
    last = call.proposals.filter(state="discussion").count()
    _write(locked, by=by, verdict=verdict, message=message, at=last)
    return locked


def _write(proposal: Proposal, *, by: people.Person, verdict: str, message: str, at: int) -> None:
    proposal.verdict, proposal.message, proposal.verdict_by = verdict, message.strip(), by
    if proposal.rank is None:
        proposal.rank = at
    proposal.save(update_fields=["verdict", "message", "verdict_by", "rank"])
    audit.write(by=by, action="proposal.verdict", obj=proposal, detail={"verdict": verdict})


def _locked(call: ResearchCall, by: people.Person) -> ResearchCall:
    """One after the other decides on a call."""
    locked = ResearchCall.objects.select_for_update(of=("self",)).get(pk=call.pk)
    demand(rules.may_decide(by, locked))
    return locked


def free_money(call: ResearchCall, *, but: Proposal | None = None) -> int:
    """What accepted and awarded proposals leave of the ceiling; `but` one that is about to leave."""
    taken = [*_rows(call, "accepted"), *_rows(call, "awarded")]
    return call.ceiling - sum(asked_by(one) for one in taken if but is None or one.pk != but.pk)


def move_up(call: ResearchCall, *, but: Proposal) -> None:
    """Give freed money to the waiting list by the same rule; the secretariat is told where a tie waits for it."""
    waiting = list(_rows(call, "waitlisted"))
    if not waiting:
        return
    funding = _decided(call, waiting, scoring.summaries(call), max(0, free_money(call, but=but)))
    known = {one.code: one for one in waiting}
    for code in funding.accepted:
        workflow.perform(known[code], "accept", by=SYSTEM, data={"freed_by": but.code})
    if funding.tied:
        telling.tell_secretariat(telling.TIED, call)
