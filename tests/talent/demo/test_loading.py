"""The demo shows talent for real: evidence, answers in every way, an exchange placed by a round, stays in every state."""

from collections import Counter

import pytest

from dure.foundation import notices
from dure.people.models import Person
from dure.problems import demo_finishing
from dure.problems.demo import catalogue
from dure.problems.demo_loading import DemoLoader
from dure.problems.events import DemoLoaded
from dure.talent.audits import asking, of_rounds
from dure.talent.audits import demo as answers
from dure.talent.demo import loading
from dure.talent.models import (
    Application,
    AuditReport,
    ConsentGrant,
    Evidence,
    Intake,
    MonthlyReport,
    PlacementRound,
    Stay,
    TeamProposal,
)
from dure.talent.openings import demo as openings
from dure.talent.rounds import queries, rules
from dure.talent.teams import entering

pytestmark = pytest.mark.django_db


def someone(mail: str) -> Person:
    return Person.objects.get(email__startswith=f"{mail}@", is_demo=True)


@pytest.fixture
def loaded() -> None:
    """Loaded twice: the second time changes nothing."""
    loader = DemoLoader(catalogue.load_alliance(), say=lambda _line: None)
    loader.put_people()
    for slug in catalogue.FINISHED:
        demo_finishing.play(loader, catalogue.load(slug))
    loader.open_problem(catalogue.load("concrete-strength"))
    openings.load(DemoLoaded())
    answers.load(DemoLoaded())
    loading.load(DemoLoaded())
    before = counts()
    loading.load(DemoLoaded())
    assert counts() == before


def counts() -> list[int]:
    kinds = (Person, Application, Stay, MonthlyReport, Evidence, ConsentGrant, PlacementRound, TeamProposal)
    return [kind._default_manager.count() for kind in kinds]


@pytest.mark.usefixtures("loaded")
def test_the_demo_of_talent_is_whole() -> None:
    _the_thirty_are_placed()
    _stays_are_in_every_state()
    _applications_wait_in_every_way()
    _evidence_is_there()
    _teams_are_put_together()


def _the_thirty_are_placed() -> None:
    decided = PlacementRound.objects.get(state="decided")
    assert decided.commitments.exclude(secret="").count() == 2
    certificate = queries.certificate(decided.results.get())
    assert certificate["counts"]["placed"] == 30
    jiho = queries.outcome(decided.entries.get(person=someone("jiho.kim")))
    assert jiho.seat is not None
    assert [one.line["why"] for one in jiho.lines] == ["full", "seat", "higher_choice"]
    exchange = Intake.objects.get(kind="exchange", state="running")
    assert exchange.hosts.count() == 5
    assert Counter(exchange.stays.values_list("state", flat=True)) == {"away": 12, "preparing": 18}
    assert len(of_rounds.considered(decided)) == 32
    asking.run("placement_round", decided.uid, None)
    report = AuditReport.objects.get()
    assert report.people == 32
    assert "female" in bytes(report.record).decode()
    winter = PlacementRound.objects.get(state="open")
    assert rules.takes_rankings(winter)
    assert not winter.entries.filter(person=someone("jiho.kim")).exists()


def _stays_are_in_every_state() -> None:
    states = Counter(Stay.objects.values_list("state", flat=True))
    assert states == {"preparing": 18, "away": 19, "returned": 1, "completed": 2}
    sides = set(MonthlyReport.objects.values_list("side", flat=True))
    assert sides == {"participant", "host"}
    calls = MonthlyReport.objects.exclude(trouble="")
    assert not MonthlyReport.objects.exclude(did__endswith=".").exists()
    assert calls.filter(answer="").exists()
    assert calls.exclude(answer="").exists()
    assert set(Stay.objects.filter(state="completed").values_list("later", flat=True)) == {
        "founding",
        "member",
    }
    assert set(Intake.objects.values_list("kind", flat=True)) == {
        "exchange",
        "internship",
        "scholarship",
        "secondment",
    }


def _applications_wait_in_every_way() -> None:
    open_ones = Application.objects.filter(opening__state="open")
    assert set(open_ones.values_list("state", flat=True)) == {
        "submitted",
        "in_review",
        "interview",
        "waitlisted",
        "offered",
        "accepted",
        "rejected",
    }
    invited = Application.objects.get(state="interview")
    assert (invited.person, invited.opening.slots.filter(taken_by=invited).count()) == (
        someone("jiho.kim"),
        1,
    )


def _evidence_is_there() -> None:
    jiho = someone("jiho.kim")
    assert set(Evidence.objects.filter(person=jiho).values_list("kind", flat=True)) == {
        "challenge",
        "claim",
        "endorsement",
    }
    placed = Evidence.objects.filter(person=jiho, kind="challenge")
    assert set(placed.values_list("skill", flat=True)) == {
        "feature-engineering",
        "model-validation",
        "supervised-learning",
    }
    assert all(one.figures["low"] < one.figures["score"] < one.figures["high"] for one in placed)
    assert Evidence.objects.get(state="contested").person == someone("doha.lim")
    assert not ConsentGrant.objects.filter(person=jiho).exists()
    assert set(ConsentGrant.objects.values_list("purpose", flat=True)) == set(ConsentGrant.Purpose.values)
    assert any("/stays/" in todo.url for todo in notices.todos(jiho))


def _teams_are_put_together() -> None:
    """One is formed and takes part, of the other somebody has still to answer; the owner has not been told a name of it."""
    formed, waits = TeamProposal.objects.order_by("pk")
    assert (formed.state, waits.state) == ("formed", "proposed")
    assert set(waits.seats.values_list("state", flat=True)) == {"accepted", "proposed"}
    member = formed.seats.order_by("pk")[0].person
    entry = entering.entry_for(formed, reader=member)
    assert entry is not None
    assert (entry.team, sum(one.place == "inside" for one in entry.rows)) == ("강도 함께", 2)


def test_without_the_demos_people_nothing_is_made() -> None:
    loading.load(DemoLoaded())
    assert not Intake.objects.exists()
    assert not Person.objects.filter(is_demo=True).exists()
