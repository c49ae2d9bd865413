"""A need that a floor above drafts for an organisation, such as a topic that the alliance has adopted."""

from collections.abc import Mapping
from typing import Final

from django.db import transaction

from dure.foundation import audit
from dure.foundation.access import Actor, Audience, Denied
from dure.people import api as people
from dure.problems.actions.needs import NOT_MEMBER
from dure.problems.models import Problem

LONGEST: Final[Mapping[str, int]] = {"title": 160, "hurts": 6000, "data": 6000, "worth": 3000}


@transaction.atomic
def draft_need(
    *, by: Actor, organisation: people.Organisation, owner: people.Person, words: Mapping[str, str]
) -> Problem:
    """A draft in `owner`'s hands, as if they had begun it; that `by` may do this is asked above. Raises Denied for a stranger.

    `words` are title, hurts, data and worth with a language each, as `title_ko`; longer ones are cut.
    """
    if organisation.pk not in set(people.organisations_of(owner)):
        raise Denied(NOT_MEMBER)
    kept = {name: text.strip()[: LONGEST[name.rpartition("_")[0]]] for name, text in words.items()}
    problem = Problem.objects.create(
        owner=owner,
        organisation=organisation,
        audience=Audience.PRIVATE,
        contact=owner.email or "",
        original="ko" if kept.get("title_ko") else "en",
        **kept,
    )
    audit.write(by=by, action="problem.start", obj=problem)
    return problem
