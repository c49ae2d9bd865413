"""Addresses of the import."""

from django.urls import path

from dure.problems.pages import imports

urls = [
    path("problems/import", imports.start, name="import"),
    path("problems/import/<slug:sha256>", imports.look, name="import_look"),
]
