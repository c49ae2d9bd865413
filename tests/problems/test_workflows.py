"""Every transition of every workflow with every kind of person: who may is written down here, so a change of rule is noticed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from dure.farm.models import Allocation, AllocationChange, Contribution
from dure.foundation import clock, files, workflow
from dure.foundation.access import ALLOWED, STRANGER, SYSTEM, Denied, Refused, Role
from dure.learn.models import (
    Cohort,
    Course,
    CourseVersion,
    Credential,
    Enrolment,
    PartnerCourse,
    PartnerPlace,
    PartnerSeats,
    Place,
    Recognition,
    SeatBlock,
)
from dure.people.models import Circle, Membership, Person
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
from tests.alliance import ledger_scene
from tests.alliance import scene as alliance_scene
from tests.alliance.calls import scene as calls_scene
from tests.alliance.ethics import scene as ethics_scene
from tests.alliance.meetings import scene as meetings_scene
from tests.factories.people import member, organisation, person
from tests.factories.problems import accepted_need
from tests.talent import scene as talent_scene
from tests.talent.applications import scene as applications

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
TEACHERS = {"host", "secretariat"}
SPEAKERS = {"representative"}
MANAGERS = SPEAKERS | DESK
"""Of the organisation that gives capacity or is granted hours; a colleague asked for those."""
CARERS = MANAGERS | {"colleague"}
"""The colleague supervises the solver's stay."""

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
    "course.open": TEACHERS,
    "course.close": TEACHERS,
    "course_version.pass": NOBODY,
    "course_version.fail": NOBODY,
    "course_version.publish": TEACHERS,
    "enrolment.complete": NOBODY,
    "enrolment.leave": {"solver"},
    "enrolment.return": {"solver"},
    "cohort.open": TEACHERS,
    "cohort.begin": TEACHERS,
    "cohort.end": TEACHERS,
    "cohort.call_off": TEACHERS,
    "place.accept": TEACHERS,
    "place.queue": TEACHERS,
    "place.admit": NOBODY,
    "place.decline": TEACHERS,
    "place.withdraw": {"solver"},
    "place.apply_again": {"solver"},
    "place.remove": TEACHERS,
    "place.finish": NOBODY,
    "partner_course.list": MANAGERS,
    "partner_course.close": MANAGERS,
    "partner_place.give": MANAGERS,
    "partner_place.decline": MANAGERS,
    "partner_place.withdraw": {"solver"},
    "partner_place.ask_again": {"solver"},
    "recognition.verify": NOBODY,
    "recognition.accept": DESK,
    "recognition.decline": DESK,
    "recognition.take_back": DESK,
    "recognition.withdraw": {"solver"},
    "apply_invitation.accept": {"solver"},
    "apply_invitation.decline": {"solver"},
    "apply_invitation.lapse": NOBODY,
    "opening.open": MANAGERS,
    "opening.close": MANAGERS,
    "opening.run_out": NOBODY,
    "opening.stop": NOBODY,
    "opening.reopen": MANAGERS,
    "opening.fill": MANAGERS,
    "opening.withdraw": MANAGERS,
    "placement_round.open": MANAGERS,
    "placement_round.extend": MANAGERS,
    "placement_round.close": NOBODY,
    "placement_round.solve": NOBODY,
    "placement_round.take_by_hand": MANAGERS,
    "placement_round.decide": MANAGERS,
    "placement_round.cancel": MANAGERS,
    "placement_round.end": DESK,
    "round_appeal.take": MANAGERS,
    "round_appeal.correct": NOBODY,
    "round_appeal.uphold": NOBODY,
    "round_appeal.fail": NOBODY,
    "round_appeal.give": NOBODY,
    "round_appeal.dismiss": DESK,
    "round_appeal.withdraw": SOLVERS,
    "intake.call": MANAGERS,
    "intake.select": MANAGERS,
    "intake.begin": MANAGERS,
    "intake.finish": MANAGERS,
    "intake.cancel": MANAGERS,
    "stay.leave": CARERS,
    "stay.come_back": CARERS,
    "stay.end_by_date": NOBODY,
    "stay.complete": CARERS,
    "stay.break_off": CARERS | SOLVERS,
    "team_proposal.form": NOBODY,
    "team_proposal.fall_through": NOBODY,
    "team_proposal.withdraw": OWNERS | DESK,
    "team_seat.accept": SOLVERS,
    "team_seat.decline": SOLVERS,
    "team_seat.expire": NOBODY,
    "team_seat.release": NOBODY,
    "credential.revoke": DESK,
    "credential.reinstate": DESK,
    "decision.agree": OWNERS,
    "decision.turn_down": OWNERS,
    "evidence.hide": {"solver"},
    "evidence.show": {"solver"},
    "evidence.contest": {"solver"},
    "evidence.give_in": {"solver"},
    "evidence.keep": DESK,
    "evidence.strike": DESK,
    "endorsement.give": {"host"},
    "endorsement.decline": {"host"},
    "endorsement.withdraw": {"solver"},
    "endorsement.take_back": {"host"},
    **applications.EXPECTED,
    **ledger_scene.EXPECTED,
    **alliance_scene.EXPECTED,
    **ethics_scene.EXPECTED,
    **calls_scene.EXPECTED,
}
"""The decision of the walk is proposed by the solvers, so the owner's side answers it."""

