"""The demo has twenty joint projects with renewals in every state, and the second load changes nothing."""

from collections import Counter

import pytest

from dure.alliance.models import ProjectMilestone, ProjectRenewal, ResearchProject
from dure.alliance.projects import by_date, demo, queries, tracks
from dure.foundation import clock
from dure.foundation.models import Notice
from dure.problems.demo import catalogue
from dure.problems.demo_loading import DemoLoader
from dure.problems.events import DemoLoaded

pytestmark = pytest.mark.django_db


def test_it_plays_every_state_once_and_the_clock_moves_nothing_on_that_day() -> None:
    DemoLoader(catalogue.load_alliance(), say=lambda _line: None).put_people()
    demo.load(DemoLoaded())
    counted = (ResearchProject.objects.count(), ProjectRenewal.objects.count(), Notice.objects.count())
    demo.load(DemoLoaded())
    assert counted == (
        ResearchProject.objects.count(),
        ProjectRenewal.objects.count(),
        Notice.objects.count(),
    )
    groups = Counter(tracks.GROUP_OF[one.track].value for one in ResearchProject.objects.all())
    assert groups == {"basic": 15, "industrial": 5}
    states = set(ResearchProject.objects.values_list("state", flat=True))
    assert states == set(ResearchProject.workflow.by_name)
    assert {queries.step_of(one) for one in ProjectRenewal.objects.all()} == set(queries.STEPS)
    assert ProjectMilestone.objects.filter(is_condition=True).count() == 1
    duties = (by_date.ask, by_date.remind, by_date.escalate, by_date.lapse, by_date.late)
    assert [duty(clock.now()) for duty in duties] == [0, 0, 0, 0, 0]
