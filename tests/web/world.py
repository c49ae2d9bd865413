"""A small alliance in two halves: what everybody may see, and beside it things that only some may know of.

Every hidden text holds a word of its own (`zq…qz`) and the word “lighthouse”, so that searches find what they may find.
"""

import io
import tempfile
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from dure.engines.credentials import Text
from dure.farm.actions import allocations, site_tasks, site_uses, sites
from dure.farm.actions.asking import cancel
from dure.farm.models import Job, Node, Run, RunFile, UsageEntry
from dure.foundation import clock, files, notices, workflow
from dure.foundation.access import Audience
from dure.foundation.ids import uuid7
from dure.learn.actions import enrolments, versions
from dure.learn.cohorts import news, places, projects, threads
from dure.learn.credentials import sharing
from dure.learn.labs import asking
from dure.learn.models import (
    CellRun,
    Cohort,
    Course,
    FollowUp,
    Grading,
    LabAttempt,
    PartnerPlace,
    Place,
    Room,
    TrustedIssuer,
)
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
from tests.factories import cohorts, partners
from tests.factories.course_files import COURSE, HIDDEN, SOLVED, laid
from tests.factories.credentials import awarded
from tests.factories.farm import asked, begun, machine
from tests.factories.people import member, organisation, person
from tests.factories.problems import entered, open_challenge, submitted
from tests.factories.sharing import contributed, granted
from tests.problems.codabench.bundles import zipped
from tests.web import world_alliance, world_ledger, world_talent

ROLES = ("stranger", "unrelated", "rival", "owner", "host", "team", "secretariat", "operator", "auditor")
OUTSIDERS = ("stranger", "unrelated", "rival")
OF_THE_WALK = notices.register_kind("test.walk", "A test", "%(words)s", group=notice_groups.TAKING_PART)
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
    "course": CIRCLE,
    "hiddentest": {"host", "secretariat"},
    "attemptlog": {"team", "host", "secretariat"},
    "motive": {"team", "host", "secretariat"},
    "cohortnews": {"team", "host", "secretariat", "auditor"},
    "sitedata": {"owner", "host", "secretariat", "auditor"},
    "coachmessage": {"host", "team", "secretariat"},
    "coachreport": {"host", "team", "secretariat"},
    "badge": {"owner", "secretariat", "auditor"},
    "sessionlink": {"team", "host", "secretariat"},
    "address": {"owner", "team", "host", "secretariat"},
    "partner": {"owner", "secretariat", "auditor"},
    "partnermotive": {"owner", "secretariat"},
    "certificate": {"owner", "secretariat", "auditor"},
    **world_talent.MAY_READ,
    **world_ledger.MAY_READ,
    **world_alliance.MAY_READ,
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
    badge = awarded(world.people["team"], badge="shown")
    sharing.share(badge, by=world.people["team"], shared=True)
    assert badge.key is not None
    assert badge.place is not None
    texts = list(consents.latest_texts())
    given = [one for someone in world.people.values() for one in consents.give_consent(someone, texts)]
    world.shown = (
        _addresses(challenge, made, thread)
        | _course(world, "tiny", {})
        | {
            ("programmes", "slug"): cohorts.programme(world.firm).slug,
            ("cohorts/sponsor", "organisation"): world.firm.slug,
            ("organisations", "slug"): world.firm.slug,
            ("organisations", "uid"): world.firm.uid,
            ("people", "uid"): world.people["team"].uid,
            ("accounts", "uid"): world.people["team"].uid,
            ("accounts/roles", "role"): "guru",
            ("skills", "slug"): "data-leakage",
            ("path/questions", "item"): "python-1",
            ("me/path/questions", "item"): "python-1",
            ("texts", "key"): texts[0].key,
            ("texts", "version"): texts[0].version,
            ("me/consents", "consent_id"): given[0].pk,
            ("imports", "form"): "csv",
            ("farm/accelerators", "key"): "npu:atom",
            ("farm/usage", "slug"): world.firm.slug,
            ("badges", "uid"): badge.uid,
            ("badges/keys", "thumbprint"): badge.key.thumbprint,
            ("badges/status", "number"): badge.place.listed_id,
            ("enter", "token"): "nothing",
            ("calendar", "token"): "nothing",
            **_partner_course(world),
            **world_talent.shown(world),
            **world_ledger.shown(world.firm),
            **world_alliance.shown(world),
            ("invitations", "token"): "nothing",
            ("account/confirm-email", "key"): "nothing",
            ("account/2fa/webauthn/keys", "pk"): 1,
            ("account/password/reset/key", "uidb36"): "1",
            ("account/password/reset/key", "key"): "nothing",
            ("account/oidc", "provider_id"): "nothing",
        }
    )
    return world


