"""What tests of problems share."""

from collections.abc import Iterator

import pytest

from dure.foundation import clock


@pytest.fixture
def noon() -> Iterator[None]:
    """The noon of Seoul: no day ends between the files that a test hands in."""
    with clock.at(clock.now().replace(hour=3)):
        yield
