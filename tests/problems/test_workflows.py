"""Every transition of every workflow with every kind of person: who may is written down here, so a change of rule is noticed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from dure.farm.models import Allocation, AllocationChange, Contribution
from dure.foundation import clock, files, workflow
from dure.foundation.access import ALLOWED, STRANGER, SYSTEM, Denied, Refused, Role
from dure.people.models import Membership, Person
from dure.problems.actions import challenges, workrooms
from dure.problems.models import (
    AnswerVersion,
    Award,
    Challenge,
    Decision,
    Defect,
    Deliverable,
    Milestone,
    Problem,
    Rescore,
    ScorerVersion,
    Team,
    TeamMember,
)
from tests.factories.people import member, organisation, person
from tests.factories.problems import accepted_need

pytestmark = pytest.mark.django_db

KINDS = (
    "stranger",
    "unrelated",
    "rival",
    "colleague",
    "owner",
    "representative",
    "curator",
    "secretariat",
    "auditor",
    "operator",
    "host",
    "team_member",
    "solver",
)
OWNERS = {"owner", "representative"}
DESK = {"secretariat"}
CURATORS = {"curator", "secretariat"}
HOSTS = {"owner", "host", "curator", "secretariat"}
"""Whoever prepares a challenge makes the need's owner and curator its hosts."""

NOBODY: set[str] = set()
SOLVERS = {"solver"}
PARTIES = OWNERS | SOLVERS
SPEAKERS = {"representative"}
"""Of the organisation that gives capacity or is granted hours; a colleague asked for those."""

EXPECTED: dict[str, set[str]] = {
    "problem.post": OWNERS,
    "problem.ask": DESK,
    "problem.answer": OWNERS,
    "problem.accept": DESK,
    "problem.decline": DESK,
    "problem.merge": DESK,
    "problem.open": CURATORS,
    "problem.deliver": CURATORS,
    "problem.return": OWNERS,
    "problem.solve": OWNERS,
    "problem.give_up": CURATORS,
    "problem.withdraw": OWNERS,
    "challenge.open": HOSTS,
    "challenge.close": HOSTS,
    "challenge.finish": HOSTS,
    "challenge.cancel": HOSTS,
    "award.hand_in": {"team_member"},
    "award.return": HOSTS,
    "award.accept": HOSTS,
    "award.decline": HOSTS,
    "workroom.propose_plan": SOLVERS,
    "workroom.agree_plan": OWNERS,
    "workroom.change_plan": OWNERS,
    "workroom.take": NOBODY,
    "workroom.start_pilot": OWNERS,
    "workroom.skip_pilot": OWNERS,
    "workroom.end_pilot": OWNERS,
    "workroom.work_on": OWNERS,
    "workroom.ask_paid": NOBODY,
    "workroom.answer_paid": OWNERS,
    "workroom.abandon": OWNERS | CURATORS,
    "milestone.finish": SOLVERS,
    "milestone.confirm": OWNERS,
    "milestone.return": OWNERS,
    "milestone.move": PARTIES,
    "milestone.drop": PARTIES,
    "deliverable.hand_over": SOLVERS,
    "deliverable.take_back": SOLVERS,
    "deliverable.try": OWNERS,
    "deliverable.accept": OWNERS,
    "deliverable.return": OWNERS,
    "deliverable.replace": NOBODY,
    "defect.mend": SOLVERS,
    "defect.settle": OWNERS,
    "defect.reopen": OWNERS,
    "defect.drop": OWNERS,
    "contribution.offer": SPEAKERS,
    "contribution.accept": DESK,
    "contribution.return": DESK,
    "contribution.withdraw": SPEAKERS,
    "contribution.end": SPEAKERS | DESK,
    "contribution.run_out": NOBODY,
    "allocation.approve": DESK,
    "allocation.refuse": DESK,
    "allocation.withdraw": SPEAKERS | {"colleague"},
    "allocation.begin": NOBODY,
    "allocation.warn": NOBODY,
    "allocation.extend": NOBODY,
    "allocation.expire": NOBODY,
    "allocation.revoke": DESK,
    "allocation_change.approve": DESK,
    "allocation_change.refuse": DESK,
    "allocation_change.withdraw": SPEAKERS | {"colleague"},
    "decision.agree": OWNERS,
    "decision.turn_down": OWNERS,
}
"""The decision of the walk is proposed by the solvers, so the owner's side answers it."""

