"""Workrooms: opened, filled with people, plans, files, words and versions. Moves between states go through the workflow."""

from collections.abc import Sequence
from datetime import date
from typing import IO, Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, clock, files, workflow
from dure.foundation.access import Denied, Refused, demand
from dure.people import api as people
from dure.problems import notices_workrooms as tell
from dure.problems import rules
from dure.problems import rules_workrooms as room_rules
from dure.problems.actions.needs import clean_name
from dure.problems.effects_workrooms import ANSWER_DAYS, MEND_DAYS, in_days, tell_opened
from dure.problems.models import (
    Award,
    Decision,
    Defect,
    Deliverable,
    Message,
    Milestone,
    Problem,
    Solver,
    Team,
    Workroom,
    WorkroomFile,
)

LARGEST_FILE: Final = 200 * 1024 * 1024
MOST_FILES: Final = 200
MOST_PARTS: Final = 500
PAYS_AFTER: Final = 6
"""Months from the pilot to the question whether it paid, where nobody says otherwise."""
NOT_YET = Refused("not_accepted", _("A room opens for a need that is accepted, until it is done."))
NO_SOLVERS = Refused("no_solvers", _("Name at least one person who solves it."))
OWNER_CANNOT = Refused("owner_solves", _("The owner's side cannot be the solvers of its own need."))
NOT_ITS_TEAM = Refused("not_its_team", _("Choose a team of this challenge that has handed in."))
STILL_OPEN = Refused("challenge_open", _("Close the challenge first; then its winner moves into a room."))
NO_DAY = Refused("no_day", _("Choose a day from today on."))
NO_TITLE = Refused("no_title", _("Give it a title."))
NOT_HANDED = Refused("not_handed", _("Defects are reported for a version that was handed over."))
TOO_MANY = Refused("too_many", _("This room is full; close what is done in a new room."))
NO_MESSAGE = Refused("no_message", _("Write a message."))


@transaction.atomic
def open_room(
    *,
    by: people.Person,
    problem: Problem,
    solvers: Sequence[people.Person] = (),
    team: Team | None = None,
    pays_after: int = PAYS_AFTER,
) -> Workroom:
    """Open a room for a need: for named people (team route, data stays home) or for a challenge's team.

    The same team, or the same people while a room is open, gives the same room. An accepted need opens with it.
    """
    locked = Problem.objects.select_for_update(of=("self",)).get(pk=problem.pk)
    demand(rules.curates(by, locked))
    found = _members(team, locked) if team is not None else _once(solvers)
    return _open(by, locked, team, found, pays_after)


def open_for_winner(*, by: people.Person, problem: Problem, team: Team) -> Workroom:
    """The same for a caller that has asked whether `by` may, and holds the problem's lock."""
    return _open(by, problem, team, _members(team, problem), PAYS_AFTER)


def _open(
    by: people.Person, problem: Problem, team: Team | None, found: Sequence[people.Person], pays_after: int
) -> Workroom:
    _check_opening(problem, team, found)
    if existing := _open_already(problem, team, found):
        return existing
    room = _make_room(by=by, problem=problem, team=team, found=found, pays_after=pays_after)
    if problem.state == "accepted":
        workflow.perform(problem, "open", by=by)
    return room


def _once(solvers: Sequence[people.Person]) -> list[people.Person]:
    return list({person.pk: person for person in solvers}.values())


def _check_opening(problem: Problem, team: Team | None, found: Sequence[people.Person]) -> None:
    if problem.state not in ("accepted", "open", "delivered"):
        raise Denied(NOT_YET)
    if team is not None:
        _check_team(problem, team)
    if not found:
        raise Denied(NO_SOLVERS)
    if any(rules.owns_problem(person, problem) for person in found):
        raise Denied(OWNER_CANNOT)


def _check_team(problem: Problem, team: Team) -> None:
    if team.challenge.problem_id != problem.pk or team.is_baseline or not team.submissions.exists():
        raise Denied(NOT_ITS_TEAM)
    if team.challenge.state not in ("closed", "finished"):
        raise Denied(STILL_OPEN)


