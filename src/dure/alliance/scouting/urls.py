"""Addresses of scouting."""

from django.urls import path

from dure.alliance.scouting import pages

urls = [
    path("scouting", pages.startups_page, name="scouting"),
    path("scouting/new", pages.new, name="scouted_new"),
    path("scouting/import", pages.import_page, name="scouting_import"),
    path("scouting/template", pages.template, name="scouting_template"),
    path("scouting/<uuid:uid>", pages.startup_page, name="scouted"),
    path("scouting/<uuid:uid>/edit", pages.edit, name="scouted_edit"),
    path("scouting/<uuid:uid>/act", pages.act, name="scouted_act"),
    path("scouting/<uuid:uid>/meetings", pages.meet, name="scouted_meet"),
]
