"""Addresses of the incubation."""

from django.urls import path

from dure.alliance.incubation import pages, pages_startup

urls = [
    path("incubation", pages.batches_page, name="incubation"),
    path("incubation/new", pages.new_page, name="batch_new"),
    path("incubation/<uuid:uid>", pages.batch_page, name="batch"),
    path("incubation/<uuid:uid>/edit", pages.edit_page, name="batch_edit"),
    path("incubation/<uuid:uid>/act", pages.act, name="batch_act"),
    path("incubation/<uuid:uid>/jury", pages.jury, name="batch_jury"),
    path("incubation/<uuid:uid>/apply", pages.apply_page, name="batch_apply"),
    path("startups/<uuid:uid>", pages_startup.startup_page, name="startup"),
    path("startups/<uuid:uid>/act", pages_startup.act, name="startup_act"),
    path("startups/<uuid:uid>/mentors", pages_startup.mentor, name="startup_mentor"),
    path("startups/<uuid:uid>/provisions", pages_startup.provide, name="startup_provide"),
    path("startups/<uuid:uid>/pitch", pages_startup.pitch_page, name="startup_pitch"),
    path("startups/<uuid:uid>/checkpoints", pages_startup.checkpoints_page, name="startup_checkpoints"),
    path(
        "startups/<uuid:uid>/checkpoints/<int:number>",
        pages_startup.checkpoint_page,
        name="startup_checkpoint",
    ),
]
