"""Addresses of the ledger."""

from django.urls import path

from dure.alliance.ledger import (
    pages,
    pages_importing,
    pages_periods,
    pages_receipts,
    pages_reports,
    pages_sharing,
    pages_transactions,
)

urls = [
    path("ledger", pages.ledger_page, name="ledger"),
    path("ledger/accounts/<slug:slug>", pages.account_page, name="ledger_account"),
    path(
        "ledger/accounts/<slug:slug>/transactions",
        pages_transactions.transactions_page,
        name="ledger_transactions",
    ),
    path("ledger/transactions/<uuid:uid>", pages_transactions.transaction_page, name="ledger_transaction"),
    path("ledger/transactions/<uuid:uid>/reverse", pages_transactions.reverse, name="ledger_reverse"),
    path("ledger/quarters", pages_periods.periods_page, name="ledger_periods"),
    path("ledger/quarters/<uuid:uid>", pages_periods.period_page, name="ledger_period"),
    path("ledger/quarters/<uuid:uid>/act", pages_periods.act, name="ledger_period_act"),
    path("ledger/receipts", pages_receipts.receipts_page, name="ledger_receipts"),
    path("ledger/receipts/new", pages_receipts.new, name="ledger_receipt_new"),
    path("ledger/receipts/<uuid:uid>", pages_receipts.receipt_page, name="ledger_receipt"),
    path("ledger/receipts/<uuid:uid>/act", pages_receipts.act, name="ledger_receipt_act"),
    path("ledger/imports", pages_importing.imports_page, name="ledger_imports"),
    path("ledger/imports/template", pages_importing.template, name="ledger_import_template"),
    path("ledger/imports/<uuid:uid>", pages_importing.import_page, name="ledger_import"),
    path("ledger/imports/<uuid:uid>/apply", pages_importing.take_over, name="ledger_import_apply"),
    path("ledger/values", pages_reports.values_page, name="ledger_values"),
    path("ledger/matrix", pages_reports.matrix_page, name="ledger_matrix"),
    path("ledger/pledges", pages_reports.pledges_page, name="ledger_pledges"),
    path("ledger/shares", pages_sharing.shares_page, name="ledger_shares"),
    path("ledger/shares/apply", pages_sharing.apply, name="ledger_shares_apply"),
]
