"""The plan is what brute force gives, on small farms of every kind."""

from hypothesis import given, settings

from dure.engines.scheduling import plan
from tests.engines.scheduling.farms import Scene, scenes
from tests.engines.scheduling.oracle import Oracle


@settings(max_examples=600, deadline=None)
@given(scenes())
def test_the_plan_is_that_of_brute_force(scene: Scene) -> None:
    found = plan(scene.farm(), scene.now)
    wanted = Oracle(scene, list(scene.running)).run()
    assert [(start.job.uid, start.reason.value) for start in found.starts] == wanted.starts
    assert {preemption.uid for preemption in found.preemptions} == wanted.preempted
    assert found.head == wanted.head
    if found.reservation is not None and wanted.at is not None:
        assert found.reservation.at == max(wanted.at, scene.now)
    assert (found.reservation is None) == (wanted.at is None)
