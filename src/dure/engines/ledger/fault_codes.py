"""Every fault of a transaction, a value, a rule or a table of facts, each with its English sentence."""

from collections.abc import Mapping
from typing import Final

from dure.engines.faults import gettext_noop

FAULTS: Final[Mapping[str, str]] = {
    "ledger_unit_unknown": gettext_noop(
        "“%(value)s” is no unit. Units are gpu_h: or npu_h: with a class (gpu_h:h100), core_h, gb_month, person_day, seat, "
        "dataset, m2, piece, and codes of currencies (krw)."
    ),
    "ledger_legs_missing": gettext_noop("A transaction has at least two legs: who gave and who used."),
    "ledger_unbalanced": gettext_noop("The legs do not balance: %(left)s of %(unit)s is left."),
    "ledger_nothing": gettext_noop("A quantity of zero is no entry."),
    "ledger_too_much": gettext_noop("This quantity is larger than the ledger can hold."),
    "ledger_not_rounded": gettext_noop("A quantity has at most %(digits)s decimal places."),
    "ledger_value_range": gettext_noop("A value is zero or more."),
    "ledger_not_quarter": gettext_noop(
        "A value begins with a quarter: on the first of January, April, July or October."
    ),
    "ledger_floor_range": gettext_noop(
        "With so many members the floor is at most %(most)s percent each: floors take no more than half of the whole."
    ),
    "ledger_quarters_range": gettext_noop("Between 1 and %(most)s quarters can count."),
    "ledger_heading_unknown": gettext_noop(
        "“%(value)s” is no column. The columns are reference, date, giver, user, unit, quantity and what."
    ),
    "ledger_heading_twice": gettext_noop("This column stands twice."),
    "ledger_heading_missing": gettext_noop("The column “%(value)s” is missing."),
    "ledger_reference_missing": gettext_noop(
        "A reference is missing, such as the number of the receipt: by it the same fact is never entered twice."
    ),
    "ledger_reference_twice": gettext_noop("“%(value)s” stands in line %(line)s already."),
    "ledger_too_long": gettext_noop("At most %(limit)s characters."),
    "ledger_date_malformed": gettext_noop("“%(value)s” is no date. Write 2026-12-31."),
    "ledger_too_early": gettext_noop("This day lies before the year 2000."),
    "ledger_quantity_malformed": gettext_noop("“%(value)s” is no quantity. Write a number above zero."),
    "ledger_account_unknown": gettext_noop(
        "“%(value)s” is neither the short name of an organisation nor “pool”."
    ),
    "ledger_pool_alone": gettext_noop("The pool neither gives to itself nor uses what it gives."),
}
