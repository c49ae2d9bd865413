"""What people are told about commitments."""

from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements.telling import AGREEMENTS
from dure.foundation import notices
from dure.people import api as people

_kind = notices.kinds_under("alliance", AGREEMENTS)

CONFIRMED: Final = _kind(
    "commitment_confirmed",
    _("Something is promised to my organisation"),
    _("%(donor)s confirms a commitment: %(what)s."),
)
CANCELLED: Final = _kind(
    "commitment_cancelled",
    _("A commitment to my organisation is cancelled"),
    _("%(donor)s cancels a commitment: %(what)s. The reason stands there."),
)
FULFILLED: Final = _kind(
    "commitment_fulfilled",
    _("A commitment is fulfilled"),
    _("A commitment of %(donor)s is fulfilled: %(what)s."),
)
SHORT: Final = _kind(
    "commitment_short",
    _("A commitment falls short"),
    _("The period is over, and less than pledged was delivered by %(donor)s: %(what)s."),
)
CARRIED: Final = _kind(
    "commitment_carried",
    _("A commitment gets a later last day"),
    _("A commitment of %(donor)s goes on in the next period: %(what)s."),
)
SETTLED: Final = _kind(
    "commitment_settled",
    _("A commitment that fell short is settled"),
    _("A commitment of %(donor)s is not delivered further: %(what)s. The reason stands there."),
)


def tell_beneficiary(kind: str, commitment: Any) -> None:
    """Tell who would get it: the beneficiary, or every other party."""
    others = [one for one in _sides(commitment) if one != commitment.donor_id]
    _tell(_speakers(others), kind, commitment)


def tell_both(kind: str, commitment: Any) -> None:
    """Tell who gives, who gets it, and the secretariat."""
    _tell([*_speakers(_sides(commitment)), *people.secretaries()], kind, commitment)


def _sides(commitment: Any) -> list[int]:
    if commitment.beneficiary_id is not None:
        return [commitment.donor_id, commitment.beneficiary_id]
    return [party.organisation_id for party in commitment.agreement.standing]


def _speakers(organisations: list[int]) -> "Iterable[people.Person]":
    speaking = people.Membership.objects.current().filter(
        organisation__in=organisations, role=people.Membership.Role.REPRESENTATIVE
    )
    return people.Person.objects.filter(is_active=True, pk__in=speaking.values("person_id"))


def _tell(whom: "Iterable[people.Person]", kind: str, commitment: Any) -> None:
    donor, amount = commitment.donor, f"{commitment.quantity.normalize():f} {commitment.get_unit_display()}"
    params = {
        "donor_ko": donor.name_ko or donor.name_en,
        "donor_en": donor.name_en or donor.name_ko,
        "what_ko": f"{commitment.what_ko or commitment.what_en} ({amount})",
        "what_en": f"{commitment.what_en or commitment.what_ko} ({amount})",
    }
    notices.notify(whom, kind, url=f"/commitments/{commitment.uid}", params=params)
