"""Addresses of the ledger."""

from django.urls import path

from dure.alliance.ledger import pages

urls = [
    path("ledger", pages.ledger_page, name="ledger"),
    path("ledger/accounts/<slug:slug>", pages.account_page, name="ledger_account"),
]
