"""A team that is formed takes part in its need's challenge: one of its members enters and invites the others."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from dure.foundation import audit
from dure.foundation.access import Decision, Refused, demand
from dure.people import api as people
from dure.problems import api as problems
from dure.talent.models import TeamProposal
from dure.talent.teams import rules, words
from dure.talent.teams.answering import members
from dure.talent.teams.choosing import lock


@dataclass(frozen=True, slots=True)
class Stand:
    """A member and where they stand in the challenge."""

    person: people.Person
    place: problems.Place

    @property
    def words(self) -> str:
        return str(words.PLACES[self.place])


@dataclass(frozen=True, slots=True)
class Entry:
    """Where the members of a team stand in the challenge; `decision` is what the challenge says to the reader now."""

    challenge: problems.Challenge
    team: str
    rows: tuple[Stand, ...]
    own: problems.Place
    decision: Decision

    @property
    def is_whole(self) -> bool:
        """Nobody is left to be invited."""
        return all(one.place for one in self.rows)

    @property
    def refused(self) -> Refused | None:
        return self.decision if isinstance(self.decision, Refused) else None


def entry_for(proposal: TeamProposal, *, reader: Any) -> Entry | None:
    """For its members, while the challenge is open; None for everybody else."""
    challenge = rules.open_challenge(proposal.problem)
    persons = list(members(proposal)) if challenge and proposal.state == "formed" else []
    if challenge is None or reader.pk not in {one.pk for one in persons}:
        return None
    found = problems.gathered_in(challenge, persons)
    rows = tuple(Stand(one, found.places[one.pk]) for one in persons)
    decision = problems.may_enter(reader, challenge)
    return Entry(challenge, found.team.name if found.team else "", rows, found.places[reader.pk], decision)


@transaction.atomic
def enter(proposal: TeamProposal, *, by: people.Person, name: str = "") -> problems.Together:
    """Take part with the others, one member at a time. Raises Denied, also as the challenge decides it."""
    locked = lock(proposal)
    demand(rules.may_enter(by, locked))
    challenge = rules.open_challenge(locked.problem)
    assert challenge is not None  # noqa: S101 - the rule has looked
    others = list(members(locked).exclude(pk=by.pk))
    found = problems.enter_together(by=by, challenge=challenge, others=others, name=name)
    audit.write(by=by, action="team_proposal.entered", obj=locked, detail={"challenge": challenge})
    return found
