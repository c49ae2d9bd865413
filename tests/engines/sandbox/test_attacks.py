"""Every attack fails inside; the same attack gets through when its walls are away; where two walls hold it, each holds it alone."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dure.engines.sandbox.host import this_host
from dure.engines.sandbox.profile import MIB, Profile
from dure.engines.sandbox.walls import ALL
from tests.engines.sandbox.attacks import ATTACKS, Attack, Who, walls
from tests.engines.sandbox.machine import things_to_reach
from tests.engines.sandbox.runners import Runner

pytestmark = pytest.mark.sandbox
PROFILE = Profile(
    memory_bytes=256 * MIB,
    temporary_bytes=4 * MIB,
    file_bytes=64 * MIB,
    processes=16,
    open_files=100,
    cpu_seconds=20,
    wall_seconds=30,
)
LAYERS = [(attack, wall) for attack in ATTACKS if attack.layered for wall in sorted(attack.away or ())]


@pytest.fixture(scope="module")
def target(secret: Path) -> Iterator[dict[str, str]]:
    with secret.open(), things_to_reach(secret) as environment:
        yield environment


def tried(runner: Runner, attack: Attack, target: dict[str, str], away: frozenset[str] = frozenset()) -> str:
    """What the attack said of itself; a mistake in it is neither of the two words."""
    profile = replace(PROFILE, environment=target)
    if attack.name == "one large file":
        profile = replace(profile, file_bytes=MIB)
    outcome = runner.attack(attack.code, profile, behind=ALL - away)
    assert outcome.stderr == b""
    return outcome.stdout.decode().partition(" ")[0].strip() or f"ended by {outcome.limit}, {outcome.signal}"


def needs_landlock(attack: Attack) -> None:
    if this_host().landlock_abi < attack.abi:
        pytest.skip(
            f"Landlock here has ABI {this_host().landlock_abi}; to hold this alone it takes {attack.abi}"
        )


def cases(attacks: Iterable[Attack]) -> list[tuple[str, Attack]]:
    """Each attack by each starter for whom its wall can be told from the others."""
    fixtures: dict[str, Who] = {"this_process": "this process", "ordinary": "ordinary user"}
    return [(name, attack) for attack in attacks for name, who in fixtures.items() if who in attack.only]


def described(case: object) -> str:
    return str(case)


@pytest.mark.parametrize(("runner", "attack"), cases(ATTACKS), indirect=["runner"], ids=described)
def test_it_fails_inside(runner: Runner, attack: Attack, target: dict[str, str]) -> None:
    if attack.away == walls("landlock"):
        needs_landlock(attack)
    assert tried(runner, attack, target) == "refused"


HELD = [attack for attack in ATTACKS if attack.away]
HIDDEN = [attack for attack in ATTACKS if attack.away is None]


@pytest.mark.parametrize(("runner", "attack"), cases(HELD), indirect=["runner"], ids=described)
def test_it_gets_through_when_its_walls_are_away(
    runner: Runner, attack: Attack, target: dict[str, str]
) -> None:
    if attack.optional and not runner.outside(attack.code, target).startswith("through"):
        pytest.skip("this kernel has nothing of the kind, also outside")
    assert tried(runner, attack, target, attack.away or frozenset()) == "through"


@pytest.mark.parametrize("attack", HIDDEN, ids=described)
def test_it_gets_through_outside(this_process: Runner, attack: Attack, target: dict[str, str]) -> None:
    assert this_process.outside(attack.code, target).startswith("through")


@pytest.mark.parametrize(("attack", "wall"), LAYERS, ids=described)
def test_where_one_wall_is_away_the_others_hold(
    runner: Runner, attack: Attack, wall: str, target: dict[str, str]
) -> None:
    needs_landlock(attack)
    if runner.name in attack.layered:
        assert tried(runner, attack, target, frozenset({wall})) == "refused"
