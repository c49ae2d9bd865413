"""Addresses of lists that are entered from a spreadsheet."""

from django.urls import path

from dure.alliance.imports import pages

urls = [
    path("lists/<slug:code>/import", pages.list_page, name="list_import"),
    path("lists/<slug:code>/template.csv", pages.list_template, name="list_template"),
    path("agreements/<uuid:uid>/commitments/import", pages.commitments_page, name="commitments_import"),
    path(
        "agreements/<uuid:uid>/commitments/template.csv",
        pages.commitments_template,
        name="commitments_template",
    ),
]
