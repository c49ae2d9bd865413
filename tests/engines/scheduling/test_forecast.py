"""Why each job waits, and when it is expected to start."""

from hypothesis import given, settings

from dure.engines.scheduling import (
    HOUSE,
    POLICIES,
    SENTENCES,
    Farm,
    JobClass,
    Preempts,
    Starts,
    Waits,
    forecast,
    plan,
)
from tests.engines.scheduling.farms import Scene, cores, job, running, scenes


def test_each_job_says_why_it_waits_and_when_it_starts() -> None:
    farm = Farm(cores(4, etri=1), HOUSE)
    farm.take(running(job("r", 2, 20.0, member="lg")), 0.0)
    farm.wait(
        [
            job("head", 3, 10.0, at=0.0),
            job("beyond", 4, 10.0, at=1.0, member="kaist"),
            job("promised", 2, 5.0, at=2.0, member="naver"),
            job("late", 1, 50.0, at=3.0, member="skt"),
            job("huge", 5, 5.0, at=4.0, member="etri"),
        ]
    )
    said = {each.job.uid: (each.reason, each.kind, each.expected) for each in forecast(farm, 5.0)}
    assert said == {
        "head": (Waits.NEXT, "cores", 20.0),
        "beyond": (Waits.EXCEEDS_GUARANTEE, "cores", None),
        "promised": (Waits.PROMISED, "cores", 30.0),
        "late": (Waits.WOULD_DELAY, None, 30.0),
        "huge": (Waits.EXCEEDS_FARM, "cores", None),
    }


def test_places_count_in_turn() -> None:
    farm = Farm(cores(1), POLICIES["fifo-strict"])
    farm.take(running(job("r", 1, 20.0)), 0.0)
    farm.wait([job("b", at=2.0), job("a", at=1.0), job("s", at=0.0, job_class=JobClass.SCAVENGER)])
    said = [(each.place, each.job.uid, each.reason, each.expected) for each in forecast(farm, 3.0)]
    assert said == [
        (1, "a", Waits.NEXT, 20.0),
        (2, "b", Waits.NO_ROOM, 30.0),
        (3, "s", Waits.NO_ROOM, 40.0),
    ]


@given(scenes())
@settings(deadline=None)
def test_a_forecast_covers_all_that_wait_and_agrees_with_the_plan(scene: Scene) -> None:
    farm = scene.farm()
    decided, waits = plan(farm, scene.now), forecast(farm, scene.now)
    starting = {start.job.uid for start in decided.starts}
    assert {each.job.uid for each in waits} == {job.uid for job in scene.waiting} - starting
    for each in waits:
        hopeless = each.reason in {Waits.EXCEEDS_FARM, Waits.EXCEEDS_GUARANTEE}
        assert (each.expected is None) == hopeless
        assert (each.reason is Waits.NEXT) == (each.job == decided.head)
        assert each.expected is None or each.expected >= scene.now


def test_every_code_has_its_sentence() -> None:
    assert set(SENTENCES) == {*Starts, *Waits, *Preempts}
