"""Facts that name the commitment they keep: what the farm and seats tell counts for what their givers owe."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from django.db.models import Prefetch
from django.utils import timezone

from dure.alliance.commitments.units import unit_of_commitment
from dure.alliance.models import AgreementParty, Commitment
from dure.engines import ledger as engine
from dure.engines.ledger import Posting, Promise

OWED: Final = ("confirmed", "delivering", "short")


def with_commitments(facts: Iterable[Posting], accounts: Mapping[str, int | None]) -> list[Posting]:
    """The same facts, each with the commitment that it keeps, if any. Two queries, one where nobody owes anything."""
    known = list(facts)
    names = {pk: name for name, pk in accounts.items() if pk is not None}
    promises = _promises(names)
    zone = timezone.get_default_timezone()
    return [
        replace(one, commitment=engine.kept_by(one.legs, timezone.localtime(one.at, zone).date(), promises))
        for one in known
    ]


def _promises(names: Mapping[int, str]) -> list[Promise]:
    inside = Prefetch("agreement__parties", AgreementParty.objects.filter(left_at=None), to_attr="inside")
    owed = Commitment.objects.filter(donor__in=list(names), state__in=OWED).select_related("agreement")
    return [_promise(one, names) for one in owed.prefetch_related(inside)]


def _promise(one: Commitment, names: Mapping[int, str]) -> Promise:
    inside = [party.organisation_id for party in one.agreement.inside]  # type: ignore[attr-defined]  # of the prefetch
    receiver = names.get(one.beneficiary_id, f"#{one.beneficiary_id}") if one.beneficiary_id else None
    return Promise(
        key=one.pk,
        giver=names[one.donor_id],
        receiver=receiver,
        parties=frozenset(names[pk] for pk in inside if pk in names),
        unit=unit_of_commitment(one),
        starts_on=one.starts_on,
        ends_on=one.ends_on,
    )
