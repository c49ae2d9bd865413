"""Addresses of lists that are entered from a spreadsheet."""

from django.urls import path

from dure.alliance.entering import pages

urls = [
    path("lists/<slug:code>/enter", pages.list_page, name="list_enter"),
    path("lists/<slug:code>/template.csv", pages.list_template, name="list_template"),
    path("agreements/<uuid:uid>/commitments/enter", pages.commitments_page, name="commitments_enter"),
    path(
        "agreements/<uuid:uid>/commitments/template.csv",
        pages.commitments_template,
        name="commitments_template",
    ),
]
