"""One served installation with labs for a module's tests: its start costs most of their time."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dure.cli.labs import are_here
from dure.engines.sandbox import LEAST_LEVEL, protection
from tests.farm.labs.site import Site, labs_site


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    if not are_here() or protection().level < LEAST_LEVEL:
        pytest.skip("labs need their packages and a sandbox: ./dure test --install")
    folder = Path(tempfile.mkdtemp(prefix="dure-labs-"))
    try:
        with labs_site(folder / "data", "ann", "bob") as served:
            yield served
    finally:
        shutil.rmtree(folder, ignore_errors=True)
