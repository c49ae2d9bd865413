"""Addresses of the alliance."""

from dure.alliance.ledger.urls import urls as ledger_urls

app_name = "alliance"
urlpatterns = [*ledger_urls]
