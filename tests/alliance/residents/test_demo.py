"""The demo's joint lab is there once, with its people."""

import pytest

from dure.alliance.models import JointLab, Resident, SpaceBooking
from dure.alliance.residents import demo
from dure.problems.demo import catalogue
from dure.problems.demo_loading import DemoLoader
from dure.problems.events import DemoLoaded

pytestmark = pytest.mark.django_db


def test_the_demo_has_one_lab_with_a_dozen_residents_and_loads_once() -> None:
    DemoLoader(catalogue.load_alliance(), say=lambda _line: None).put_people()
    demo.load(DemoLoaded())
    demo.load(DemoLoaded())
    assert (JointLab.objects.count(), SpaceBooking.objects.count()) == (1, 3)
    states = list(Resident.objects.order_by("pk").values_list("state", flat=True))
    assert (len(states), set(states)) == (12, {"working", "leaving", "expected"})
