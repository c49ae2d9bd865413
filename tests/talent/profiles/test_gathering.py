"""Evidence gathered from courses, credentials and challenges, and the posteriors that follow from it."""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries

from dure.engines import evidence as engine
from dure.engines.credentials import Skill, Text
from dure.foundation import clock, events, workflow
from dure.learn.actions import enrolments
from dure.learn.actions import events as learning
from dure.learn.models import Course, LearningEvent
from dure.people.models import Person
from dure.problems.models import ResultRecord, Team
from dure.talent.applications import applying
from dure.talent.models import Evidence, Profile, SkillPosterior
from dure.talent.profiles import computing, facts, gathering, record
from tests.factories.course_files import COURSE, FILES
from tests.factories.courses import open_course
from tests.factories.credentials import awarded
from tests.factories.front import alliance
from tests.factories.openings import opening
from tests.factories.people import client_of, organisation, person
from tests.factories.talent import SKILL, fact, result

pytestmark = pytest.mark.django_db
MOST_QUERIES = 25
NAMED = (Skill(name=Text("분할", "Split"), url="/skills/calibration", framework="Dure", code="calibration"),)


@pytest.fixture
def learner() -> Person:
    made = person(language="en")
    record.begin(made)
    return made


def graded(learner: Person, course: Course, points: float = 4.0) -> None:
    enrolment = enrolments.start(by=learner, course=course)
    learning.record(
        enrolment, LearningEvent.Verb.GRADED, "lab/01-first", attempt="a", points=points, of=4.0, tests="t"
    )


def ending_course(folder: Path) -> Team:
    """A team of a challenge in which an open course ends that gains level 3."""
    alliance()
    changed = {
        "course.yaml": COURSE.replace(f"{SKILL}: 1", f"{SKILL}: 3"),
        "units/02-second/unit.yaml": FILES["units/02-second/unit.yaml"] + "challenge: story-0\n",
    }
    open_course(folder, **changed)
    return Team.objects.filter(challenge__slug="story-0")[0]


def rows(learner: Person) -> list[Any]:
    return list(Evidence.objects.filter(person=learner).order_by("pk").values())


def posteriors(learner: Person) -> list[Any]:
    return list(SkillPosterior.objects.filter(person=learner).order_by("pk").values())


def test_of_whoever_never_began_a_record_nothing_is_gathered(tmp_path: Path) -> None:
    someone = person()
    graded(someone, open_course(tmp_path))
    gathering.gather(someone)
    assert rows(someone) == posteriors(someone) == []


def test_a_lab_becomes_evidence_and_a_posterior(tmp_path: Path, learner: Person) -> None:
    course = open_course(tmp_path)
    graded(learner, course)
    gathering.gather(learner)
    (row,) = Evidence.objects.filter(person=learner)
    assert (row.kind, row.skill, row.level, row.state) == ("lab", SKILL, 1, "standing")
    assert row.url == row.source == "/courses/tiny/units/01-first/lab/results"
    assert row.origin == f"course:{course.pk}"
    assert row.figures == {"points": 4.0, "of": 4.0, "version": 1}
    assert row.title_ko != row.title_en
    (kept,) = SkillPosterior.objects.filter(person=learner)
    assert computing.as_value(kept) == engine.posterior([facts.fact_of(row)], clock.today())
    assert kept.mean > engine.PRIOR_MEAN
    assert kept.variance < engine.PRIOR_VARIANCE


def test_gathering_twice_changes_nothing(tmp_path: Path, learner: Person) -> None:
    team = ending_course(tmp_path)
    result(learner, team)
    graded(learner, Course.objects.get())
    with clock.at(clock.now()):
        gathering.gather(learner)
        before = rows(learner), posteriors(learner)
    with clock.at(clock.now() + timedelta(minutes=1)):
        gathering.gather(learner)
    assert len(before[0]) == 2
    assert (rows(learner), posteriors(learner)) == before


def test_a_result_carries_its_intervals_and_narrow_ones_weigh_more(tmp_path: Path, learner: Person) -> None:
    team = ending_course(tmp_path)
    worst = Team.objects.filter(challenge=team.challenge)[1]
    ResultRecord.objects.create(
        challenge=team.challenge, person=person(), team=worst, metric="mae", score=3.0, rank=9, teams=9
    )
    result(learner, team)
    gathering.gather(learner)
    (row,) = Evidence.objects.filter(person=learner)
    placing = facts.placing_of(row.figures)
    assert placing == engine.Placing(
        rank_low=2, rank_high=4, of=9, score_low=0.8, score_high=1.2, worst=1.0, best=3.0
    )
    assert placing.doubt == pytest.approx(0.25)
    narrow = SkillPosterior.objects.get(person=learner).variance
    ResultRecord.objects.filter(person=learner).update(rank_low=1, rank_high=9)
    gathering.gather(learner)
    assert SkillPosterior.objects.get(person=learner).variance > narrow


def test_a_result_without_intervals_may_stand_anywhere(tmp_path: Path, learner: Person) -> None:
    result(learner, ending_course(tmp_path), low=None, high=None, rank_low=None, rank_high=None)
    gathering.gather(learner)
    assert facts.placing_of(Evidence.objects.get(person=learner).figures) is None
    assert SkillPosterior.objects.get(person=learner).number == 1


