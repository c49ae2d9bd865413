"""REST of the ledger: what members gave and used, by quarter and unit."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from dure.alliance.ledger import access, queries, shown
from dure.alliance.ledger.rest_importing import router as importing_router
from dure.alliance.ledger.rest_periods import router as periods_router
from dure.alliance.ledger.rest_receipts import router as receipts_router
from dure.alliance.ledger.rest_reports import router as reports_router
from dure.alliance.ledger.rest_transactions import router as transactions_router
from dure.foundation.pages import person_of
from dure.foundation.rest import ERRORS, PageOut, page_out

router = Router()
for part in (transactions_router, periods_router, receipts_router, importing_router, reports_router):
    router.add_router("", part)


class LedgerLineOut(Schema):
    """Exact decimals. `unit`: gpu_h: or npu_h: with a class, core_h, gb_month, person_day, seat, dataset, m2, piece, a currency."""

    organisation: str
    quarter: str
    unit: str
    gave: str
    used: str
    net: str
    value: str | None
    net_points: str | None


@router.get(
    "/ledger",
    response={200: PageOut[LedgerLineOut], **ERRORS},
    summary="What all members gave and used, by quarter and unit",
)
def get_ledger(request: HttpRequest, quarter: str = "", page: int = 1) -> Any:  # noqa: ARG001 - page_out reads it
    """For the secretariat and the auditor. `quarter`, such as 2026-Q4, leaves one."""
    access.demand_overseer(person_of(request))
    lines = shown.alliance(queries.chosen(quarter)).lines
    return page_out(request, lines, shown.line_out, per_page=100)


@router.get(
    "/ledger/accounts/{slug}",
    response={200: PageOut[LedgerLineOut], **ERRORS},
    summary="What one member gave and used, by quarter and unit",
)
def get_ledger_account(request: HttpRequest, slug: str, page: int = 1) -> Any:  # noqa: ARG001 - page_out reads it
    """For its own people, the secretariat and the auditor."""
    organisation = access.access_account(person_of(request), slug)
    return page_out(request, shown.account(organisation).lines, shown.line_out, per_page=100)
