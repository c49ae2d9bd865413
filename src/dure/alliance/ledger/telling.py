"""What people are told about the ledger."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from dure.alliance.ledger.words import unit_words
from dure.foundation import notices
from dure.people import api as people

LEDGER: Final = notices.Group(41, _("Ledger"))
_kind = notices.kinds_under("alliance", LEDGER)

WAITS: Final = _kind(
    "ledger_receipt_waits",
    _("My organisation is asked whether it received something"),
    _("%(giver)s says that it gave %(what)s. Confirm it, or say that it was not received."),
)
CONFIRMED: Final = _kind(
    "ledger_receipt_confirmed",
    _("What my organisation gave is confirmed"),
    _("%(receiver)s confirms what %(giver)s gave: %(what)s. It stands in the ledger."),
)
DECLINED: Final = _kind(
    "ledger_receipt_declined",
    _("What my organisation says it gave was not received"),
    _("%(receiver)s has not received what %(giver)s entered: %(what)s. The reason stands there."),
)

SHARES: Final = _kind(
    "ledger_shares",
    _("My organisation’s share of the farm is set"),
    _("In %(quarter)s %(organisation)s has %(percent)s of the farm, by what members gave."),
)
SOON: Final = _kind(
    "ledger_quarter_over",
    _("A quarter of the ledger closes soon"),
    _("The quarter %(quarter)s is over and will be closed. Enter and confirm what is missing before."),
)


def tell_receiver(receipt: Any) -> None:
    """Whoever can confirm it: what is for all members, the secretariat."""
    whom = _speakers(receipt.receiver_id) if receipt.receiver_id else people.secretaries()
    notices.notify(whom, WAITS, url=_url(receipt), params=_params(receipt))


def tell_giver(kind: str, receipt: Any) -> None:
    """Those who speak for the giver, and whoever entered it."""
    whom = {one.pk: one for one in _speakers(receipt.giver_id)}
    if receipt.entered_by is not None:
        whom[receipt.entered_by.pk] = receipt.entered_by
    notices.notify(whom.values(), kind, url=_url(receipt), params=_params(receipt))


def tell_shares(quarter: str, shares: "Iterable[tuple[people.Organisation, Decimal]]") -> None:
    """Those who speak for each member."""
    for one, percent in shares:
        params = {
            "quarter": quarter,
            "percent": f"{percent}%",
            "organisation_ko": one.name_ko or one.name_en,
            "organisation_en": one.name_en or one.name_ko,
        }
        notices.notify(_speakers(one.pk), SHARES, url=f"/ledger/accounts/{one.slug}", params=params)


def tell_soon(quarter: str, organisations: Iterable[int]) -> None:
    """Those who speak for the members concerned, and the secretariat."""
    speaking = people.Membership.objects.current().filter(
        organisation__in=list(organisations), role=people.Membership.Role.REPRESENTATIVE
    )
    whom = people.Person.objects.filter(is_active=True, pk__in=speaking.values("person_id"))
    everybody = [*whom, *people.secretaries()]
    notices.notify(everybody, SOON, url="/ledger/receipts", params={"quarter": quarter})


def _url(receipt: Any) -> str:
    return f"/ledger/receipts/{receipt.uid}"


def _speakers(organisation: int | None) -> Any:
    speaking = people.Membership.objects.current().filter(
        organisation=organisation, role=people.Membership.Role.REPRESENTATIVE
    )
    return people.Person.objects.filter(is_active=True, pk__in=speaking.values("person_id"))


def _params(receipt: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for language in ("ko", "en"):
        with translation.override(language):
            amount = f"{receipt.quantity.normalize():f} {unit_words(receipt.unit)}"
            found[f"what_{language}"] = f"{receipt.reference} ({amount})"
            found[f"giver_{language}"] = receipt.giver_name
            found[f"receiver_{language}"] = receipt.receiver_name
    return found