def _partner_course(world: World) -> dict[tuple[str, str], Any]:
    """A listed course of a partner with a seat, an issuer, a place that the team has and a certificate that it handed in."""
    course = partners.course(world.firm, seats=1)
    issuer = TrustedIssuer.objects.create(
        course=course, name="Vector", issuer="https://vector.example", keys_url="https://vector.example/keys"
    )
    place = PartnerPlace.objects.create(course=course, person=world.people["team"])
    row = partners.handed_in(course, world.people["team"])
    return {
        ("partner-courses", "uid"): course.uid,
        ("partner-courses/seats", "block"): course.blocks.get().uid,
        ("partner-courses/issuers", "issuer"): issuer.uid,
        ("partner-places", "uid"): place.uid,
        ("recognitions", "uid"): row.uid,
    }


def _hidden_partner_course(world: World) -> None:
    """The same in preparation, with what the owner asked and handed in."""
    words = {f"{name}_{code}": text("partner") for name in ("title", "summary") for code in ("ko", "en")}
    course = partners.course(world.firm, seats=1, is_listed=False, **words)
    issuer = TrustedIssuer.objects.create(
        course=course, name=text("partner"), issuer="https://b.example", keys_url="https://b.example/keys"
    )
    place = PartnerPlace.objects.create(course=course, person=world.owner, motive=text("partnermotive"))
    row = partners.handed_in(course, world.owner, note=text("certificate"))
    world.hidden |= {
        ("partner-courses", "uid"): course.uid,
        ("partner-courses/seats", "block"): course.blocks.get().uid,
        ("partner-courses/issuers", "issuer"): issuer.uid,
        ("partner-places", "uid"): place.uid,
        ("recognitions", "uid"): row.uid,
    }


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
    _learning(world, circle)
    _hidden_partner_course(world)
    world.hidden |= world_talent.hide(world, text) | world_alliance.hide(world, text)
    world.hidden |= world_ledger.hide(world.firm, word("ledgerclass"), text("ledgerreceipt"))
    return world


def _course(world: World, slug: str, changed: dict[str, str]) -> dict[tuple[str, str], Any]:
    """A course that the host gives, with the addresses of its parts."""
    with tempfile.TemporaryDirectory() as above:
        folder = laid(Path(above), **{"course.yaml": COURSE.replace("id: tiny", f"id: {slug}"), **changed})
        made = versions.take_shipped(folder, organisation=world.firm, authors=[world.people["host"]])
    led = cohorts.cohort(made, name_en=f"Class of {slug}")
    placed = places.apply(by=world.people["team"], cohort=led)
    room = cohorts.room(world.firm)
    session = cohorts.session(led, kind="hybrid", room=room)
    return _coached(led, placed) | {
        ("cohorts", "uid"): led.uid,
        ("cohorts/people", "place"): placed.uid,
        ("cohorts/seats", "block"): led.blocks.get().uid,
        ("cohorts/sessions", "session"): session.uid,
        ("rooms", "uid"): room.uid,
        ("courses", "slug"): made.slug,
        ("courses/units", "unit"): "01-first",
        ("courses/units/questions", "item"): "pick",
        ("courses/questions", "item"): "pick",
        ("courses/versions", "number"): 1,
        ("courses/versions/files", "name"): "units/01-first/lab/hidden.py",
        ("courses/versions/figures", "unit"): "01-first",
        ("courses/versions/figures", "name"): "box.svg",
    }


