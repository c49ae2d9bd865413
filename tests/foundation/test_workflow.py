"""One function moves a state: under lock, for who may, with its trail and its event, or not at all."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from dure.foundation import events, gates, workflow
from dure.foundation.access import ALLOWED, STRANGER, SYSTEM, Actor, Decision, Denied, Hidden, Refused
from dure.foundation.models import AuditEntry, OutboxEvent
from dure.foundation.workflow import (
    Change,
    State,
    StateChanged,
    Transition,
    Workflow,
    decide,
    offers,
    perform,
)
from dure.people.models import Person
from dure.problems.models import Problem
from tests.factories.people import person
from tests.factories.problems import draft_need

NO = Refused("not_yours", "Only its owner can do this.")
EMPTY = Refused("no_reason", "Say why.")
GATE = "test.bell"


def owns(actor: Actor, obj: Any) -> Decision:
    return ALLOWED if actor.pk == obj.owner_id else NO


def has_reason(_obj: Any, data: Mapping[str, Any]) -> Decision:
    return ALLOWED if data.get("reason") else EMPTY


def note(change: Change) -> None:
    change.obj.contact = f"{change.obj.state}: {change.data['reason']}"


RING = Transition("ring", ("draft",), "rung", owns, "Ring", guard=has_reason, effect=note, gate=GATE)
TABLE = Workflow(
    entity="bell",
    label="Bell",
    states=(State("draft", "Draft", frozenset({"open"})), State("rung", "Rung", frozenset({"done"}))),
    transitions=(RING, Transition("mute", ("rung",), "draft", owns, "Mute")),
)


@pytest.fixture(autouse=True)
def _bells(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(Problem, "workflow", TABLE)
    yield
    for check in list(gates._checks.get(GATE, [])):
        gates.unregister(GATE, check)


def refusal(act: Callable[[], Any]) -> Denied:
    with pytest.raises(Denied) as caught:
        act()
    return caught.value


def trail() -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(action__startswith="bell."))


@pytest.mark.django_db
def test_a_move_changes_state_row_trail_and_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "_handlers", {})
    events.subscribe(StateChanged, lambda _event: None)
    problem = draft_need()
    before = problem.state_since
    moved = perform(problem, "ring", by=problem.owner, data={"reason": "noon", "from": "elsewhere"})
    assert (moved.state, moved.contact, moved.state_label) == ("rung", "draft: noon", "Rung")
    assert moved.state_since > before
    assert moved.state_tags == {"done"}
    (entry,) = trail()
    assert (entry.action, entry.actor, entry.uid) == ("bell.ring", problem.owner, problem.uid)
    assert entry.detail == {"from": "draft", "to": "rung", "reason": "noon"}
    told = OutboxEvent.objects.get().payload
    assert (told["entity"], told["source"], told["target"], told["by"]) == (
        "bell",
        "draft",
        "rung",
        problem.owner.pk,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("action", "by", "data", "reason", "conflict"),
    [
        ("ring", "stranger", {"reason": "x"}, "not_yours", False),
        ("ring", "other", {"reason": "x"}, "not_yours", False),
        ("ring", "owner", {}, "no_reason", False),
        ("ring", "owner", None, "no_reason", False),
        ("mute", "owner", {}, "wrong_state", True),
        ("unknown", "owner", {}, "wrong_state", True),
    ],
)
def test_a_refusal_says_why_and_changes_nothing(
    action: str, by: str, data: dict[str, Any] | None, reason: str, *, conflict: bool
) -> None:
    problem = draft_need()
    actor: Any = {"stranger": STRANGER, "other": person(), "owner": problem.owner}[by]
    denied = refusal(lambda: perform(problem, action, by=actor, data=data))
    problem.refresh_from_db()
    assert (denied.refused.reason, denied.conflict) == (reason, conflict)
    assert (problem.state, problem.contact, trail()) == ("draft", "02-000-0000", [])


@pytest.mark.django_db
def test_a_gate_refuses_inside_the_move_and_is_seen_beforehand() -> None:
    problem = draft_need()
    shut = Refused("ethics", "Ethics review is pending.")
    gates.register(GATE, lambda _obj, _by: shut)
    assert [offer.decision for offer in offers(problem, by=problem.owner)] == [shut]
    assert refusal(lambda: perform(problem, "ring", by=SYSTEM, data={"reason": "x"})).refused == shut


@pytest.mark.django_db
def test_offers_ask_who_but_not_yet_what() -> None:
    problem = draft_need()
    assert [offer.decision for offer in offers(problem, by=problem.owner)] == [ALLOWED]
    assert [offer.decision for offer in offers(problem, by=STRANGER)] == [NO]
    assert decide(problem, "ring", by=problem.owner, data={}) == EMPTY


@pytest.mark.django_db
def test_an_effect_that_fails_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(change: Change) -> None:
        change.obj.contact = "half"
        change.obj.save()
        raise RuntimeError

    table = replace(TABLE, transitions=(replace(RING, effect=broken),))
    monkeypatch.setattr(Problem, "workflow", table)
    problem = draft_need()
    with pytest.raises(RuntimeError):
        perform(problem, "ring", by=problem.owner, data={"reason": "x"})
    problem.refresh_from_db()
    assert (problem.state, problem.contact, trail()) == ("draft", "02-000-0000", [])


@pytest.mark.django_db
def test_what_is_gone_is_hidden() -> None:
    problem = draft_need()
    Problem.objects.filter(pk=problem.pk).delete()
    with pytest.raises(Hidden):
        perform(problem, "ring", by=problem.owner, data={"reason": "x"})


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_exactly_one_wins() -> None:
    problem = draft_need()
    start, won, lost = Barrier(2, timeout=20), list[str](), list[Denied]()

    def ring(by: Person) -> None:
        try:
            start.wait()
            won.append(perform(problem, "ring", by=by, data={"reason": "race"}).state)
        except Denied as denied:
            lost.append(denied)
        finally:
            connection.close()

    threads = [Thread(target=ring, args=[problem.owner]) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert won == ["rung"]
    assert [denied.conflict for denied in lost] == [True]
    assert len(trail()) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"states": (State("draft", ""), State("draft", ""), State("rung", ""))},
        {"transitions": (RING, replace(RING, target="draft"))},
        {"transitions": (replace(RING, target="melted"),)},
        {"transitions": (replace(RING, sources=("melted",)),)},
    ],
)
def test_a_table_that_cannot_be_meant_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="bell"):
        replace(TABLE, **wrong)


@pytest.mark.parametrize("table", workflow.WORKFLOWS.values(), ids=lambda table: table.entity)
def test_every_state_of_a_real_table_can_be_reached_and_left_or_is_an_end(table: Workflow) -> None:
    reached, grown = {table.first.name}, True
    while grown:
        onward = {t.target for t in table.transitions if reached & set(t.sources)}
        reached, grown = reached | onward, bool(onward - reached)
    assert reached == set(table.by_name)
    left = {source for t in table.transitions for source in t.sources}
    assert [s.name for s in table.states if s.name not in left and "done" not in s.tags] == []