def _members(team: Team, problem: Problem) -> list[people.Person]:
    """The team as it is today; whoever has come to speak for the owner since then is in the room on that side."""
    members = team.members.filter(left_at=None).select_related("person")
    return [member.person for member in members if not rules.owns_problem(member.person, problem)]


def _open_already(problem: Problem, team: Team | None, found: Sequence[people.Person]) -> Workroom | None:
    running = Workroom.workflow.tagged("running")
    rooms = problem.workrooms.filter(state__in=running, team=team)
    if team is not None:
        return rooms.first()
    wanted = {person.pk for person in found}
    return next((room for room in rooms if _solver_ids(room) == wanted), None)


def _solver_ids(room: Workroom) -> set[int]:
    return set(room.solvers.filter(left_at=None).values_list("person_id", flat=True))


def _make_room(
    *, by: people.Person, problem: Problem, team: Team | None, found: Sequence[people.Person], pays_after: int
) -> Workroom:
    circle = people.Circle.objects.create(
        kind=people.Circle.Kind.WORKROOM, name_ko=problem.title_ko[:160], name_en=problem.title_en[:160]
    )
    room = Workroom.objects.create(
        problem=problem,
        team=team,
        circle=circle,
        opened_by=by,
        pays_after=pays_after,
        due_on=in_days(ANSWER_DAYS),
    )
    insiders = {person.pk: person for person in (problem.owner, problem.curator, *found) if person}
    people.CircleMember.objects.bulk_create(
        people.CircleMember(circle=circle, person=person) for person in insiders.values()
    )
    Solver.objects.bulk_create(Solver(workroom=room, person=person) for person in found)
    audit.write(by=by, action="workroom.open", obj=room, detail={"problem": problem, "solvers": list(found)})
    tell_opened(room)
    tell.both(room, tell.OPENED, but=by)
    return room


@transaction.atomic
def add_solver(*, by: people.Person, room: Workroom, person: people.Person) -> Solver:
    """The curator brings one more person in; twice is once."""
    locked = _locked(room)
    demand(rules.curates(by, locked.problem))
    demand(room_rules.still_running(locked))
    if rules.owns_problem(person, locked.problem):
        raise Denied(OWNER_CANNOT)
    solver, made = Solver.objects.get_or_create(workroom=locked, person=person, left_at=None)
    if made:
        people.CircleMember.objects.get_or_create(circle=locked.circle, person=person, until=None)
        audit.write(by=by, action="workroom.add_solver", obj=locked, detail={"person": person})
        tell.side(locked, "solvers", tell.OPENED, but=by)
    return solver


@transaction.atomic
def remove_solver(*, by: people.Person, room: Workroom, person: people.Person) -> None:
    """The curator takes somebody out, or a solver leaves; one must remain. From then on the room does not exist for them."""
    locked = _locked(room)
    if by.pk != person.pk:
        demand(rules.curates(by, locked.problem))
    demand(room_rules.still_running(locked))
    ids = _solver_ids(locked)
    if person.pk not in ids:
        raise Denied(room_rules.NOT_SOLVER)
    if len(ids) == 1:
        raise Denied(NO_SOLVERS)
    locked.solvers.filter(person=person, left_at=None).update(left_at=clock.now())
    if person.pk != locked.problem.curator_id:
        locked.circle.members.filter(person=person, until=None).update(until=clock.now())
    audit.write(by=by, action="workroom.remove_solver", obj=locked, detail={"person": person})


def _locked(room: Workroom) -> Workroom:
    return (
        Workroom.objects.select_for_update(of=("self",))
        .select_related("problem__owner", "circle")
        .get(pk=room.pk)
    )


def _entered(by: people.Person, room: Workroom) -> Workroom:
    """The locked room, for somebody of either side, while it runs."""
    locked = _locked(room)
    demand(room_rules.still_running(locked))
    demand(room_rules.takes_part(by, locked))
    return locked


def _titled(title: str, longest: int) -> str:
    words = title.replace("\x00", "").strip()[:longest]
    if not words:
        raise Denied(NO_TITLE)
    return words


def _clean(words: str) -> str:
    return words.replace("\x00", "").strip()


