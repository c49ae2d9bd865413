"""Addresses of the ledger."""

from django.urls import path

from dure.alliance.ledger import pages, pages_periods, pages_receipts, pages_transactions

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
]
