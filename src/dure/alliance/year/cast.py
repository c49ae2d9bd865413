"""The cast of the year: made-up organisations and people, each once."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from dure.alliance.year.playing import Cast
from dure.foundation.access import Role
from dure.people import api as people

DEMO: Final = {"ko": "(데모)", "en": "(demo)"}
LONG_AGO: Final = date(2015, 1, 1)
GURUS: Final = 30
FOUNDERS: Final = 3
STUDENTS: Final = 30
SCHOOLS: Final = ("year-narae-university", "year-sol-university")
"""Where the students of the exchange come from."""
REVIEWERS: Final = 62
"""With the gurus who serve they are ninety."""
HEADLINE: Final = {
    "headline_ko": "데모를 위해 지어낸 사람입니다.",
    "headline_en": "A person made up for the demo.",
}


@cache
def content() -> Any:
    """What stands in `content.yaml`."""
    return yaml.safe_load(files(__package__).joinpath("content.yaml").read_text(encoding="utf-8"))


def is_played() -> bool:
    """Whether the year has been begun in this installation."""
    slugs = [one["slug"] for one in content()["organisations"]]
    return people.Organisation.objects.filter(slug__in=slugs).exists()


def assemble() -> Cast:
    """Everybody who plays. Organisations are no members yet."""
    said = content()["organisations"]
    homes = {one["slug"]: _home(one) for one in said}
    representative = people.Membership.Role.REPRESENTATIVE
    speakers = {one["slug"]: _person(one["speaker"], homes[one["slug"]], representative) for one in said}
    leads = {slug: _numbered("연구책임자", "Lead", slug, home) for slug, home in homes.items()}
    gurus = _many(homes, GURUS, "구루", "Guru")
    reviewers = _many(homes, REVIEWERS, "심사위원", "Reviewer")
    schools = {slug: homes[slug] for slug in SCHOOLS}
    students = _many(schools, STUDENTS, "교환학생", "Student")
    return Cast(_desk(), homes, speakers, leads, gurus, reviewers, tuple(_founders()), students)


def _home(one: Mapping[str, Any]) -> people.Organisation:
    names = {f"name_{code}": f"{one[code]} {DEMO[code]}" for code in DEMO}
    return people.put_demo_organisation(one["slug"], kind=one["kind"], country=one["country"], **names)


def _desk() -> people.Person:
    return people.put_demo_person(
        "desk@year.example",
        memberships=(),
        roles=[Role.SECRETARIAT],
        demo_role="secretariat",
        **_named("사무국 담당", "Officer"),
    )


def _person(name: Mapping[str, str], home: people.Organisation, role: str) -> people.Person:
    return people.put_demo_person(
        f"speaker@{home.slug}.example",
        memberships=[_membership(home, role)],
        demo_role="representative",
        **_named(name["ko"], name["en"]),
        language="ko" if home.country == "KR" else "en",
    )


def _numbered(ko: str, en: str, mail: str, home: people.Organisation) -> people.Person:
    return people.put_demo_person(
        f"{mail}@people.year.example",
        memberships=[_membership(home, people.Membership.Role.MEMBER)],
        **_named(f"{home.name_ko.split()[0]} {ko}", f"{en}, {home.name_en.rsplit(' ', 1)[0]}"),
    )


def _many(
    homes: Mapping[str, people.Organisation], count: int, ko: str, en: str
) -> tuple[people.Person, ...]:
    """So many of a kind, in turn from every organisation."""
    every = list(homes.values())
    return tuple(
        _numbered(f"{ko} {at + 1}", f"{en} {at + 1}", f"{en.lower()}-{at + 1}", every[at % len(every)])
        for at in range(count)
    )


def _founders() -> Iterator[people.Person]:
    """Of startups that are no members."""
    for at in range(1, FOUNDERS + 1):
        named = _named(f"창업자 {at}", f"Founder {at}")
        yield people.put_demo_person(f"founder-{at}@people.year.example", memberships=(), **named)


def _membership(home: people.Organisation, role: str) -> dict[str, Any]:
    return {"organisation": home, "role": role, "title": "데모 / Demo", "starts_on": LONG_AGO}


def _named(ko: str, en: str) -> dict[str, str]:
    return {"name_ko": f"{ko} (데모)", "name_en": f"{en} (demo)", **HEADLINE}
