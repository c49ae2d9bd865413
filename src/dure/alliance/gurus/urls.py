"""Addresses of gurus."""

from django.urls import path

from dure.alliance.gurus import pages

urls = [
    path("gurus", pages.gurus_page, name="gurus"),
    path("gurus/new", pages.new, name="guru_new"),
    path("gurus/<uuid:uid>", pages.guru_page, name="guru"),
    path("gurus/<uuid:uid>/act", pages.act, name="guru_act"),
]