STEPS = [
    pytest.param(table.entity, step, source, id=f"{table.entity}.{step.action} from {source}")
    for table in workflow.WORKFLOWS.values()
    for step in table.transitions
    for source in step.sources
]


@dataclass
class Scene:
    """One need with a bare challenge and a bare room, and everybody around it."""

    people: dict[str, Any]
    objects: dict[str, Any]


def _people() -> dict[str, Any]:
    found: dict[str, Any] = {kind: person() for kind in KINDS if kind != "stranger"}
    for role in (Role.SECRETARIAT, Role.AUDITOR, Role.OPERATOR):
        found[str(role)] = person(roles=[role])
    member(found["rival"], organisation(), Membership.Role.REPRESENTATIVE)
    return {**found, "stranger": STRANGER}


def _room(problem: Problem, curator: Person, solver: Person) -> dict[str, Any]:
    room = workrooms.open_room(by=curator, problem=problem, solvers=[solver])
    version = Deliverable.objects.create(workroom=room, number=1)
    defect = Defect.objects.create(
        workroom=room, deliverable=version, number=1, title="d", reported_by=problem.owner, severity="minor"
    )
    decision = Decision.objects.create(workroom=room, number=1, title="d", side="solvers", proposed_by=solver)
    milestone = Milestone.objects.create(workroom=room, title="m", due_on=clock.today())
    parts = {"deliverable": version, "defect": defect, "decision": decision, "milestone": milestone}
    return {"workroom": room, **parts}


def _challenge(problem: Problem, curator: Person, host: Person, competitor: Person) -> dict[str, Any]:
    challenge = challenges.create_challenge(by=curator, problem=problem, slug=f"walk-{problem.pk}")
    challenge.hosts.add(host)
    team = Team.objects.create(challenge=challenge, name="t")
    TeamMember.objects.create(challenge=challenge, team=team, person=competitor, is_lead=True)
    award = Award.objects.create(challenge=challenge, team=team, place=1, due_at=clock.now())
    return {"challenge": challenge, "award": award}


@pytest.fixture
def scene() -> Scene:
    found = _people()
    problem = accepted_need(owner=found["owner"], curator=found["curator"], audience="private")
    assert problem.organisation is not None
    member(found["colleague"], problem.organisation)
    member(found["representative"], problem.organisation, Membership.Role.REPRESENTATIVE)
    objects = {
        **_challenge(problem, found["curator"], found["host"], found["team_member"]),
        **_hung_on(problem, found),
    }
    return Scene(found, {"problem": problem, **objects, **_shared(found, problem.organisation)})


def _shared(found: dict[str, Any], firm: Any) -> dict[str, Any]:
    """A machine the organisation gives, hours that a colleague asked for, and a change of them."""
    given = Contribution.objects.create(
        organisation=firm, offered_by=found["representative"], node_name="n", cores=1, starts_on=clock.today()
    )
    days = {"starts_on": clock.today(), "ends_on": clock.today()}
    hours = Allocation.objects.create(
        organisation=firm, requested_by=found["colleague"], hours=1, purpose="p", **days
    )
    change = AllocationChange.objects.create(
        allocation=hours,
        is_renewal=False,
        requested_by=found["colleague"],
        hours=2,
        ends_on=clock.today(),
        purpose="p",
    )
    return {"contribution": given, "allocation": hours, "allocation_change": change}


def _hung_on(problem: Problem, found: dict[str, Any]) -> dict[str, Any]:
    """A room hangs on a need that is open; the walk sets every state itself."""
    Problem.objects.filter(pk=problem.pk).update(state="open")
    return _room(problem, found["curator"], found["solver"])


def at_state(obj: Any, state: str) -> Any:
    """The object as if it had come this way: only the walk writes a state like this."""
    type(obj).objects.filter(pk=obj.pk).update(state=state)
    return type(obj).objects.get(pk=obj.pk)


def test_the_table_names_exactly_the_transitions_there_are() -> None:
    known = {
        f"{table.entity}.{step.action}" for table in workflow.WORKFLOWS.values() for step in table.transitions
    }
    assert known == set(EXPECTED)


