"""Who plays: people and organisations of the demo, those of `people.yaml` among them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from dure.foundation.access import Role
from dure.people import api as people
from dure.talent.demo.content import day, read
from dure.talent.models import VerifiedOrganisation
from dure.talent.openings import verifying
from dure.talent.openings.demo import PAPERS

SINCE: Final = -700
"""Staff have been there longer than anything that is played."""
STUDIES: Final = {
    "m": ("석사과정", "Master's student"),
    "d": ("박사과정", "Doctoral student"),
}


@dataclass(frozen=True, slots=True)
class Cast:
    """People by what stands before the @ of their mail address, organisations by slug."""

    desk: people.Person
    persons: Mapping[str, people.Person]
    homes: Mapping[str, people.Organisation]
    students: tuple[people.Person, ...]

    @property
    def runner(self) -> people.Organisation:
        """The organisation that runs intakes and rounds for the alliance."""
        return self.homes["narae-agency"]


def assemble() -> Cast | None:
    """Everybody, made where they are not there yet; None where the demo's own people are not."""
    desk = people.Person.objects.filter(is_demo=True, roles__contains=[Role.SECRETARIAT]).first()
    if desk is None or not people.Person.objects.filter(is_demo=True, demo_role="talent").exists():
        return None
    content = read("people")
    for one in content["organisations"]:
        _put_organisation(one)
    homes = {one.slug: one for one in people.Organisation.objects.all()}
    for one in content["staff"]:
        _put_staff(one, homes)
    students = tuple(_put_student(one, homes) for one in content["students"])
    known = people.Person.objects.filter(is_demo=True).order_by("pk")
    return Cast(desk, {str(one.email).partition("@")[0]: one for one in known}, homes, students)


def _put_organisation(one: Mapping[str, Any]) -> None:
    words = {f"{name}_{code}": one[name][code] for name in ("name", "about") for code in ("ko", "en")}
    people.put_demo_organisation(
        one["slug"], kind=one["kind"], country=one["country"], joined_on=day(SINCE), **words
    )


def _put_staff(one: Mapping[str, Any], homes: Mapping[str, people.Organisation]) -> None:
    words = {f"{name}_{code}": one[name][code] for name in ("name", "headline") for code in ("ko", "en")}
    home = homes[one["at"]]
    held = {"organisation": home, "role": one["role"], "title": one["title"], "starts_on": day(SINCE)}
    people.put_demo_person(
        _mail(one["mail"], home), memberships=[held], language=one.get("language", "ko"), **words
    )


def _put_student(one: list[str], homes: Mapping[str, people.Organisation]) -> people.Person:
    mail, name_ko, name_en, slug, study = one
    (title, title_en), home = STUDIES[study], homes[slug]
    return people.put_demo_person(
        _mail(mail, home),
        memberships=[{"organisation": home, "role": "member", "title": title, "starts_on": day(-300)}],
        name_ko=name_ko,
        name_en=name_en,
        headline_ko=f"{home.name_ko} {title}",
        headline_en=f"{title_en} at {home.name_en}",
        language="ko",
    )


def _mail(name: str, home: people.Organisation) -> str:
    return f"{name}@{home.slug.partition('-')[0]}.example"


def verify(home: people.Organisation, *, by: people.Person) -> None:
    """The secretariat has seen the organisation's papers."""
    if not VerifiedOrganisation.objects.filter(organisation=home).exists():
        home.verified_for_openings = verifying.verify(home, by=by, papers=PAPERS)
