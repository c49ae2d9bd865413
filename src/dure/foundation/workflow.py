"""Workflow as data: a table of transitions per entity, and one function that performs them.

`perform` is the only writer of `state`. It locks the row, asks the rule, runs guard and gates, changes, writes the audit row and
records the event, all in one transaction. Lists, dashboards and reminders use the tags of states, never their names.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.foundation import audit, clock, events, gates
from dure.foundation.access import ALLOWED, SYSTEM, Actor, Decision, Denied, Hidden, Refused, Rule

M = TypeVar("M", bound="Stateful")
Guard = Callable[[Any, Mapping[str, Any]], Decision]


@dataclass(frozen=True, slots=True)
class State:
    """A state with its label and its tags: `open`, `running` or `done`, and `waiting_on:<who>`."""

    name: str
    label: str | Promise
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Change:
    """What an effect is handed: the locked object, who acts and the data that came with the action."""

    obj: Any
    by: Actor
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Transition:
    """One permitted move. `hurts` asks the person to confirm; `gate` names a precondition that a higher floor may fill."""

    action: str
    sources: tuple[str, ...]
    target: str
    actor: Rule
    label: str | Promise
    guard: Guard | None = None
    effect: Callable[[Change], None] | None = None
    gate: str | None = None
    hurts: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """An action as it stands for one person: what a page shows as a button, or as the reason there is none."""

    transition: Transition
    decision: Decision


@dataclass(frozen=True)
class Workflow:
    """The table of one entity."""

    entity: str
    label: str | Promise
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    by_name: Mapping[str, State] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {state.name: state for state in self.states})
        moves = [(source, t.action) for t in self.transitions for source in t.sources]
        named = {name for t in self.transitions for name in (*t.sources, t.target)}
        if len(self.by_name) < len(self.states) or len(set(moves)) < len(moves) or named - set(self.by_name):
            raise ValueError(f"{self.entity}: a state or a move stands twice, or a move names no state")

    @property
    def first(self) -> State:
        """The state that a new row is in."""
        return self.states[0]

    @property
    def choices(self) -> list[tuple[str, str | Promise]]:
        return [(state.name, state.label) for state in self.states]

    def tagged(self, tag: str) -> list[str]:
        """Names of the states that carry a tag."""
        return [state.name for state in self.states if tag in state.tags]

    def find(self, state: str, action: str) -> Transition | None:
        return next((t for t in self.transitions if t.action == action and state in t.sources), None)


def tags(*names: str) -> frozenset[str]:
    """The tags of a state, as tables write them."""
    return frozenset(names)


def has_reason(_obj: Any, data: Mapping[str, Any]) -> Decision:
    """A guard of moves that need a reason."""
    given = str(data.get("reason", "")).strip()
    return ALLOWED if given else Refused("no_reason", _("Give a reason; the people concerned will read it."))


WORKFLOWS: dict[str, Workflow] = {}


def register(workflow: Workflow) -> Workflow:
    """Put a table where the walk test, the docs and the diagrams find it."""
    WORKFLOWS[workflow.entity] = workflow
    return workflow


class Stateful(models.Model):
    """A row whose `state` follows a workflow; each model names its table in `workflow`."""

    workflow: Workflow
    state = models.CharField(max_length=32)
    state_since = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True

    @property
    def state_label(self) -> str:
        return str(self.workflow.by_name[self.state].label)

    @property
    def state_tags(self) -> frozenset[str]:
        return self.workflow.by_name[self.state].tags


@dataclass(frozen=True, slots=True)
class StateChanged(events.Event):
    """Any workflow moved an object."""

    entity: str
    uid: str
    action: str
    source: str
    target: str
    by: int | None


WRONG_STATE = Refused("wrong_state", _("This has already moved on; reload the page to see where it stands."))


def decide(obj: Stateful, action: str, *, by: Actor, data: Mapping[str, Any] | None = None) -> Decision:
    """Whether `by` could perform `action` now, without changing anything. With `data` the guard is asked too."""
    transition = obj.workflow.find(obj.state, action)
    if transition is None:
        return WRONG_STATE
    decision = ALLOWED if by is SYSTEM else transition.actor(by, obj)
    if decision and data is not None and transition.guard:
        decision = transition.guard(obj, data)
    if decision and transition.gate:
        decision = gates.check(transition.gate, obj, by)
    return decision


def offers(obj: Stateful, *, by: Actor) -> list[Offer]:
    """Every action that leads out of the present state, each with its decision for this actor."""
    leaving = (t for t in obj.workflow.transitions if obj.state in t.sources)
    return [Offer(t, decide(obj, t.action, by=by)) for t in leaving]


@transaction.atomic
def perform(obj: M, action: str, *, by: Actor, data: Mapping[str, Any] | None = None) -> M:
    """Make one move and return the fresh row. Raises Denied with the reason, Hidden when the row is gone; then nothing has changed.

    The effect sees the row in its old state; what it sets on the row is saved with the new one.
    """
    data = data or {}
    rows = type(obj)._default_manager.select_for_update(of=("self",))  # noqa: SLF001 - Django's documented name
    locked = rows.filter(pk=obj.pk).first()
    if locked is None:
        raise Hidden(str(obj.pk))
    _refuse_unless_possible(locked, action, by=by, data=data)
    transition = locked.workflow.find(locked.state, action)
    assert transition is not None  # noqa: S101 - decide() has just said so
    source = locked.state
    if transition.effect:
        transition.effect(Change(locked, by, data))
    _move(locked, transition.target)
    _tell(locked, transition, source=source, by=by, data=data)
    return locked


def _refuse_unless_possible(obj: Stateful, action: str, *, by: Actor, data: Mapping[str, Any]) -> None:
    decision = decide(obj, action, by=by, data=data)
    if isinstance(decision, Refused):
        raise Denied(decision, conflict=decision is WRONG_STATE)


def _move(obj: Stateful, target: str) -> None:
    obj.state = target
    obj.state_since = clock.now()
    obj.save()


def _tell(obj: Any, transition: Transition, *, source: str, by: Actor, data: Mapping[str, Any]) -> None:
    entity = obj.workflow.entity
    audit.write(
        by=by,
        action=f"{entity}.{transition.action}",
        obj=obj,
        detail={**data, "from": source, "to": obj.state},
    )
    events.record(
        StateChanged(
            entity=entity,
            uid=str(obj.uid),
            action=transition.action,
            source=source,
            target=obj.state,
            by=by.pk,
        )
    )
