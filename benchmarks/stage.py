"""A served installation to measure: `dure up` on a throw-away folder, with this process set up to look into its database."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from tests.cli.serving import Served, serving

from dure.cli.installation import Installation

NOISE = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
"""Settings of a single machine that would make the figures its own."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A served installation and its folder."""

    served: Served
    folder: Path

    def client(self, token: str = "") -> httpx.Client:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.Client(base_url=self.served.url, headers=headers, timeout=120)


@contextmanager
def stage(**settings: str) -> Iterator[Stage]:
    """Serve an empty installation with these settings; Django in this process talks to its database and files from then on."""
    for name in NOISE:
        os.environ.pop(name, None)
    with tempfile.TemporaryDirectory(prefix="dure-bench-") as root:
        folder = Path(root) / "d"
        with serving(folder, port=0, demo=False, **settings) as served:
            environment = Installation.at(folder).environment()
            os.environ.update({**environment, "DATABASE_URL": Installation.at(folder).cluster.url()})
            import django  # noqa: PLC0415 - it reads the environment just set

            django.setup()
            try:
                yield Stage(served, folder)
            finally:
                from django.db import connections  # noqa: PLC0415 - same

                connections.close_all()


def open_challenge(*, truth: bytes, sample: bytes, metric: str) -> Any:
    """An open challenge with these answers (CSV), scored by `metric`; no limits."""
    import io  # noqa: PLC0415 - with Django, late

    from tests.factories.problems import prepared_challenge  # noqa: PLC0415

    from dure.foundation import clock  # noqa: PLC0415
    from dure.problems.actions import challenges  # noqa: PLC0415
    from dure.problems.models import Challenge  # noqa: PLC0415

    made = prepared_challenge(rows=20)
    host = made.problem.curator
    assert host is not None
    table = challenges.take_table(io.BytesIO(truth))
    schema = challenges.guess_schema(sample=challenges.take_table(io.BytesIO(sample)), truth=table)
    Challenge.objects.filter(pk=made.pk).update(schema={})
    made.refresh_from_db()
    challenges.set_scoring(by=host, challenge=made, schema=schema, metric=metric)
    challenges.add_answers(by=host, challenge=made, truth=table)
    Challenge.objects.filter(pk=made.pk).update(state="open", opened_at=clock.now())
    made.phases.update(per_day=0, per_phase=0)
    made.refresh_from_db()
    return made


def enter(challenge: Any, name: str) -> str:
    """A team of one; gives back its lead's token."""
    from tests.factories.problems import entered  # noqa: PLC0415

    from dure.people.actions.tokens import create_token  # noqa: PLC0415 - with Django, late

    lead = entered(challenge, name=name).members.get().person
    return create_token(lead, name="bench", scopes=["submit"], days=1).plain
