"""What labs and their hub run on: permissive licences, in what was really installed."""

from email.message import Message
from importlib.metadata import distributions
from typing import cast

import pytest

from dure.engines.environment import Environment, hub, labs
from tests.house.test_licences import PERMISSIVE, licences

pytestmark = pytest.mark.labs
ALSO = {
    "Apache 2.0",
    "Apache License, Version 2.0",
    "ISC License (ISCL)",
    "MIT-CMU",
    "Python Software Foundation License",
}
"""The same licences under other names, and Pillow's, which is as free."""
EXCEPTIONS = {
    "certifi": "MPL-2.0: Mozilla's list of certificates, unmodified",
    "fqdn": "MPL-2.0: a check of host names, unmodified and installed as a package of its own",
}


@pytest.mark.parametrize("environment", [hub(), labs()], ids=lambda one: one.name)
def test_every_package_is_permissive_or_a_named_exception(environment: Environment) -> None:
    if not environment.is_here:
        pytest.skip("the packages of labs are not installed: ./dure labs --install")
    places = [str(path) for path in (environment.folder / "lib").glob("python*/site-packages")]
    found = {one.name: licences(cast("Message", one.metadata)) for one in distributions(path=places)}
    assert {name.lower() for name in found} >= {"jupyterhub", "aiohttp"}
    doubtful = {
        name: stated
        for name, stated in found.items()
        if name.lower() not in EXCEPTIONS and not all(PERMISSIVE.match(one) or one in ALSO for one in stated)
    }
    assert doubtful == {}
