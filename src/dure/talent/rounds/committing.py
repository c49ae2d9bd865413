"""Secrets of the lottery: committed to by their hash before the deadline, revealed after it."""

import re
import secrets as random_bytes
from typing import Final

from django.db import transaction

from dure.engines import placement
from dure.foundation import audit, clock
from dure.foundation.access import demand
from dure.foundation.faults import Fault, Faulty
from dure.people import api as people
from dure.talent.models import PlacementRound, SecretCommitment
from dure.talent.rounds import closing, rules

SECRET: Final = re.compile(r"[0-9a-f]{64}")


def fresh_secret() -> str:
    """32 random bytes as hex: shown once and kept nowhere here."""
    return random_bytes.token_hex(32)


@transaction.atomic
def commit(kept: SecretCommitment, *, by: people.Person, commitment: str) -> SecretCommitment:
    """Commit to a secret by its SHA-256, once. Raises Denied, Faulty for what is no hash or another organisation's."""
    locked = _locked(kept)
    demand(rules.may_commit(by, locked))
    wanted = commitment.strip()
    if not SECRET.fullmatch(wanted):
        raise Faulty([Fault("round_commitment_malformed", place="commitment")])
    if locked.round.commitments.filter(commitment=wanted).exists():
        raise Faulty([Fault("placement_commitment_copied", place="commitment")])
    locked.commitment, locked.committed_at, locked.committed_by = wanted, clock.now(), by
    locked.save()
    audit.write(by=by, action="placement_round.committed", obj=locked.round, detail={"sha256": wanted})
    return locked


@transaction.atomic
def reveal(kept: SecretCommitment, *, by: people.Person, secret: str) -> SecretCommitment:
    """Reveal what was committed to; with the last one the round is solved. Raises Denied, Faulty for any other secret."""
    locked = _locked(kept)
    demand(rules.may_reveal(by, locked))
    wanted = secret.strip()
    if not SECRET.fullmatch(wanted):
        raise Faulty([Fault("placement_secret_malformed", place="secret")])
    if placement.commitment_of(wanted) != locked.commitment:
        raise Faulty([Fault("placement_commitment_broken", place="secret")])
    locked.secret, locked.revealed_at = wanted, clock.now()
    locked.save()
    audit.write(by=by, action="placement_round.revealed", obj=locked.round)
    closing.have_solved(locked.round)
    return locked


def _locked(kept: SecretCommitment) -> SecretCommitment:
    """The row behind its round's: whoever closes or solves the round waits for us, or we for them."""
    locked = PlacementRound.objects.select_for_update(of=("self",)).get(pk=kept.round_id)
    found = SecretCommitment.objects.select_related("organisation").get(pk=kept.pk)
    found.round = locked
    return found