@transaction.atomic
def add_milestone(
    *, by: people.Person, room: Workroom, title: str, due_on: date, words: str = ""
) -> Milestone:
    """Add a step with its day to a plan that is being made or worked on; the same one twice is one."""
    locked = _entered(by, room)
    given = _titled(title, 160)
    if due_on < clock.today():
        raise Denied(NO_DAY)
    if same := locked.milestones.filter(title=given, due_on=due_on).exclude(state="dropped").first():
        return same
    _leave_room_for_one_more(locked.milestones.count())
    made = Milestone.objects.create(workroom=locked, title=given, due_on=due_on, words=_clean(words)[:2000])
    audit.write(by=by, action="milestone.add", obj=made, detail={"due_on": due_on})
    return made


def _leave_room_for_one_more(count: int) -> None:
    if count >= MOST_PARTS:
        raise Denied(TOO_MANY)


@transaction.atomic
def say(*, by: people.Person, room: Workroom, body: str) -> Message:
    """Write to everybody in the room. The same words twice in a row are one message. The curator may write too."""
    locked = _locked(room)
    if not rules.curates(by, locked.problem):
        demand(room_rules.takes_part(by, locked))
    words = _clean(body)[:8000]
    if not words:
        raise Denied(NO_MESSAGE)
    last = locked.messages.last()
    if last is not None and last.author_id == by.pk and last.body == words:
        return last
    made = Message.objects.create(
        problem=locked.problem, workroom=locked, channel=Message.Channel.WORKROOM, body=words, author=by
    )
    tell.both(locked, tell.SAID, but=by, by=by)
    return made


@transaction.atomic
def propose_decision(*, by: people.Person, room: Workroom, title: str, words: str = "") -> Decision:
    """Write down what was decided; it holds when the other side agrees."""
    locked = _entered(by, room)
    given = _titled(title, 300)
    if same := locked.decisions.filter(title=given, state="proposed").first():
        return same
    side = room_rules.side_of(by, locked)
    made = Decision.objects.create(
        workroom=locked,
        number=_next(locked.decisions),
        title=given,
        words=_clean(words)[:4000],
        side=side,
        proposed_by=by,
        due_on=in_days(ANSWER_DAYS),
    )
    audit.write(by=by, action="decision.propose", obj=made, detail={"title": given})
    other = room_rules.SOLVERS if side == room_rules.OWNER else room_rules.OWNER
    tell.side(locked, other, tell.DECISION_PROPOSED, part=made)
    return made


def _next(rows: Any) -> int:
    """The next number in a room; the caller holds the room's lock."""
    _leave_room_for_one_more(rows.count())
    return int(rows.aggregate(top=Max("number"))["top"] or 0) + 1


@transaction.atomic
def start_version(*, by: people.Person, room: Workroom) -> Deliverable:
    """Begin a version of the solution, with the words of the one before it. A version in preparation is given back as it is.

    A winner's first version begins with the report and the files that the host has seen already.
    """
    locked = _locked(room)
    demand(room_rules.still_running(locked))
    demand(room_rules.solves(by, locked))
    demand(room_rules.room_works(locked, {}))
    if draft := locked.deliverables.filter(state="draft").first():
        return draft
    before, award = locked.deliverables.first(), _won_with(locked)
    made = Deliverable.objects.create(
        workroom=locked, number=_next(locked.deliverables), **_words_of(before, award)
    )
    if before is None and award is not None:
        _bring_files(award, made)
    audit.write(by=by, action="deliverable.start", obj=made, detail={"number": made.number})
    return made


WRITTEN: Final = ("title", "what", "run", "environment", "licence")
"""The words of a version, as its manifest has them."""


def _won_with(room: Workroom) -> Award | None:
    """What the team of this room handed in as a winner."""
    return Award.objects.filter(team=room.team_id, state="accepted").first() if room.team_id else None


def _words_of(before: Deliverable | None, award: Award | None) -> dict[str, str]:
    if before is not None:
        return {name: getattr(before, name) for name in WRITTEN}
    return {"run": award.report[:4000]} if award is not None else {}


def _bring_files(award: Award, version: Deliverable) -> None:
    WorkroomFile.objects.bulk_create(
        WorkroomFile(
            workroom=version.workroom,
            deliverable=version,
            blob=file.blob,
            filename=file.filename,
            added_by=file.added_by,
        )
        for file in award.files.select_related("blob", "added_by")
    )