ENTITIES = sorted(workflow.WORKFLOWS)
"""One scene serves all steps of an entity: to build it costs more than to walk."""


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
    badge = Credential.objects.create(person=found["owner"], badge="walk", content={"name": ["b", "b"]})
    shared = _shared(found, problem.organisation)
    taught = _taught(found, problem.organisation)
    elsewhere = _elsewhere(found, problem.organisation)
    talent = talent_scene.parts(found, problem.organisation)
    allied = alliance_scene.parts(problem.organisation, found["owner"])
    allied |= ethics_scene.parts(found, problem)
    allied |= calls_scene.parts(found, problem.organisation)
    ledgered = ledger_scene.parts(problem.organisation)
    every = {**objects, **shared, **taught, **elsewhere, **talent, **allied, **ledgered}
    return Scene(found, {"problem": problem, "credential": badge, **every})


def _elsewhere(found: dict[str, Any], firm: Any) -> dict[str, Any]:
    """A partner's course that the organisation lists, without skills or free seats, and what the solver asks and hands in."""
    given = {"kind": "mooc", "language": "en", "hours": 1, "title_ko": "가", "title_en": "a"}
    course = PartnerCourse.objects.create(organisation=firm, url="https://a.example/", **given)
    PartnerSeats.objects.create(course=course, seats=1, returned=1)
    place = PartnerPlace.objects.create(course=course, person=found["solver"])
    row = Recognition.objects.create(course=course, person=found["solver"], link="https://a.example/")
    return {"partner_course": course, "partner_place": place, "recognition": row}


def _taught(found: dict[str, Any], firm: Any) -> dict[str, Any]:
    """A course that the host writes, with a version nobody has published, taken by the solver."""
    course = Course.objects.create(slug="walk", organisation=firm)
    course.authors.add(found["host"])
    words = {"ko": "가", "en": "a"}
    content = {"title": words, "summary": words, "track": "", "hours": 1}
    blob = files.put_bytes(b"a course")
    version = CourseVersion.objects.create(
        course=course, number=1, digest="0" * 64, blob=blob, content=content
    )
    enrolment = Enrolment.objects.create(person=found["solver"], course=course, version=version)
    cohort = Cohort.objects.create(
        course=course,
        version=version,
        name_ko="가",
        name_en="a",
        starts_on=clock.today(),
        ends_on=clock.today(),
        apply_until=clock.today() - timedelta(days=1),
        circle=Circle.objects.create(kind="cohort"),
        code_key=b"k" * 32,
    )
    SeatBlock.objects.create(cohort=cohort, sponsor=firm, seats=1, returned=1)
    place = Place.objects.create(cohort=cohort, person=found["solver"])
    return {
        "course": course,
        "course_version": version,
        "enrolment": enrolment,
        "cohort": cohort,
        "place": place,
    }


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


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside has not happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def steps_of(entity: str) -> Iterator[tuple[workflow.Transition, str]]:
    """Each step with each state from which it goes."""
    return ((step, source) for step in workflow.WORKFLOWS[entity].transitions for source in step.sources)


