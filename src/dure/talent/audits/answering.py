"""What a person says of themselves for audits: kept, changed and deleted by nobody else, and written into no trail."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from dure.foundation import clock
from dure.talent.models.demographic import DemographicAnswer


def answers_of(person: Any) -> dict[str, str]:
    """A person's own answers by attribute."""
    return dict(DemographicAnswer.objects.filter(person=person).values_list("attribute", "value"))


@transaction.atomic
def answer(person: Any, given: Mapping[str, str]) -> None:
    """Keep these answers and no others; an empty one is none. Raises ValidationError on what is not asked.

    The trail holds no word of it: who reads the trail would read who answered.
    """
    answered = {attribute: value for attribute, value in given.items() if value}
    DemographicAnswer.objects.filter(person=person).exclude(attribute__in=answered).delete()
    for attribute, value in answered.items():
        DemographicAnswer(person=person, attribute=attribute, value=value).clean()
        DemographicAnswer.objects.update_or_create(
            person=person, attribute=attribute, defaults={"value": value, "answered_at": clock.now()}
        )


def delete(person: Any) -> None:
    """All answers go, at once and for good."""
    DemographicAnswer.objects.filter(person=person).delete()
