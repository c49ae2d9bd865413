"""Money of an agreement: who pays whom how much and when, in exact amounts of a currency."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from dure.engines.faults import Fault, Faulty

DIGITS: Final = {"KRW": 0, "CAD": 2, "USD": 2, "EUR": 2}
"""Currencies, each with the digits behind the point that it has."""

MOST: Final = 60


@dataclass(frozen=True, slots=True)
class Payment:
    """One line of the schedule. `payer` and `payee` are uids of parties."""

    due_on: date
    amount: Decimal
    currency: str
    payer: str
    payee: str
    what_ko: str = ""
    what_en: str = ""


def check(payment: Payment) -> None:
    """Raise Faulty with all that is wrong with one line."""
    faults = []
    if payment.currency not in DIGITS:
        faults.append(Fault("payment_currency", place="currency"))
    elif payment.amount != payment.amount.quantize(Decimal(1).scaleb(-DIGITS[payment.currency])):
        digits = DIGITS[payment.currency]
        faults.append(
            Fault("payment_digits", {"currency": payment.currency, "digits": digits}, place="amount")
        )
    if payment.amount <= 0:
        faults.append(Fault("payment_amount", place="amount"))
    if payment.payer == payment.payee:
        faults.append(Fault("payment_to_itself", place="payee"))
    if faults:
        raise Faulty(faults)


def exact(amount: Decimal, currency: str) -> str:
    """An amount as the canonical form has it: with exactly the digits of its currency."""
    return f"{amount.quantize(Decimal(1).scaleb(-DIGITS[currency])):f}"


def grouped(amount: Decimal, currency: str) -> str:
    """An amount as people read it, with separators for thousands."""
    return f"{amount.quantize(Decimal(1).scaleb(-DIGITS[currency])):,f}"


def totals(payments: list[Payment]) -> dict[str, Decimal]:
    """The sum in each currency; currencies are never added to each other."""
    found: dict[str, Decimal] = {}
    for payment in payments:
        found[payment.currency] = found.get(payment.currency, Decimal(0)) + payment.amount
    return found
