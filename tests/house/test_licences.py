"""What we make others install: permissive licences, a few named exceptions with their reasons, and no address of any host."""

import re
from email.message import Message
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import cast

import pytest

FOLDER = Path(__file__).parents[2] / "requirements"
PERMISSIVE = re.compile(
    r"^(?:MIT(?:-0| License)?|(?:BSD|0BSD)(?:-[23]-Clause)?(?: License)?|Apache(?:-2\.0| License 2\.0| Software License)|"
    r"PSF-2\.0|Zlib|CC0-1\.0|ISC)$"
)
EXCEPTIONS = {
    "psycopg": (
        "LGPL-3.0-only",
        "both drivers that Django supports are LGPL; unmodified and installed as packages of their own",
    ),
    "psycopg-binary": ("LGPL-3.0-only", "the same driver, compiled"),
    "psycopg-pool": ("LGPL-3.0-only", "the same driver's pool"),
    "certifi": ("MPL", "Mozilla's list of certificates, unmodified"),
    "fido2": ("MPL", "BSD itself; the MPL part is the public suffix list it carries as data, unmodified"),
    "pillow": ("MIT-CMU", "the MIT licence in Carnegie Mellon's older words; reportlab needs it"),
    "qrcode": (
        "Other/Proprietary",
        "BSD; the other line stands for the registered trade mark of the word QR Code",
    ),
}
FILES = ("run.txt", "s3.txt", "saml.txt")


def names(file: str) -> set[str]:
    text = (FOLDER / file).read_text()
    return {name.lower() for name in re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==", text, re.MULTILINE)}


def licences(metadata: Message) -> set[str]:
    """The licences a package states: the expression where there is one, else its classifiers, else the old field."""
    expression = metadata.get("License-Expression")
    if expression:
        return set(re.split(r"\s+(?:AND|OR)\s+", expression.strip("()")))
    lines = [
        line.split("::")[-1].strip()
        for line in metadata.get_all("Classifier") or []
        if line.startswith("License")
    ]
    return set(lines) or {(metadata.get("License") or "nothing").strip().splitlines()[0]}


@pytest.mark.parametrize("file", FILES)
def test_every_package_we_ship_with_is_permissive_or_a_named_exception(file: str) -> None:
    doubtful = {}
    for name in sorted(names(file)):
        try:
            stated = licences(cast("Message", distribution(name).metadata))
        except PackageNotFoundError:
            assert file != "run.txt", f"{name} is not installed"
            continue
        odd = {licence for licence in stated if not PERMISSIVE.match(licence)}
        if odd and not any(EXCEPTIONS.get(name, ("\0",))[0] in licence for licence in odd):
            doubtful[name] = odd
    assert doubtful == {}


def test_every_exception_is_still_used_and_explained() -> None:
    assert set(EXCEPTIONS) <= names("run.txt")
    assert all(reason for _, reason in EXCEPTIONS.values())


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.name)
def test_requirements_are_pinned_hashed_and_name_no_host(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"https?://|--(?:extra-)?index-url|--find-links|@ ?file:", text)
    entries = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).strip())
    assert [
        entry.splitlines()[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry
    ] == []


def test_only_development_knows_the_tools_with_stronger_licences_or_slow_imports() -> None:
    shipped = set().union(*map(names, FILES))
    assert shipped & {"scikit-learn", "scipy", "pandas", "hypothesis", "moto", "djlint", "codespell"} == set()
