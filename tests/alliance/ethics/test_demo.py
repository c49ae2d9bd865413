"""The demo's ethics: a board, an assessment with it, one approved on a condition, an incident being examined; loaded once."""

import pytest

from dure.alliance.ethics import by_date, demo, of_problems, queries
from dure.alliance.models import EthicsAssessment, EthicsIncident, EthicsMember
from dure.foundation import clock, gates
from dure.foundation.access import SYSTEM
from dure.foundation.models import Notice
from dure.problems.demo import catalogue
from dure.problems.demo_loading import DemoLoader
from dure.problems.events import DemoLoaded
from dure.problems.models import Problem
from tests.factories import problems

pytestmark = pytest.mark.django_db
SCREENING = "세포 사진의 측정값으로 악성 종양 가려내기"


def test_the_demo_has_ethics_in_every_stage_shuts_nothing_that_is_open_and_loads_once() -> None:
    loader = DemoLoader(catalogue.load_alliance(), say=lambda _line: None)
    loader.put_people()
    loader.put_needs()
    owner, firm = loader.people["hospital-owner"], loader.organisations["solbit-hospital"]
    problems.accepted_need(owner=owner, organisation=firm, title_ko=SCREENING, sensitivity="public")
    demo.load(DemoLoaded())
    counted = (EthicsMember.objects.count(), EthicsAssessment.objects.count(), Notice.objects.count())
    demo.load(DemoLoaded())
    again = (EthicsMember.objects.count(), EthicsAssessment.objects.count(), Notice.objects.count())
    assert counted == again
    assert [(seat.is_chair, seat.is_outside) for seat in queries.seats()] == [
        (True, False),
        (False, False),
        (False, True),
    ]
    made = {one.title_ko: one for one in EthicsAssessment.objects.order_by("pk")}
    assert [one.state for one in made.values()] == ["submitted", "approved"]
    assert made[SCREENING].conditions
    assert EthicsIncident.objects.get().state == "examining"
    need = Problem.objects.get(title_ko=SCREENING)
    assert gates.check("problem.open", need, SYSTEM)
    assert made[SCREENING].facts == dict(of_problems.described(need).facts)
    assert by_date.revisit_all(clock.now()) == 0
