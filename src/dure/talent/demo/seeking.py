"""What people of the demo say of themselves and look for, who stands by it, and to whom they show it."""

from collections.abc import Mapping
from typing import Any, Final

from dure.people import api as people
from dure.talent.demo.cast import Cast
from dure.talent.demo.content import day, on_day, read
from dure.talent.models import Profile
from dure.talent.profiles import claims, consent, endorsing, gathering, moving, profiling, queries

NOTHING: Final[Mapping[str, Any]] = {
    "about_ko": "",
    "about_en": "",
    "kinds": [],
    "regions": [],
    "remote": False,
    "languages": {},
    "available_from": None,
    "available_until": None,
    "weekly_hours": None,
}


def play(cast: Cast) -> None:
    """For each of these once: what they look for, claims, endorsements, consent; then their evidence is gathered."""
    for one in read("seeking"):
        person = cast.persons[one["who"]]
        if Profile.objects.filter(person=person).exists():
            continue
        with on_day(-30):
            profiling.save(by=person, values={**NOTHING, **one["looks_for"]}, confirmed=True)
            for skill, level in one.get("claims", {}).items():
                claims.claim(by=person, skill=skill, level=level)
        for asked in one.get("endorsements", ()):
            _endorse(person, asked, cast)
        for given in one.get("consents", ()):
            _consent(person, given, cast)
        queries.fresh(person)
        # Labs are graded while this is played, and nobody hears of them before it is committed: the clock gathers once more.
        gathering.hear(str(person.uid))


def _endorse(person: people.Person, asked: Mapping[str, Any], cast: Cast) -> None:
    """Asked for, and where the content has an answer, given; one of them is contested."""
    verifier = cast.persons[asked["by"]]
    with on_day(-20):
        made = endorsing.ask(
            by=person, verifier=verifier, skill=asked["skill"], level=asked["level"], what=asked["what"]
        )
    if "answer" not in asked:
        return
    with on_day(-18):
        moving.act_on_endorsement(made, "give", by=verifier, data={"reason": asked["answer"]})
    if "contest" in asked:
        fact = person.evidence.get(source=str(made.uid))
        with on_day(-3):
            moving.act_on_evidence(fact, "contest", by=person, data={"reason": asked["contest"]})


def _consent(person: people.Person, given: Mapping[str, Any], cast: Cast) -> None:
    """Before anybody looks at them."""
    home = cast.homes[given["to"]] if "to" in given else None
    with on_day(-15):
        consent.give(
            by=person,
            purpose=given["purpose"],
            organisation=home,
            fields=given.get("fields", ()),
            expires_on=day(195),
        )
