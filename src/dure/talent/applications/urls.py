"""Addresses of applications."""

from django.urls import path

from dure.talent.applications import pages, pages_organisation

urls = [
    path("openings/<uuid:uid>/apply", pages.apply, name="apply"),
    path("openings/<uuid:uid>/applications", pages_organisation.applications_page, name="applications"),
    path("openings/<uuid:uid>/interviews", pages_organisation.slots_page, name="slots"),
    path(
        "openings/<uuid:uid>/interviews/<uuid:slot>/call-off",
        pages_organisation.call_off,
        name="slot_call_off",
    ),
    path("me/applications", pages.my_applications, name="my_applications"),
    path("applications/<uuid:uid>", pages.application_page, name="application"),
    path("applications/<uuid:uid>/act", pages.act, name="application_act"),
    path("applications/<uuid:uid>/messages", pages.message, name="application_message"),
    path("applications/<uuid:uid>/sharing", pages.share, name="application_share"),
    path("applications/<uuid:uid>/interview", pages.choose_slot, name="application_slot"),
    path("applications/<uuid:uid>/appeal", pages.appeal, name="application_appeal"),
    path("applications/<uuid:uid>/review", pages_organisation.review, name="application_review"),
    path("applications/<uuid:uid>/move", pages_organisation.move, name="application_move"),
    path("appeals", pages_organisation.appeals_page, name="appeals"),
    path("appeals/<uuid:uid>/act", pages.act_on_appeal, name="appeal_act"),
]
