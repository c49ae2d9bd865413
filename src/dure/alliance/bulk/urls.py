"""Addresses of bulk actions."""

from django.urls import path

from dure.alliance.bulk import pages

urls = [
    path("desk/bulk", pages.bulk_page, name="bulk"),
    path("desk/bulk/new/<slug:deed>", pages.choose_page, name="bulk_choose"),
    path("desk/bulk/<uuid:uid>", pages.batch_page, name="bulk_batch"),
    path("desk/bulk/<uuid:uid>/cancel", pages.cancel, name="bulk_cancel"),
]