@transaction.atomic
def write_version(*, by: people.Person, version: Deliverable, **words: str) -> Deliverable:
    """Change the words of a version in preparation: title, what, run, environment, licence."""
    locked = _draft(by, version)
    changed = [name for name in WRITTEN if name in words]
    for name in changed:
        setattr(locked, name, _clean(words[name]))
    locked.save(update_fields=changed)
    return locked


def _draft(by: people.Person, version: Deliverable) -> Deliverable:
    locked = (
        Deliverable.objects.select_for_update(of=("self",))
        .select_related("workroom__problem")
        .get(pk=version.pk)
    )
    demand(room_rules.solves(by, locked))
    demand(room_rules.is_draft(locked))
    return locked


def add_file(
    *, by: people.Person, room: Workroom, stream: IO[bytes], filename: str, version: Deliverable | None = None
) -> WorkroomFile:
    """Put a file into the room, or into a version in preparation. Same content and name again is the same file.

    Raises Faulty when it is too large or there are too many, StorageUnavailable when it cannot be kept.
    """
    _check_file(by, room, version)
    try:
        blob = files.put(stream, limit=LARGEST_FILE)
    except files.TooLarge as error:
        limit = error.limit // 1024**2
        raise Faulty([Fault("attachment_too_large", {"limit": limit}, place=clean_name(filename))]) from error
    return _keep_file(by=by, room=room, version=version, blob=blob, filename=clean_name(filename))


def _check_file(by: people.Person, room: Workroom, version: Deliverable | None) -> None:
    demand(room_rules.still_running(room))
    demand(room_rules.takes_part(by, room))
    if version is not None:
        demand(room_rules.solves(by, version))
        demand(room_rules.is_draft(version))


@transaction.atomic
def _keep_file(
    *, by: people.Person, room: Workroom, version: Deliverable | None, blob: Any, filename: str
) -> WorkroomFile:
    locked = _entered(by, room)
    if version is not None:
        version = _draft(by, version)
    kept = locked.files.filter(deliverable=version, removed_at=None)
    if same := kept.filter(blob=blob, filename=filename).first():
        return same
    if kept.count() >= MOST_FILES:
        raise Faulty([Fault("too_many_attachments", {"limit": MOST_FILES}, place=filename)])
    made = WorkroomFile.objects.create(
        workroom=locked, deliverable=version, blob=blob, filename=filename, added_by=by
    )
    audit.write(by=by, action="workroom.add", obj=locked, detail={"name": filename, "sha256": blob.sha256})
    return made


@transaction.atomic
def remove_file(*, by: people.Person, room: Workroom, uid: Any) -> None:
    """Take one's own side's file out of the list; what was handed over stays."""
    locked = _entered(by, room)
    file = locked.files.select_related("deliverable").filter(uid=uid, removed_at=None).first()
    if file is None:
        return
    if file.deliverable is not None:
        _draft(by, file.deliverable)
    WorkroomFile.objects.filter(pk=file.pk).update(removed_at=clock.now())
    audit.write(by=by, action="workroom.remove", obj=locked, detail={"name": file.filename})


@transaction.atomic
def report_defect(
    *,
    by: people.Person,
    version: Deliverable,
    title: str,
    words: str = "",
    severity: str = Defect.Severity.BLOCKING,
) -> Defect:
    """The owner lists something wrong with a version that was handed over; the same title twice is one defect."""
    locked = _locked(version.workroom)
    demand(room_rules.still_running(locked))
    demand(room_rules.owns_room(by, locked))
    if version.state not in ("delivered", "tried", "accepted"):
        raise Denied(NOT_HANDED)
    given = _titled(title, 160)
    if same := locked.defects.filter(title=given, state__in=("open", "mended")).first():
        return same
    made = Defect.objects.create(
        workroom=locked,
        deliverable=version,
        number=_next(locked.defects),
        title=given,
        words=_clean(words)[:4000],
        severity=severity,
        reported_by=by,
        due_on=in_days(MEND_DAYS),
    )
    audit.write(by=by, action="defect.report", obj=made, detail={"title": given, "severity": severity})
    tell.side(locked, "solvers", tell.DEFECT_OPEN, part=made)
    return made
