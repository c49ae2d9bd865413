"""The demo has a call of the past year with a project, and one that is open; the second load changes nothing."""

from collections import Counter

import pytest

from dure.alliance.calls import by_date, demo
from dure.alliance.models import Proposal, ResearchCall, ResearchProject, Review, ReviewConflict
from dure.foundation import clock
from dure.problems.demo import catalogue
from dure.problems.demo_loading import DemoLoader
from dure.problems.events import DemoLoaded

pytestmark = pytest.mark.django_db


def test_it_shows_a_call_from_its_opening_to_a_project_and_one_that_is_open() -> None:
    DemoLoader(catalogue.load_alliance(), say=lambda _line: None).put_people()
    demo.load(DemoLoaded())
    demo.load(DemoLoaded())
    calls = Counter(ResearchCall.objects.values_list("state", flat=True))
    assert calls == {"announced": 1, "open": 1}
    states = Counter(Proposal.objects.values_list("state", flat=True))
    assert states == {"awarded": 1, "accepted": 1, "declined": 1, "submitted": 1, "draft": 1}
    assert ResearchProject.objects.get().proposal.code == "P1"
    assert Review.objects.filter(state="submitted").count() == 6
    assert ReviewConflict.objects.exists()
    assert by_date.close(clock.now()) == 0
