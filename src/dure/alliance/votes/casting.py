"""Casting a ballot. What it says goes into the sealed box and, once, to its voter; the trail notes only that one was cast."""

from typing import Any

from django.db import transaction

from dure.alliance.models import Vote, VoteElector
from dure.alliance.votes import counting, keys, rules
from dure.engines import voting
from dure.engines.voting import Choice, Receipt
from dure.foundation import audit
from dure.foundation.access import ALLOWED, demand
from dure.foundation.faults import Faulty
from dure.people import api as people


def elector_of(person: Any, vote: Vote) -> VoteElector | None:
    """The person's own place in the electorate."""
    return vote.electors.filter(person_id=person.pk).first() if person.is_authenticated else None


@transaction.atomic
def cast(vote: Vote, *, by: people.Person, choice: Choice, nonce: str) -> Receipt:
    """The ballot in place of any earlier one of this person, and its receipt. Raises Denied, Faulty with all that is wrong.

    Never through `workflow.perform`: that writes what it is given into the trail.
    """
    locked = Vote.objects.select_for_update(of=("self",)).get(pk=vote.pk)
    elector = elector_of(by, locked)
    demand(rules.may_cast(by, locked, elector))
    assert elector is not None  # noqa: S101 - the rule has just said so
    rule = locked.printed
    if faults := [*voting.choice_faults(rule, choice), *voting.nonce_faults(nonce)]:
        raise Faulty(faults)
    key = keys.read(locked.uid)
    demand(ALLOWED if key else rules.KEY_GONE)
    token = counting.token_of(locked, key or b"", elector)
    made = voting.receipt(str(locked.uid), token, choice, nonce)
    box = voting.cast(key or b"", rule, locked.box, token, voting.Entry(made.choice, made.code))
    Vote.objects.filter(pk=locked.pk).update(box=dict(box))
    VoteElector.objects.filter(pk=elector.pk).update(has_cast=True)
    audit.write(by=by, action="vote.cast", obj=locked)
    return made
