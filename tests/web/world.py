"""A small alliance in two halves: what everybody may see, and beside it things that only some may know of.

Every hidden text holds a word of its own (`zq…qz`) and the word “lighthouse”, so that searches find what they may find.
"""

import io
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from dure.farm.actions import allocations, site_tasks, site_uses, sites
from dure.farm.models import Job, Node, Run, RunFile, UsageEntry
from dure.foundation import clock, files, notices, workflow
from dure.foundation.access import Audience
from dure.foundation.ids import uuid7
from dure.people import index as people_index
from dure.people.actions import circles, consents, imports, invitations, tokens
from dure.people.models import Circle, Membership, Organisation, Person
from dure.problems import notice_groups
from dure.problems.actions import bundles, talk, teams, workrooms
from dure.problems.models import (
    Attachment,
    Award,
    AwardFile,
    Challenge,
    CodeRun,
    Defect,
    Deliverable,
    HiddenInput,
    Message,
    Problem,
    ProgramRun,
    Submission,
    WorkroomFile,
)
from dure.problems.scoring import process
from tests.factories.farm import asked, begun, machine
from tests.factories.people import member, organisation, person
from tests.factories.problems import entered, open_challenge, submitted
from tests.factories.sharing import contributed, granted
from tests.problems.codabench.bundles import zipped

ROLES = ("stranger", "unrelated", "rival", "owner", "host", "team", "secretariat", "operator", "auditor")
OUTSIDERS = ("stranger", "unrelated", "rival")
CIRCLE = {"owner", "host", "team", "secretariat", "auditor"}
INSIDERS = {"owner", "host", "secretariat", "auditor"}
ROOM = {"owner", "host", "team", "secretariat", "auditor"}
OVERSEERS = {"secretariat", "operator", "auditor"}

# Which role may read which hidden word.
MAY_READ: dict[str, set[str]] = {
    "need": CIRCLE,
    "contact": INSIDERS,
    "cost": INSIDERS,
    "triage": INSIDERS,
    "attachment": CIRCLE,
    "thread": CIRCLE,
    "silenced": {"owner", "host", "secretariat", "team"},  # its author finds it among the data of their own
    "submission": {"owner", "host", "team", "secretariat"},
    "handed": {"owner", "host", "team", "secretariat"},
    "codelog": {"owner", "host", "team", "secretariat"},
    "hiddeninput": {"owner", "host", "secretariat"},
    "programlog": {"owner", "host", "secretariat"},
    "teamname": CIRCLE,
    "room": ROOM,
    "roommessage": ROOM,
    "recluse": {"owner"} | OVERSEERS,
    "notice": {"owner"},
    "token": {"owner"},
    "invited": {"owner", "secretariat"},
    "imported": {"secretariat"},
    "report": {"owner", "host", "team", "secretariat"},
    "circle": CIRCLE | {"operator"},
    "titled": {"owner"} | OVERSEERS,
    "job": {"owner"},
    "joblog": {"owner"},
    "jobfile": {"owner"},
    "machine": {"owner", "host"} | OVERSEERS,
    "hours": {"owner", "host"} | OVERSEERS,
    "used": {"owner"} | OVERSEERS,
    "site": {"owner", "secretariat", "auditor"},
    "sitedata": {"owner", "host", "secretariat", "auditor"},
}


def word(name: str) -> str:
    return f"zq{name}qz"


def text(name: str) -> str:
    return f"{word(name)} lighthouse"


@dataclass
class World:
    """`people` by role; `shown` and `hidden` hold a value for each place in an address, by (words before it, name)."""

    people: dict[str, Person] = field(default_factory=dict)
    firm: Organisation = field(default_factory=organisation)
    shown: dict[tuple[str, str], Any] = field(default_factory=dict)
    hidden: dict[tuple[str, str], Any] = field(default_factory=dict)

    @property
    def owner(self) -> Person:
        return self.people["owner"]


