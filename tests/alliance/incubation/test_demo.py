"""The demo has a scouting list of ten, a batch under way with a late startup, one that graduated; a second load changes nothing."""

import pytest

from dure.alliance.incubation import by_date, demo
from dure.alliance.introductions import queries
from dure.alliance.models import IncubationBatch, ScoutedStartup, StartupCase, StartupCheckpoint
from dure.foundation import clock
from dure.foundation.models import Notice
from dure.problems.demo import catalogue
from dure.problems.demo_loading import DemoLoader
from dure.problems.events import DemoLoaded

pytestmark = pytest.mark.django_db


def test_it_is_played_once_and_the_clock_moves_nothing_on_that_day() -> None:
    DemoLoader(catalogue.load_alliance(), say=lambda _line: None).put_people()
    demo.load(DemoLoaded())
    counted = (ScoutedStartup.objects.count(), StartupCase.objects.count(), Notice.objects.count())
    demo.load(DemoLoaded())
    again = (ScoutedStartup.objects.count(), StartupCase.objects.count(), Notice.objects.count())
    assert counted == again
    assert counted[:2] == (10, 5)
    late = StartupCheckpoint.objects.filter(state="late").values_list("case__name_en", flat=True)
    assert set(late) == {"Duru Dispatch (demo)"}
    over, running = IncubationBatch.objects.order_by("starts_on")
    assert (over.state, running.state, running.cases.filter(state="incubating").count()) == (
        "ended",
        "running",
        4,
    )
    found = queries.summary(over)
    assert (found.graduated, found.pocs, found.raised.rounds, found.raised.disclosed) == (1, 1, 2, 1)
    assert [duty(clock.now()) for duty in (by_date.close, by_date.remind, by_date.late)] == [0, 0, 0]
