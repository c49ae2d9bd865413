"""People's evidence, records and consent for tests."""

from datetime import timedelta
from typing import Any

from dure.foundation import clock
from dure.people.models import Person
from dure.problems.models import ResultRecord, Team
from dure.talent.models import Evidence
from dure.talent.profiles import computing, record

SKILL = "data-leakage"


def fact(person: Person, **fields: Any) -> Evidence:
    """A fact about a skill of a person, ten days old, with the posterior that follows; the record begins with it."""
    record.begin(person)
    given = {"skill": SKILL, "kind": "credential", "level": 2, "url": "/badges/1", "origin": "course:1"}
    named = {"title_ko": "사실", "title_en": "A fact", "at": clock.now() - timedelta(days=10)}
    number = Evidence.objects.count()
    made = Evidence.objects.create(person=person, source=f"/fact/{number}", **{**given, **named, **fields})
    computing.recompute(person.pk)
    return made


def result(person: Person, team: Team, **fields: Any) -> ResultRecord:
    """A result with both intervals: third of nine, anywhere from second to fourth."""
    ranks = {"rank": 3, "rank_low": 2, "rank_high": 4, "teams": 9}
    given = {"metric": "mae", "score": 1.0, "low": 0.8, "high": 1.2, **ranks, **fields}
    return ResultRecord.objects.create(challenge=team.challenge, person=person, team=team, **given)
