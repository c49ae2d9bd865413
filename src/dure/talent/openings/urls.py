"""Addresses of openings."""

from django.urls import path

from dure.talent.openings import pages, pages_importing, pages_making, pages_requirements, pages_verifying

urls = [
    path("openings", pages.openings_page, name="openings"),
    path("openings/new", pages_making.new, name="opening_new"),
    path("openings/import", pages_importing.imports_page, name="opening_imports"),
    path("openings/import/template.csv", pages_importing.template, name="opening_import_template"),
    path("openings/import/<uuid:uid>", pages_importing.import_page, name="opening_import"),
    path("openings/import/<uuid:uid>/apply", pages_importing.take_over, name="opening_take_over"),
    path("openings/verified", pages_verifying.organisations_page, name="verified"),
    path("openings/verified/<uuid:uid>", pages_verifying.organisation_page, name="verify"),
    path("openings/<uuid:uid>", pages.opening_page, name="opening"),
    path("openings/<uuid:uid>/jobposting.json", pages.posting_file, name="opening_posting"),
    path("openings/<uuid:uid>/edit", pages_making.edit, name="opening_edit"),
    path(
        "openings/<uuid:uid>/requirements", pages_requirements.requirements_page, name="opening_requirements"
    ),
    path("openings/<uuid:uid>/act", pages_making.act, name="opening_act"),
]
