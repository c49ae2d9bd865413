"""The environment of submitted programs: what names it, and that nothing of ours is in it."""

import hashlib

import pytest

from dure.engines.environment import Environment, hub, labs, standard

ALL = (standard(), labs(), hub())


@pytest.mark.parametrize("found", ALL, ids=lambda one: one.name)
def test_the_digest_is_that_of_the_pins_and_the_python(found: Environment) -> None:
    words = f"python {found.python}\n{found.pins.read_text(encoding='utf-8')}"
    assert found.digest == hashlib.sha256(words.encode()).hexdigest()
    assert found.folder.name == found.digest[:16]


def test_it_names_every_pinned_package_and_none_of_ours() -> None:
    names = dict(standard().packages)
    assert standard().pins.read_text(encoding="utf-8").count("==") == len(names)
    assert {"numpy", "pandas", "polars", "pyarrow", "scikit-learn", "scipy"} <= set(names)
    assert not {"django", "psycopg", "httpx"} & set(names)


@pytest.mark.parametrize("found", ALL, ids=lambda one: one.name)
def test_every_package_has_hashes(found: Environment) -> None:
    blocks = found.pins.read_text(encoding="utf-8").split("==")[1:]
    assert all("--hash=sha256:" in block for block in blocks)


def test_labs_find_the_standard_packages_in_the_same_versions() -> None:
    assert set(standard().packages) <= set(labs().packages)
