"""Addresses of figures."""

from django.urls import path

from dure.alliance.figures import pages

urls = [
    path("figures", pages.figures_page, name="figures"),
    path("figures/rows", pages.rows_page, name="figures_rows"),
    path("figures/publish", pages.publish_page, name="figures_publish"),
    path("figures/organisations", pages.organisations_page, name="figures_organisations"),
    path("figures/published", pages.published_page, name="figures_published"),
    path("figures/published/<uuid:uid>", pages.publication_page, name="figures_publication"),
]