def built() -> World:
    """The half that everybody sees: people in their organisations, an open problem with a board, threads and a text."""
    world = World()
    nuri = organisation(slug="rival-firm")
    for role in ROLES[1:]:
        roles = [role] if role in {"secretariat", "operator", "auditor"} else []
        world.people[role] = person(f"{role}@example.org", roles=roles, name_en=role.title(), name_ko=role)
    member(world.owner, world.firm, Membership.Role.REPRESENTATIVE)
    member(world.people["host"], world.firm)
    member(world.people["rival"], nuri, Membership.Role.REPRESENTATIVE)
    challenge = open_challenge(problem=_accepted(world, audience=Audience.PUBLIC, title_en="Open to all"))
    team = entered(challenge, by=world.people["team"], name="Shown team")
    made = submitted(team)
    process.Scorer(name="test").run(until_empty=True)
    thread = talk.start_thread(
        by=world.people["unrelated"], problem=challenge.problem, title="Shown", body="Shown"
    )
    machine()
    texts = list(consents.latest_texts())
    given = [one for someone in world.people.values() for one in consents.give_consent(someone, texts)]
    world.shown = _addresses(challenge, made, thread) | {
        ("organisations", "slug"): world.firm.slug,
        ("organisations", "uid"): world.firm.uid,
        ("people", "uid"): world.people["team"].uid,
        ("accounts", "uid"): world.people["team"].uid,
        ("accounts/roles", "role"): "guru",
        ("texts", "key"): texts[0].key,
        ("texts", "version"): texts[0].version,
        ("me/consents", "consent_id"): given[0].pk,
        ("imports", "form"): "csv",
        ("farm/accelerators", "key"): "npu:atom",
        ("farm/usage", "slug"): world.firm.slug,
        ("enter", "token"): "nothing",
        ("invitations", "token"): "nothing",
        ("account/confirm-email", "key"): "nothing",
        ("account/2fa/webauthn/keys", "pk"): 1,
        ("account/password/reset/key", "uidb36"): "1",
        ("account/password/reset/key", "key"): "nothing",
        ("account/oidc", "provider_id"): "nothing",
    }
    return world


def _accepted(world: World, **fields: Any) -> Problem:
    given = {
        "title_ko": "제목",
        "hurts_ko": "아픔",
        "data_ko": "자료",
        "worth_ko": "값",
        "sensitivity": "public",
    }
    named = {"contact": "02-000-0000", "organisation": world.firm, "owner": world.owner}
    problem = Problem.objects.create(**{**given, **named, **fields})
    problem = workflow.perform(problem, "post", by=world.owner)
    data = {"route": "challenge", "curator": world.people["host"]}
    return workflow.perform(problem, "accept", by=world.people["secretariat"], data=data)


def _addresses(challenge: Challenge, made: Submission, thread: Message) -> dict[tuple[str, str], Any]:
    assert challenge.dataset is not None
    file = challenge.dataset.files.get()
    return {
        ("challenges", "slug"): challenge.slug,
        ("challenges/data", "uid"): file.uid,
        ("challenges/files", "uid"): file.uid,
        ("problems", "uid"): challenge.problem.uid,
        ("submissions", "uid"): made.uid,
        ("challenges/manage/submissions", "uid"): made.uid,
        ("challenges/manage/baselines", "uid"): made.uid,
        ("challenges/manage/files", "uid"): file.uid,
        ("challenges/manage/pages", "number"): 1,
        ("challenges/manage/hidden", "uid"): made.uid,
        ("challenges/manage/takes", "uid"): made.uid,
        ("problems/talk", "thread"): thread.uid,
        ("threads", "uid"): thread.uid,
        ("messages", "uid"): thread.uid,
    }


def hide(world: World) -> World:
    """The other half: a problem shared with one circle, with everything that hangs on it, and what is one person's own."""
    circle = _circle(world)
    fields: dict[str, Any] = {
        name: text("need") for name in ("title_ko", "title_en", "summary_ko", "hurts_ko", "worth_ko")
    }
    problem = _accepted(
        world, audience=Audience.CIRCLE, circle=circle, contact=text("contact"), cost_ko=text("cost"),
        sensitivity="internal", **fields,
    )  # fmt: skip
    challenge = open_challenge(problem=problem)
    team = entered(challenge, by=world.people["team"], name=text("teamname"))
    made = submitted(team, note=text("submission"))
    Submission.objects.filter(pk=made.pk).update(filename=f"{word('handed')}.csv")
    process.Scorer(name="test").run(until_empty=True)
    invitation = teams.invite(by=world.people["team"], team=team, person=world.people["auditor"])
    thread = talk.start_thread(
        by=world.people["team"], problem=problem, title=text("thread"), body=text("thread")
    )
    silenced = talk.reply(by=world.people["team"], thread=thread, body=text("silenced"))
    talk.hide(by=world.owner, message=silenced, reason="rude")
    Message.objects.create(
        problem=problem, channel=Message.Channel.TRIAGE, author=world.owner, body=text("triage")
    )
    blob = files.put_bytes(b"attached")
    attached = Attachment.objects.create(
        problem=problem, blob=blob, filename=f"{word('attachment')}.pdf", added_by=world.owner
    )
    world.hidden = _addresses(challenge, made, thread) | {
        ("team-invitations", "uid"): invitation.uid,
        ("messages", "uid"): silenced.uid,
        ("problems/files", "file"): attached.uid,
    }
    _code(world, made)
    _room(world, problem)
    _award(world, made)
    _own_things(world)
    _shared_capacity(world)
    _site(world, challenge)
    return world


