"""Playing the demo alliance through the product's own actions, at the dates its content names.

Every step looks first whether it is done, so a loader that was killed goes on where it stopped.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.db import transaction

from dure.farm import api as farm
from dure.foundation import clock, files, workflow
from dure.foundation.access import Audience
from dure.foundation.models import Blob
from dure.people import api as people
from dure.problems import readiness
from dure.problems.actions import challenges, leaks, submissions, teams
from dure.problems.actions.terms import accept_terms
from dure.problems.bell import ring
from dure.problems.demo.catalogue import DemoAlliance, DemoNeed, DemoProblem, DemoSubmission, DemoTeam
from dure.problems.models import Challenge, Problem, Team
from dure.problems.scoring import EVALUATION

Say = Callable[[str], None]
REAL_DATA = "실제 자료 그대로이고 모두 같은 조건에서 겨룹니다. / These are real data as they are; all compete on the same terms."
TEXTS = ("title", "summary", "hurts", "cost", "data", "worth")


class DemoLoader:
    """Loads one alliance; `people` and `organisations` are found by the keys its content uses."""

    def __init__(self, alliance: DemoAlliance, *, say: Say) -> None:
        self.alliance, self.say = alliance, say
        self.organisations: dict[str, people.Organisation] = {}
        self.people: dict[str, people.Person] = {}

    def put_people(self) -> None:
        for one in self.alliance.organisations:
            self.organisations[one.slug] = people.put_demo_organisation(
                one.slug,
                name_ko=one.name.ko,
                name_en=one.name.en,
                kind=one.kind,
                country=one.country,
                business_number=one.business_number,
                about_ko=one.about.ko,
                about_en=one.about.en,
                joined_on=clock.today() - timedelta(days=300),
            )
        for who in self.alliance.people:
            self.people[who.key] = people.put_demo_person(
                who.email,
                name_ko=who.name.ko,
                name_en=who.name.en,
                headline_ko=who.headline.ko,
                headline_en=who.headline.en,
                language=who.language,
                roles=list(who.roles),
                demo_role=who.demo_role,
                memberships=[
                    {
                        "organisation": self.organisations[held.organisation],
                        "role": held.role,
                        "title": held.title,
                        "starts_on": clock.today() - timedelta(days=300),
                    }
                    for held in who.memberships
                ],
            )

    def put_capacity(self) -> None:
        """What members give to the farm, were granted and used of it."""
        cast = farm.DemoCast(self.organisations, self.people, self.people["secretariat"])
        farm.put_demo_capacity(self.alliance.capacity, cast)

    def put_needs(self) -> None:
        """The needs beside the problems, each in the stage its content names."""
        for need in self.alliance.needs:
            if not Problem.objects.filter(title_ko=need.title.ko).exists():
                with days_ago(need.posted_days_ago):
                    self._play_need(need)

    def _play_need(self, need: DemoNeed) -> None:
        problem = self._post(need, contact=need.contact)
        secretary = self.people["secretariat"]
        messages = [message.body for message in need.messages]
        if need.state in {"questions", "declined"} and messages:
            problem = workflow.perform(problem, "ask", by=secretary, data={"message": messages[0]})
        if need.state == "declined":
            workflow.perform(problem, "decline", by=secretary, data={"reason": need.reason})

    def _post(self, content: DemoNeed | DemoProblem, *, contact: str) -> Problem:
        owner = self.people[content.owner]
        texts = {
            f"{name}_{code}": getattr(getattr(content, name), code) for name in TEXTS for code in ("ko", "en")
        }
        problem = Problem.objects.create(
            owner=owner,
            organisation=self.organisations[content.organisation],
            industry=content.industry,
            sensitivity=content.sensitivity,
            contact=contact,
            created_at=clock.now(),
            **texts,
        )
        return workflow.perform(problem, "post", by=owner)

    @transaction.atomic
    def open_problem(self, content: DemoProblem) -> Challenge:
        """Post, accept, prepare and open one problem, all of it or nothing; nothing more when it is there already."""
        existing = Challenge.objects.filter(slug=content.slug).first()
        if existing:
            return existing
        with days_ago(content.opened_days_ago + 7):
            problem = self._accepted(content)
        with days_ago(content.opened_days_ago):
            return self._opened(content, problem)

    def _accepted(self, content: DemoProblem) -> Problem:
        problem = self._post(content, contact=self.people[content.owner].email or "-")
        secretary = self.people["secretariat"]
        host = self.people[content.host]
        problem = workflow.perform(
            problem, "accept", by=secretary, data={"route": "challenge", "curator": host}
        )
        problem.audience, problem.practice = Audience.PUBLIC, content.practice
        problem.save(update_fields=["audience", "practice"])
        return problem

    def _opened(self, content: DemoProblem, problem: Problem) -> Challenge:
        host = self.people[content.host]
        challenge = challenges.create_challenge(by=host, problem=problem, slug=content.slug)
        challenge.split_mode, challenge.split_column = content.split.mode, content.split.column
        challenge.public_share, challenge.target = content.split.public_share, content.target
        challenge.second_metric, challenge.skills = content.second_metric, list(content.skills)
        challenge.save()
        parts = [(file.part, file.path.name, _blob(file.path)) for file in content.files]
        challenges.add_dataset(
            by=host,
            challenge=challenge,
            parts=parts,
            licence=content.licence,
            attribution=_attribution(content),
        )
        challenges.set_scoring(by=host, challenge=challenge, schema=content.schema, metric=content.metric)
        with content.answers.open("rb") as stream:
            challenges.add_answers(by=host, challenge=challenge, truth=challenges.take_table(stream))
        ends = clock.now() + timedelta(days=content.opened_days_ago + content.closes_in_days)
        phase = {"starts_at": clock.now(), "ends_at": ends, "name_ko": "본 대회", "name_en": "Main phase"}
        challenges.set_phases(
            by=host, challenge=challenge, phases=[{**phase, "per_day": 5, "per_phase": 100}]
        )
        challenge.pages.create(
            number=1, title_ko="규칙", title_en="Rules", body_ko=content.rules.ko, body_en=content.rules.en
        )
        _check_leaks(challenge, host)
        challenge = workflow.perform(challenge, "open", by=host)
        workflow.perform(challenge.problem, "open", by=host)
        return challenge

    def hand_in_all(self, content: DemoProblem, challenge: Challenge, entries: tuple[DemoTeam, ...]) -> None:
        """Every team's files at their dates; what was handed in before is left as it is."""
        for entry in entries:
            team = self.enter(entry, challenge)
            for handed in entry.submissions[team.submissions.count() :]:
                self._hand_in(team, entry, handed, content)

    def enter(self, entry: DemoTeam, challenge: Challenge) -> Team:
        """The team of that name, entered where it is not there yet."""
        found = Team.objects.filter(challenge=challenge, name=entry.name).first()
        if found:
            return found
        organisation = self.organisations.get(entry.organisation)
        if not entry.members:
            return Team.objects.create(
                challenge=challenge, name=entry.name, organisation=organisation, is_baseline=True
            )
        members = [self.people[key] for key in entry.members]
        for member in members:
            accept_terms(by=member, problem=challenge.problem, origin="demo")
        team = teams.enter(by=members[0], challenge=challenge, name=entry.name, organisation=organisation)
        for guest in members[1:]:
            teams.accept(by=guest, invitation=teams.invite(by=members[0], team=team, person=guest))
        return team

    def _hand_in(self, team: Team, entry: DemoTeam, handed: DemoSubmission, content: DemoProblem) -> None:
        by = self.people[entry.members[0] if entry.members else content.host]
        taken = submissions.take_predictions(team.challenge, io.BytesIO(handed.path.read_bytes()))
        phase = team.challenge.phases.get(number=1)
        with days_ago(handed.days_ago):
            submissions.record(
                by=by,
                team=team,
                phase=phase,
                taken=taken,
                filename=handed.path.name,
                note=f"{handed.note.ko} / {handed.note.en}",
            )
        ring(EVALUATION)
        self.say(f"{content.slug}: {team.name} – {handed.path.name}")


def _check_leaks(challenge: Challenge, host: people.Person) -> None:
    """The checks really run; where real data are what they are, the host says so."""
    leaks.check_now(by=host, challenge=challenge)
    if readiness.check_state(challenge) == "stops":
        leaks.open_all_the_same(by=host, challenge=challenge, reason=REAL_DATA)


def _blob(path: Path) -> Blob:
    with path.open("rb") as stream:
        return files.put(stream)


def _attribution(content: DemoProblem) -> str:
    return "\n".join(text for text in (content.attribution, content.notice) if text)


@contextmanager
def days_ago(days: int) -> Iterator[None]:
    """What happens inside happened that many days before now."""
    with clock.at(clock.now() - timedelta(days=days)):
        yield
