"""Putting the alliances of the public record into the demo: each thing once, on the day it happened."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml
from django.db import transaction

from dure.alliance.agreements import drafting, moving
from dure.alliance.agreements.articles import Article
from dure.alliance.agreements.content import Content
from dure.alliance.agreements.payments import Payment
from dure.alliance.commitments import by_date, pledging
from dure.alliance.members import standing
from dure.alliance.models import Agreement, MemberLevel
from dure.foundation import clock, workflow
from dure.foundation.access import Role
from dure.people import api as people
from dure.problems import api as problems

LONG_AGO: Final = date(2019, 1, 1)
"""Those who speak have been there since before anything that is played."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The secretariat's officer, and organisations and who speaks for them by slug."""

    desk: people.Person
    homes: Mapping[str, people.Organisation]
    speakers: Mapping[str, people.Person]


@cache
def content() -> Any:
    """What stands in the file beside this module."""
    return yaml.safe_load(files(__package__).joinpath("alliance.yaml").read_text(encoding="utf-8"))


@contextmanager
def on_day(day: date) -> Iterator[None]:
    """What happens inside happens at noon of that day."""
    with clock.at(clock.moment(day, 12)):
        yield


@transaction.atomic
def load(_event: problems.DemoLoaded) -> None:
    """All of it, once: what is there already stays as people left it."""
    cast = assemble()
    if cast is None:
        return
    for one in content()["agreements"]:
        if not Agreement.objects.filter(title_ko=one["title"]["ko"]).exists():
            _play(one, cast)


def assemble() -> Cast | None:
    """Everybody, made where they are not there yet; None where the demo's own people are not."""
    demo = people.Person.objects.filter(is_demo=True, roles__contains=[Role.SECRETARIAT])
    desk = demo.order_by("pk").first()
    if desk is None:
        return None
    homes = {one["slug"]: _member(one, desk) for one in content()["organisations"]}
    speakers = {slug: _speaker(homes[slug], name) for slug, name in content()["representatives"].items()}
    return Cast(desk, homes, speakers)


def _member(one: Mapping[str, Any], desk: people.Person) -> people.Organisation:
    words = {f"name_{code}": one["name"][code] for code in ("ko", "en")}
    words |= {f"about_{code}": content()["about"][code] for code in ("ko", "en")}
    home = people.put_demo_organisation(
        one["slug"], kind=one["kind"], country=one["country"], joined_on=one["since"], **words
    )
    if home.is_member and not home.alliance_memberships.exists():
        standing.enter(home, by=desk, level=MemberLevel.objects.get(slug=one["level"]))
    return home


def _speaker(home: people.Organisation, name: Mapping[str, str]) -> people.Person:
    held = {
        "organisation": home,
        "role": people.Membership.Role.REPRESENTATIVE,
        "title": "데모 / Demo",
        "starts_on": LONG_AGO,
    }
    return people.put_demo_person(
        f"demo@{home.slug}.example",
        memberships=[held],
        name_ko=f"{name['ko']} (데모)",
        name_en=f"{name['en']} (demo)",
        headline_ko="데모를 위해 지어낸 사람입니다.",
        headline_en="A person made up for the demo.",
        language="ko" if home.country == "KR" else "en",
    )


def _play(one: Mapping[str, Any], cast: Cast) -> None:
    """Drafted and brought to its state on its first day; then what was pledged under it."""
    with on_day(one["from"]):
        agreement = _brought(_drafted(one, cast), one["state"], one["parties"], cast)
        for pledge in one.get("pledges", ()):
            _pledge(agreement, pledge, cast)
    for commitment in agreement.commitments.order_by("pk"):
        by_date.follow(commitment.pk)


def _drafted(one: Mapping[str, Any], cast: Cast) -> Agreement:
    between = [cast.homes[slug] for slug in one["parties"]]
    if "amends" not in one:
        return drafting.create(by=cast.desk, content=_text(one, cast), organisations=between)
    first = next(other for other in content()["agreements"] if other["key"] == one["amends"])
    agreement = Agreement.objects.get(title_ko=first["title"]["ko"])
    made = drafting.amend(agreement, by=cast.desk)
    said = _text({**first, **one, "to": None, "payments": (), "is_public": False}, cast)
    return drafting.edit(made, by=cast.desk, content=said, organisations=between)


def _text(one: Mapping[str, Any], cast: Cast) -> Content:
    articles = [
        Article(part["heading"]["ko"], part["heading"]["en"], part["text"]["ko"], part["text"]["en"])
        for part in one["articles"]
    ]
    return Content(
        kind=one["kind"],
        title_ko=one["title"]["ko"],
        title_en=one["title"]["en"],
        authoritative=one["authoritative"],
        cooperation=tuple(one["cooperation"]),
        effective_from=one["from"],
        effective_to=one["to"],
        is_public=one.get("is_public", False),
        articles=tuple(articles),
        payments=tuple(_payment(line, cast) for line in one.get("payments", ())),
    )


def _payment(line: Mapping[str, Any], cast: Cast) -> Payment:
    payer, payee = (str(cast.homes[line[side]].uid) for side in ("by", "to"))
    words = ("연구비", "Research funds")
    return Payment(line["due"], Decimal(line["amount"]), line["currency"], payer, payee, *words)


def _brought(agreement: Agreement, state: str, parties: list[str], cast: Cast) -> Agreement:
    """As far as its content says; who signs is the made-up person of the party."""
    if state == "draft":
        return agreement
    agreement = workflow.perform(agreement, "circulate", by=cast.desk)
    if state == "in_review":
        return agreement
    proof = {"sha256": agreement.revision.sha256}
    for slug in parties:
        workflow.perform(agreement, "approve", by=cast.speakers[slug], data=proof)
    agreement = workflow.perform(agreement, "open_signing", by=cast.desk)
    by_slug = {party.organisation.slug: party for party in agreement.standing}
    for slug in parties:
        signed = {**proof, "method": "password"}
        agreement = moving.sign(agreement, by_slug[slug], by=cast.speakers[slug], proof=signed)
    return agreement


def _pledge(agreement: Agreement, one: Mapping[str, Any], cast: Cast) -> None:
    given = {
        "donor": cast.homes[one["by"]],
        "beneficiary": cast.homes[one["for"]] if "for" in one else None,
        "kind": one["kind"],
        "unit": one["unit"],
        "accelerator": one.get("accelerator", ""),
        "quantity": Decimal(one["quantity"]),
        "starts_on": one["from"],
        "ends_on": one["to"],
        "what_ko": one["what"]["ko"],
        "what_en": one["what"]["en"],
    }
    made = pledging.pledge(agreement, by=cast.desk, given=given)
    if one.get("confirm"):
        workflow.perform(made, "confirm", by=cast.speakers[one["by"]])