def _circle(world: World) -> Circle:
    circle = circles.create_circle(
        by=world.owner, kind=Circle.Kind.SHARED, name_ko=text("circle"), name_en=text("circle")
    )
    for role in ("owner", "host", "team"):
        circles.add_person(circle, world.people[role], by=world.owner)
    return circle


def _code(world: World, made: Submission) -> None:
    """The hidden challenge takes code: an input that only code reads, a run with its log, and a program's run without a score."""
    challenge = made.challenge
    blob = files.put_bytes(text("hiddeninput").encode())
    given = HiddenInput.objects.create(challenge=challenge, filename="test.csv", blob=blob, first_case=blob)
    CodeRun.objects.create(
        submission=made, stage="public", job=uuid7(), state="done", log=text("codelog"), exit_code=0
    )
    ProgramRun.objects.create(
        evaluation=made.evaluations.get(),
        part="private",
        job=uuid7(),
        state="failed_user",
        log=text("programlog"),
    )
    Challenge.objects.filter(pk=challenge.pk).update(takes="code")
    challenge.refresh_from_db()
    world.hidden |= {
        ("challenges/manage/hidden", "uid"): given.uid,
        ("challenges/manage/takes", "uid"): given.uid,
    }


def _room(world: World, problem: Problem) -> None:
    """A room between the owner and the team, with one of each of its parts."""
    room = workrooms.open_room(by=world.people["host"], problem=problem, solvers=[world.people["team"]])
    due = clock.today() + timedelta(days=9)
    milestone = workrooms.add_milestone(by=world.owner, room=room, title=text("room"), due_on=due)
    decision = workrooms.propose_decision(by=world.owner, room=room, title=text("room"))
    workrooms.say(by=world.owner, room=room, body=text("roommessage"))
    version = Deliverable.objects.create(workroom=room, number=1, title=text("room"))
    defect = Defect.objects.create(
        workroom=room, deliverable=version, number=1, title=text("room"), reported_by=world.owner
    )
    kept = WorkroomFile.objects.create(
        workroom=room, blob=files.put_bytes(b"room"), filename=f"{word('room')}.txt", added_by=world.owner
    )
    world.hidden |= {
        ("workrooms", "uid"): room.uid,
        ("milestones", "uid"): milestone.uid,
        ("decisions", "uid"): decision.uid,
        ("deliverables", "uid"): version.uid,
        ("defects", "uid"): defect.uid,
        ("workroom-files", "uid"): kept.uid,
        ("workrooms/files", "file"): kept.uid,
    }


def _award(world: World, made: Submission) -> None:
    """The first place of the hidden challenge, with the report that its team handed in."""
    award = Award.objects.create(
        challenge=made.challenge, team=made.team, place=1, due_at=clock.now(), report=text("report")
    )
    kept = AwardFile.objects.create(
        award=award, blob=made.blob, filename=f"{word('report')}.zip", added_by=world.people["team"]
    )
    world.hidden |= {("awards", "uid"): award.uid, ("awards/files", "file"): kept.uid}