@pytest.mark.parametrize("entity", ENTITIES)
def test_who_may_take_each_step(entity: str, scene: Scene, subtests: pytest.Subtests) -> None:
    for step, source in steps_of(entity):
        with subtests.test(f"{step.action} from {source}"), undone():
            _only_these_may(at_state(scene.objects[entity], source), step.action, scene)


def _only_these_may(obj: Any, action: str, scene: Scene) -> None:
    before = obj.state
    may = {kind for kind in KINDS if workflow.decide(obj, action, by=scene.people[kind]) is ALLOWED}
    assert may == EXPECTED[f"{obj.workflow.entity}.{action}"]
    for kind in set(KINDS) - may:
        with pytest.raises(Denied) as refused:
            workflow.perform(obj, action, by=scene.people[kind])
        assert str(refused.value.refused.message)
        assert not refused.value.conflict
    assert type(obj).objects.get(pk=obj.pk).state == before


@pytest.mark.parametrize("entity", ENTITIES)
def test_nothing_moves_from_a_state_the_table_does_not_name(
    entity: str, scene: Scene, subtests: pytest.Subtests
) -> None:
    table = workflow.WORKFLOWS[entity]
    for action in {step.action for step in table.transitions}:
        sources = {name for step in table.transitions if step.action == action for name in step.sources}
        for other in {state.name for state in table.states} - sources:
            with subtests.test(f"{action} from {other}"), undone():
                obj = at_state(scene.objects[entity], other)
                with pytest.raises(Denied) as refused:
                    workflow.perform(obj, action, by=SYSTEM)
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
    "commitment.reopen": lambda scene: ledger_scene.kept(scene.objects["commitment"]),
    "research_call.announce": lambda scene: at_state(scene.objects["proposal"], "discussion"),
    "research_call.archive": lambda scene: at_state(scene.objects["proposal"], "accepted"),
    "contribution.offer": lambda _scene: Contribution.objects.update(cores=0),
    "contribution.accept": _taken,
    "allocation.approve": _past,
    "challenge.finish": _still_scoring,
    "placement_round.decide": lambda scene: talent_scene.being_corrected(scene.objects["placement_round"]),
    "intake.finish": lambda scene: talent_scene.somebody_away(scene.objects["intake"]),
    "workroom.propose_plan": lambda _scene: Milestone.objects.update(state="dropped"),
    "deliverable.return": lambda _scene: Defect.objects.update(state="settled"),
    **meetings_scene.BEFORE,
}


@pytest.mark.parametrize("entity", ENTITIES)
def test_every_guard_refuses_when_nothing_was_given(
    entity: str, scene: Scene, subtests: pytest.Subtests
) -> None:
    _bare(scene)
    for step, source in steps_of(entity):
        if step.guard is not None:
            with subtests.test(f"{step.action} from {source}"), undone():
                BEFORE.get(f"{entity}.{step.action}", _nothing)(scene)
                _is_refused(at_state(scene.objects[entity], source), step.action)


def _nothing(_scene: Scene) -> None:
    """Most guards miss something as it is."""


def _is_refused(obj: Any, action: str) -> None:
    before = obj.state
    decision = workflow.decide(obj, action, by=SYSTEM, data={})
    assert isinstance(decision, Refused)
    with pytest.raises(Denied) as refused:
        workflow.perform(obj, action, by=SYSTEM)
    assert refused.value.refused.reason == decision.reason
    assert type(obj).objects.get(pk=obj.pk).state == before