def test_what_goes_below_goes_here_and_comes_back(tmp_path: Path, learner: Person, settings: Any) -> None:
    settings.DATA = tmp_path
    desk = person(roles=["secretariat"])
    badge = awarded(learner, skills=NAMED)
    gathering.gather(learner)
    assert [(row["kind"], row["skill"]) for row in rows(learner)] == [("credential", "calibration")]
    badge = workflow.perform(badge, "revoke", by=desk, data={"reason": "a mistake"})
    gathering.gather(learner)
    assert rows(learner) == posteriors(learner) == []
    workflow.perform(badge, "reinstate", by=desk, data={"reason": "it was right"})
    gathering.gather(learner)
    assert len(posteriors(learner)) == 1


def test_a_skill_that_the_catalogue_does_not_know_is_left_out(
    tmp_path: Path, learner: Person, settings: Any
) -> None:
    settings.DATA = tmp_path
    unknown = Skill(name=Text("모름", "Unknown"), url="/skills/unknown", framework="Dure", code="unknown")
    awarded(learner, skills=(unknown,))
    gathering.gather(learner)
    assert rows(learner) == []


@pytest.mark.parametrize("state", ["hidden", "contested", "struck"])
def test_what_does_not_stand_stays_so_and_counts_for_nothing(
    tmp_path: Path, learner: Person, state: str
) -> None:
    graded(learner, open_course(tmp_path))
    gathering.gather(learner)
    Evidence.objects.filter(person=learner).update(state=state)
    gathering.gather(learner)
    assert [row["state"] for row in rows(learner)] == [state]
    assert posteriors(learner) == []


def test_claims_and_endorsements_are_not_touched_by_gathering(learner: Person) -> None:
    fact(learner, kind="claim", origin="claim")
    fact(learner, kind="endorsement", origin="verifier:1")
    gathering.gather(learner)
    assert sorted(row["kind"] for row in rows(learner)) == ["claim", "endorsement"]


def test_events_below_make_the_clock_gather(tmp_path: Path, learner: Person, settings: Any) -> None:
    settings.DATA = tmp_path
    gathering.gather(learner)
    assert gathering.gather_stale(clock.now()) == 0
    awarded(learner, skills=NAMED)
    while events.deliver_pending():
        pass
    assert gathering.gather_stale(clock.now()) == 1
    assert len(rows(learner)) == 1
    assert gathering.gather_stale(clock.now()) == 0


def test_old_evidence_widens_by_the_clock_alone(tmp_path: Path, learner: Person) -> None:
    graded(learner, open_course(tmp_path))
    gathering.gather(learner)
    fresh = SkillPosterior.objects.get(person=learner)
    later = clock.now() + timedelta(days=4 * 365)
    with clock.at(later):
        assert gathering.gather_stale(later) == 1
    old = SkillPosterior.objects.get(person=learner)
    assert old.variance > fresh.variance
    assert old.mean < fresh.mean


def test_the_command_computes_everybody_anew_and_can_go_on_after_a_break(
    learner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    fact(learner, kind="role")
    before = posteriors(learner)
    SkillPosterior.objects.update(mean=9.0, model_version="older")
    out = StringIO()
    call_command("gather_evidence", stdout=out)
    assert "gathered for 1" in out.getvalue()
    said = {name: posteriors(learner)[0][name] for name in computing.FIGURES}
    assert said == {name: before[0][name] for name in computing.FIGURES}
    begun = out.getvalue().split("--before ")[1].split()[0]
    monkeypatch.setattr(gathering, "gather", lambda _person: pytest.fail("done already"))
    call_command("gather_evidence", "--before", begun)


def test_one_that_fails_keeps_nobody_from_theirs(learner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    other = person()
    record.begin(other)
    whole = gathering.gather

    def failing(one: Person) -> None:
        if one == learner:
            raise ValueError
        whole(one)

    monkeypatch.setattr(gathering, "gather", failing)
    assert gathering.gather_stale(clock.now()) == 2
    assert gathering.gather_stale(clock.now()) == 0
    assert record.of(other).gathered_at is not None  # type: ignore[union-attr]


def test_the_number_of_queries_does_not_grow(
    tmp_path: Path, learner: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    graded(learner, open_course(tmp_path / "one"))
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        gathering.gather(learner)
    for number in range(4):
        text = COURSE.replace("id: tiny", f"id: tiny-{number}")
        graded(learner, open_course(tmp_path / str(number), **{"course.yaml": text}))
    with django_assert_max_num_queries(MOST_QUERIES) as more:
        gathering.gather(learner)
    assert len(more.captured_queries) <= len(few.captured_queries)


def test_whoever_shows_skills_before_they_ever_opened_their_evidence_shows_those_that_they_have(
    tmp_path: Path,
) -> None:
    someone, firm = person(language="en"), organisation()
    graded(someone, open_course(tmp_path))
    preview = client_of(someone).get("/api/v1/me/talent/preview?fields=skills").json()
    assert [one["slug"] for one in preview["skills"]] == [SKILL]
    Profile.objects.all().delete()
    Evidence.objects.all().delete()
    applying.apply(by=someone, opening=opening(firm), shared=["skills"])
    assert [row.skill for row in Evidence.objects.filter(person=someone)] == [SKILL]
    assert Profile.objects.get(person=someone).gathered_at is None