def _own_things(world: World) -> None:
    """A profile for nobody, a notice, a token, an invitation, a job title, and a spreadsheet of members."""
    recluse = person("recluse@example.org", headline_ko=text("recluse"), audience=Audience.PRIVATE)
    people_index.index_person(recluse)
    kind = notices.register_kind("test.walk", "A test", "%(words)s", group=notice_groups.TAKING_PART)
    notices.notify([world.owner], kind, url="/", params={"words": text("notice")})
    token = tokens.create_token(world.owner, name=text("token"), scopes=["read"], days=1).token
    sent = invitations.invite(by=world.owner, email=f"{word('invited')}@example.org", organisation=world.firm)
    held = member(recluse, world.firm, title=text("titled"))
    sheet = f"email,name_en,organisation_en\na@example.org,Someone,{text('imported')}\n".encode()
    upload = imports.upload_import(
        io.BytesIO(sheet), by=world.people["secretariat"], filename=f"{word('imported')}.csv"
    )
    looked = bundles.look(
        by=world.people["secretariat"], stream=io.BytesIO(zipped({"competition.yaml": word("bundle")}))
    )
    world.hidden |= {
        ("bundles", "sha256"): looked.sha256,
        ("problems/import", "sha256"): looked.sha256,
        ("people", "uid"): recluse.uid,
        ("accounts", "uid"): recluse.uid,
        ("me/tokens", "uid"): token.uid,
        ("me/invitations", "uid"): sent.uid,
        ("invitations", "uid"): sent.uid,
        ("memberships", "uid"): held.uid,
        ("imports", "uid"): upload.uid,
    } | _job(world)


def _job(world: World) -> dict[tuple[str, str], Any]:
    """A job of one person's own that is over, with a log and a file that came out."""
    job = asked(world.owner, world.firm, name=text("job"))
    run = begun(job, Node.objects.get())
    Run.objects.filter(pk=run.pk).update(stdout=text("joblog"), exit_code=0, ended_at=clock.now())
    blob = files.put_bytes(text("jobfile").encode())
    RunFile.objects.create(run=run, name=blob.sha256, blob=blob)
    Job.objects.filter(pk=job.pk).update(
        state="done", finished_at=clock.now(), array=job.uid, array_index=0, array_size=2
    )
    return {
        ("farm/jobs", "uid"): job.uid,
        ("farm/jobs/files", "name"): blob.sha256,
        ("farm/arrays", "uid"): job.uid,
    }


def _shared_capacity(world: World) -> None:
    """A machine that the firm gives, hours it was granted, a change it asks for, and what it used."""
    sides = {"by": world.owner, "desk": world.people["secretariat"]}
    given = contributed(world.firm, **sides, node_name=word("machine"), note=text("machine"))
    hours = granted(world.firm, **sides, project=word("hours"), purpose=text("hours"))
    values = {"hours": 7, "ends_on": hours.ends_on, "purpose": text("hours")}
    wanted = allocations.ask_change(by=world.owner, allocation=hours, values=values)
    UsageEntry.objects.create(
        source="test:1",
        hour=clock.now(),
        consumer=world.firm,
        project=word("used"),
        delivered=1,
        consumed=1,
        excused=0,
    )
    world.hidden |= {
        ("farm/contributions", "uid"): given.uid,
        ("farm/allocations", "uid"): hours.uid,
        ("farm/changes", "uid"): wanted.uid,
    }


def _site(world: World, challenge: Challenge) -> None:
    """A machine of the firm's where programs meet its rows: a data set, asked for by the hidden challenge, and a task there."""
    site = sites.add(by=world.owner, organisation=world.firm, name=text("site")).site
    tables = {"answers": {"rows": 9, "columns": []}}
    kept = sites.register(site, name=text("sitedata"), sha256="0" * 64, tables=tables)
    asks = {"by": world.people["host"], "dataset": kept.uid, "purpose": challenge.uid}
    use = site_uses.ask(**asks, title=text("need"), wants={})  # type: ignore[arg-type]
    order = {"spec": {"inputs": [{"sha256": challenge.submissions.first().blob_id}]}}  # type: ignore[union-attr]
    task = site_tasks.ask(use, name=text("need"), order=order, uid=uuid7())
    world.hidden |= {
        ("farm/sites", "uid"): site.uid,
        ("site/uses", "uid"): use.uid,
        ("site/tasks", "uid"): task.uid,
        ("site/tasks/files", "sha256"): "0" * 64,
        ("challenges/manage/sites", "uid"): use.uid,
    }


def values_of(world: World, side: str) -> dict[tuple[str, str], Any]:
    """The values for one side; `nowhere` has the same places with values that never were."""
    if side == "nowhere":
        return {key: _random(value) for key, value in world.hidden.items()}
    return world.hidden if side == "hidden" else world.shown


def _random(value: Any) -> Any:
    if isinstance(value, int):
        return value
    return "no-such-thing" if isinstance(value, str) else uuid7()
