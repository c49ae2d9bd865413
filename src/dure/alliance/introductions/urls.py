"""Addresses of what comes of a startup."""

from django.urls import path

from dure.alliance.introductions import pages

urls = [
    path("incubation/<uuid:uid>/summary", pages.summary_page, name="batch_summary"),
    path("startups/<uuid:uid>/introductions", pages.introductions_page, name="startup_introductions"),
    path(
        "startups/<uuid:uid>/introductions/<uuid:introduction>",
        pages.act,
        name="startup_introduction",
    ),
    path("startups/<uuid:uid>/money", pages.money_page, name="startup_money"),
]
