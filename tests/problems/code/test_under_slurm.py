"""The ends of submitted code once more, on a cluster: what is told of a program does not depend on who carried it out."""

from dataclasses import replace
from functools import partial

import pytest

from dure.farm import api as farm
from dure.problems.code import asking
from dure.problems.models import Challenge
from tests.factories.code import code_challenge, handed, run_code
from tests.factories.problems import entered
from tests.farm.conftest import cluster, slurm  # noqa: F401 - fixtures
from tests.farm.engines import SlurmEngine, run_all
from tests.problems.code.test_ends import ALSO, ENDS, WAYS, over_rest, reading_answers

pytestmark = [
    pytest.mark.slurm,
    pytest.mark.sandbox,
    pytest.mark.packages,
    pytest.mark.django_db(transaction=True),
]
SHOWN = ("wins", "loops", "eats memory", "forks", "floods the log", "raises")


@pytest.fixture
def challenge(monkeypatch: pytest.MonkeyPatch) -> Challenge:
    """With a short time for the processor, and a long one by the clock: all programs run beside each other."""
    real = asking.limits_of

    def short(challenge: Challenge) -> farm.Limits:
        return replace(real(challenge), wall_seconds=90, cpu_seconds=4)

    monkeypatch.setattr(asking, "limits_of", short)
    return code_challenge()


def test_each_end_is_told_on_a_cluster_as_on_this_machine(
    challenge: Challenge,
    slurm: SlurmEngine,  # noqa: F811 - the fixture
) -> None:
    teams = {name: entered(challenge) for name in SHOWN}
    for name, team in teams.items():
        handed(team, ENDS[name].source)
    reads = entered(challenge)
    handed(reads, reading_answers(challenge))
    run_code(run_jobs=partial(run_all, slurm, within_s=400))
    assert set(farm.Run.objects.values_list("node__name", flat=True)) == {"slurm:dure"}
    for name, team in teams.items():
        end, told = ENDS[name], over_rest(team.members.get().person, team)
        last = told["runs"][-1]
        assert (name, told["state"], last["stage"]) == (name, end.state, end.stage)
        assert last["limit"] in ALSO.get(end.limit, {end.limit}), name
        assert last["exception"] == end.exception or not end.exception, name
        assert end.words in told["message"], name
    log = over_rest(reads.members.get().person, reads)["runs"][0]["log"]
    assert "REACHED" not in log
    assert log.count("kept out:") == len(WAYS), log