def _coached(led: Cohort, place: Place) -> dict[tuple[str, str], Any]:
    """The learner in the cohort, with a question to its coaches, a team project, and what is asked afterwards."""
    coach, learner = led.coaches.get(), place.person
    said = text("coachmessage") if led.course.slug == "hidden-course" else "Shown"
    threads.write(by=learner, place=place, unit="01-first", body=said)
    values = {"team_size": 3, "due_at": clock.now() + timedelta(days=20)}
    values |= dict.fromkeys(("name_ko", "name_en", "brief_ko", "brief_en"), "Shown")
    project = projects.make(by=coach, cohort=led, values=values)
    team = projects.put_team(by=coach, project=project, name="Shown", members=[place])
    projects.write_report(by=learner, team=team, report=said.replace("message", "report"), hand_in=True)
    FollowUp.objects.create(place=place, months=3)
    return {
        ("cohorts/places", "place"): place.uid,
        ("cohorts/questions", "place"): place.uid,
        ("cohorts/questions/units", "unit"): "01-first",
        ("cohorts/projects", "project"): project.uid,
        ("cohorts/projects/teams", "team"): team.uid,
        ("cohorts/entrance/questions", "item"): "python-1",
        ("cohorts/afterwards", "months"): 3,
    }


def _learning(world: World, circle: Circle) -> None:
    """A course for one circle, with what one of its learners ran and handed in."""
    titled = COURSE.replace("id: tiny", "id: hidden-course").replace("Tiny course", text("course"))
    parts = _course(
        world,
        "hidden-course",
        {
            "course.yaml": titled.replace("작은 강좌", f"강좌 {text('course')}"),
            "units/01-first/lab/hidden.py": f"# {text('hiddentest')}\n{HIDDEN}",
        },
    )
    led = Cohort.objects.get(course__slug="hidden-course")
    Cohort.objects.filter(pk=led.pk).update(name_en=text("course"), name_ko=text("course"))
    session = led.sessions.get()
    assert session.room is not None
    words = {
        "title_en": text("course"),
        "title_ko": text("course"),
        "link": f"https://{word('sessionlink')}.kr/",
    }
    led.sessions.update(**words)
    Room.objects.filter(pk=session.room.pk).update(address_ko=text("address"), address_en=text("address"))
    led.places.update(motive=text("motive"))
    host, told = world.people["host"], text("cohortnews")
    news.announce(by=host, cohort=Cohort.objects.get(pk=led.pk), title=told, body=told)
    course = Course.objects.get(slug="hidden-course")
    Course.objects.filter(pk=course.pk).update(audience=Audience.CIRCLE, circle=circle)
    course.refresh_from_db()
    learner = world.people["team"]
    taken = enrolments.start(by=learner, course=course)
    given = {"by": learner, "enrolment": taken, "unit": "01-first", "cells": [SOLVED]}
    attempt = asking.ask(**given, kind=LabAttempt.Kind.CHECK)  # type: ignore[arg-type]
    Grading.objects.filter(attempt=attempt).update(state="done", log=text("attemptlog"))
    ran = asking.run(**given, upto=0)  # type: ignore[arg-type]
    Run.objects.create(
        job=Job.objects.get(uid=ran.job), attempt=1, node=Node.objects.get(), worker="test", rate=1.0,
        stdout=text("attemptlog"), ended_at=clock.now(),
    )  # fmt: skip
    assert CellRun.objects.count() == 1
    for job in Job.objects.filter(project=course.slug):
        cancel(job)  # how much waits on the farm is for all members to see
    world.hidden |= {
        **{key: it for key, it in parts.items() if key[0].startswith("cohorts") and not isinstance(it, str)},
        ("rooms", "uid"): session.room.uid,
        ("courses", "slug"): course.slug,
        ("cells", "uid"): ran.job,
        ("lab-cells", "uid"): ran.job,
        ("lab-attempts", "uid"): attempt.uid,
        ("courses/learners", "uid"): taken.uid,
    }


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
    notices.notify([world.owner], OF_THE_WALK, url="/", params={"words": text("notice")})
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
    world.hidden |= (
        {
            ("bundles", "sha256"): looked.sha256,
            ("problems/import", "sha256"): looked.sha256,
            ("people", "uid"): recluse.uid,
            ("accounts", "uid"): recluse.uid,
            ("me/tokens", "uid"): token.uid,
            ("me/invitations", "uid"): sent.uid,
            ("invitations", "uid"): sent.uid,
            ("memberships", "uid"): held.uid,
            ("imports", "uid"): upload.uid,
        }
        | _job(world)
        | {("badges", "uid"): awarded(world.owner, name=Text(text("badge"))).uid}
    )


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
