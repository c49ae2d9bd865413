"""Moving an agreement: what belongs to a move beyond the workflow's table."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction

from dure.alliance.agreements import by_date, rules
from dure.alliance.models import Agreement, AgreementParty
from dure.foundation import workflow
from dure.foundation.access import SYSTEM, Actor, demand
from dure.people import api as people

TOO_FEW: Final = "당사자가 둘보다 적게 남았습니다. / Fewer than two parties are left."
"""Why an agreement ends when parties leave; people of both languages read it."""


@transaction.atomic
def leave(agreement: Agreement, party: AgreementParty, *, by: people.Person, reason: str) -> Agreement:
    """One party goes, the others go on; below two parties the agreement ends. Raises Denied."""
    demand(rules.speaks_for(by, agreement, party))
    moved = workflow.perform(agreement, "leave", by=by, data={"party": party, "reason": reason.strip()})
    if moved.parties.filter(left_at=None).count() < 2:
        moved = workflow.perform(moved, "terminate", by=SYSTEM, data={"reason": TOO_FEW})
    return moved


@transaction.atomic
def sign(
    agreement: Agreement, party: AgreementParty, *, by: people.Person, proof: Mapping[str, Any]
) -> Agreement:
    """Sign for a party; when all have signed and the first day has come, it is in force at once. Raises Denied.

    `proof` has `sha256` (the hash that was read) and `method`, and for a file `blob` and `filename`.
    """
    demand(rules.speaks_for(by, agreement, party))
    signed = {**proof, "party": party, "signer": by.name_ko or by.name_en or str(by.email)}
    moved = workflow.perform(agreement, "sign", by=by, data=signed)
    by_date.begin_one(moved.pk)
    return Agreement.objects.get(pk=moved.pk)


def act(agreement: Agreement, action: str, *, by: Actor, data: Mapping[str, Any] | None = None) -> Agreement:
    """Any other move. Raises Denied, Hidden."""
    return workflow.perform(agreement, action, by=by, data=data)
