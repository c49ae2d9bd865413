"""What evidence said when somebody asked for a seat, kept for audits alone: the probability that every needed level is there.

It is frozen at that moment, whether or not the opening was ever suggested to the person. Without consent to that, and for an
opening that needs no skill, nothing is kept: audits count these people as unknown.
"""

from typing import Any, Final

from django.db.models import QuerySet

from dure.engines import evidence
from dure.engines import recommending as engine
from dure.engines.evidence import MODEL_VERSION
from dure.foundation import clock
from dure.people import api as people
from dure.talent.matching import offered
from dure.talent.models import Application, ConsentGrant, Evidence, Opening, Prediction, RoundEntry
from dure.talent.profiles.consent import consenting_q, grants_for
from dure.talent.profiles.facts import by_skill

AUDITS: Final = ConsentGrant.Purpose.AUDITS


def keep_with_application(application: Application) -> None:
    """For the opening that it asks for a seat of."""
    _keep(application.person, application.opening, application=application)


def keep_with_entry(entry: RoundEntry, *, by: people.Person) -> None:
    """For the opening that stands first in the ranking; what was kept with an earlier ranking goes."""
    Prediction.objects.filter(entry=entry).delete()
    first = entry.choices.select_related("seat__opening").first()
    if first is not None:
        _keep(by, first.seat.opening, entry=entry)


def counted(rows: "QuerySet[Prediction]") -> "QuerySet[Prediction]":
    """Those of people who agree to it today: whoever takes it back is counted no more."""
    return rows.filter(consenting_q(AUDITS, None, person="person_id"))


def _keep(person: people.Person, opening: Opening, **about: Any) -> None:
    if not grants_for(AUDITS, None).filter(person_id=person.pk).exists():
        return
    wanted = offered.one(opening)
    if any(one.is_must for one in wanted.requirements):
        Prediction.objects.create(
            person=person,
            opening=opening,
            model_version=MODEL_VERSION,
            predicted=_able(person, wanted),
            at=clock.now(),
            **about,
        )


def _able(person: people.Person, wanted: engine.Opening) -> float:
    """As the score of a suggestion has it at this moment; wishes limit what is suggested, and change no probability."""
    rows = Evidence.objects.filter(person_id=person.pk, state="standing")
    skills = {skill: evidence.posterior(facts, clock.today()) for skill, facts in by_skill(rows).items()}
    return engine.able(engine.reasons(engine.Seeker(key="", skills=skills), wanted))