@pytest.mark.parametrize(("entity", "step", "source"), STEPS)
def test_who_may_take_each_step(entity: str, step: workflow.Transition, source: str, scene: Scene) -> None:
    obj = at_state(scene.objects[entity], source)
    may = {kind for kind in KINDS if workflow.decide(obj, step.action, by=scene.people[kind]) is ALLOWED}
    assert may == EXPECTED[f"{entity}.{step.action}"]
    for kind in set(KINDS) - may:
        with pytest.raises(Denied) as refused:
            workflow.perform(obj, step.action, by=scene.people[kind])
        assert str(refused.value.refused.message)
        assert not refused.value.conflict
    assert type(obj).objects.get(pk=obj.pk).state == source


@pytest.mark.parametrize(("entity", "step", "source"), STEPS)
def test_nothing_moves_from_a_state_the_table_does_not_name(
    entity: str, step: workflow.Transition, source: str, scene: Scene
) -> None:
    table = scene.objects[entity].workflow
    others = [
        state.name
        for state in table.states
        if not any(t.action == step.action and state.name in t.sources for t in table.transitions)
    ]
    for other in others:
        obj = at_state(scene.objects[entity], other)
        with pytest.raises(Denied) as refused:
            workflow.perform(obj, step.action, by=SYSTEM)
        assert refused.value.conflict


def _bare(scene: Scene) -> None:
    """Nothing is written, added or planned yet, so that every guard has something to miss."""
    blank = {f"{name}_{code}": "" for name in ("title", "hurts", "data", "worth") for code in ("ko", "en")}
    Problem.objects.filter(pk=scene.objects["problem"].pk).update(
        contact="", sensitivity="", route="challenge", **blank
    )
    Challenge.objects.filter(pk=scene.objects["challenge"].pk).update(metric="")


def _still_scoring(scene: Scene) -> None:
    challenge, host = scene.objects["challenge"], scene.people["host"]
    blob = files.put_bytes(b"answers")
    answers = AnswerVersion.objects.create(
        challenge=challenge, number=1, blob=blob, rows=1, public_rows=1, created_by=host
    )
    scorer = ScorerVersion.objects.create(
        challenge=challenge, number=1, metric="rmse", digest="0" * 64, created_by=host
    )
    versions = {"answers_from": answers, "answers_to": answers, "scorer_from": scorer, "scorer_to": scorer}
    Rescore.objects.create(challenge=challenge, by=host, **versions)


def _taken(scene: Scene) -> None:
    """Somebody else gives this machine already."""
    given = scene.objects["contribution"]
    Contribution.objects.create(
        organisation=given.organisation,
        offered_by=given.offered_by,
        node_name=given.node_name,
        starts_on=given.starts_on,
        state="accepted",
    )


def _past(scene: Scene) -> None:
    day = clock.today() - timedelta(days=1)
    Allocation.objects.filter(pk=scene.objects["allocation"].pk).update(starts_on=day, ends_on=day)


BEFORE: dict[str, Callable[[Scene], Any]] = {
    "contribution.offer": lambda _scene: Contribution.objects.update(cores=0),
    "contribution.accept": _taken,
    "allocation.approve": _past,
    "challenge.finish": _still_scoring,
    "workroom.propose_plan": lambda _scene: Milestone.objects.update(state="dropped"),
    "deliverable.return": lambda _scene: Defect.objects.update(state="settled"),
}


@pytest.mark.parametrize(
    ("entity", "step", "source"), [case for case in STEPS if getattr(case.values[1], "guard", None)]
)
def test_every_guard_refuses_when_nothing_was_given(
    entity: str, step: workflow.Transition, source: str, scene: Scene
) -> None:
    _bare(scene)
    if prepare := BEFORE.get(f"{entity}.{step.action}"):
        prepare(scene)
    obj = at_state(scene.objects[entity], source)
    decision = workflow.decide(obj, step.action, by=SYSTEM, data={})
    assert isinstance(decision, Refused)
    with pytest.raises(Denied) as refused:
        workflow.perform(obj, step.action, by=SYSTEM)
    assert refused.value.refused.reason == decision.reason
    assert type(obj).objects.get(pk=obj.pk).state == source
