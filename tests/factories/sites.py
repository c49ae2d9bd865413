"""Sites for tests: a folder with a member's rows, joined by the real command, and a challenge whose hidden rows are there alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np

from dure.cli.main import main
from dure.farm.actions import sites
from dure.farm.models import Site, SiteDataset
from dure.foundation import clock, files, workflow
from dure.people.models import Organisation, Person
from dure.problems.actions import challenges, hidden, preparing
from dure.problems.actions import sites as asked_sites
from dure.problems.models import Challenge
from tests.factories.problems import begun_challenge, csv_of
from tests.factories.sharing import representative

ADDRESS = "http://localhost"

LEARNS = """
import csv

def predict(inputs, output):
    with open("/app/training/train.csv", newline="") as given:
        rows = [(float(row["x"]), float(row["value"])) for row in csv.DictReader(given)]
    slope = sum(x * y for x, y in rows) / sum(x * x for x, _y in rows)
    with open(inputs / "test.csv", newline="") as given, open(output / "predictions.csv", "w", newline="") as out:
        write = csv.writer(out)
        write.writerow(["id", "value"])
        for row in csv.DictReader(given):
            write.writerow([row["id"], float(row["x"]) * slope])
"""
"""Fits y = a x to the site's own training rows, where a is the site's secret."""


@dataclass
class Ground:
    """A member's machine: its folder as a site, its data, and what its owner calls it."""

    folder: Path
    data: Path
    owner: Person
    firm: Organisation

    @property
    def site(self) -> Site:
        return Site.objects.get(organisation=self.firm)

    @property
    def dataset(self) -> SiteDataset:
        return SiteDataset.objects.get(site=self.site, withdrawn_at=None)

    def say(self, *words: str) -> int:
        """`dure site …` at this site."""
        return main(["site", "--folder", str(self.folder), *words])

    def asked(self) -> str:
        """The code of what was asked last."""
        return str(self.dataset.uses.latest("pk").uid)


def rows_of(path: Path, *, slope: float, rows: int, seed: int) -> None:
    """Rows y = slope · x with a little noise: answers, inputs, and as many for training."""
    draw = np.random.default_rng(seed)
    x = draw.uniform(1, 100, rows).round(3)
    y = (x * slope + draw.normal(0, 0.5, rows)).round(5)
    ids = [f"s{seed}-{at}" for at in range(rows)]
    for folder in ("inputs", "training"):
        (path / folder).mkdir(parents=True, exist_ok=True)
    (path / "answers.csv").write_bytes(csv_of(id=ids, value=y))
    (path / "inputs" / "test.csv").write_bytes(csv_of(id=ids, x=x))
    known = draw.uniform(1, 100, rows).round(3)
    (path / "training" / "train.csv").write_bytes(csv_of(x=known, value=(known * slope).round(5)))


def ground(place: Path, *, slope: float = 2.0, rows: int = 60, seed: int = 1) -> Ground:
    """A member with its rows in a folder; nothing has joined yet."""
    owner, firm = representative()
    rows_of(place / "data", slope=slope, rows=rows, seed=seed)
    return Ground(place / "site", place / "data", owner, firm)


def joined(place: Path, *, address: str = ADDRESS, **rows: Any) -> Ground:
    """The same, joined as a site, with its data registered."""
    made = ground(place, **rows)
    named = sites.add(by=made.owner, organisation=made.firm, name="Machine room")
    assert made.say("join", address, "--code", named.code, "--plain-http") == 0
    assert made.say("add", "pressure", str(made.data), "--yes") == 0
    return made


def sited_challenge(
    grounds: Sequence[Ground],
    *,
    metric: str = "mae",
    is_open: bool = True,
    limits: Sequence[str] = (),
    **fields: Any,
) -> Challenge:
    """A challenge whose hidden rows are at these sites; with `is_open` their owners have allowed it and it takes code."""
    challenge, host = begun_challenge(**fields)
    sample = ("sample", "sample.csv", files.put_bytes(csv_of(id=["a", "b"], value=[0.5, 1.5])))
    challenges.add_dataset(by=host, challenge=challenge, parts=[sample], licence="CC BY 4.0")
    most = {"code_memory_mib": 512, "code_minutes": 1, "code_cores": 1}
    hidden.choose(by=host, challenge=challenge, takes="sites", **most)
    for one in grounds:
        asked_sites.ask(by=host, challenge=challenge, code=str(one.dataset.uid))
    preparing.set_schema(by=host, challenge=challenge, schema=preparing.guess(challenge))
    preparing.choose_metric(by=host, challenge=challenge, metric=metric)
    start = clock.now() - timedelta(days=1)
    phase = {"starts_at": start, "ends_at": start + timedelta(days=30), "per_day": 0, "per_phase": 0}
    challenges.set_phases(by=host, challenge=challenge, phases=[phase])
    return opened(challenge, grounds, host, limits) if is_open else Challenge.objects.get(pk=challenge.pk)


def opened(
    challenge: Challenge, grounds: Sequence[Ground], host: Person, limits: Sequence[str] = ()
) -> Challenge:
    for one in grounds:
        assert one.say("approve", one.asked(), *limits, "--yes") == 0
    found = workflow.perform(Challenge.objects.get(pk=challenge.pk), "open", by=host)
    workflow.perform(found.problem, "open", by=host)
    return found
