"""Addresses of commitments."""

from django.urls import path

from dure.alliance.commitments import pages

urls = [
    path("agreements/<uuid:uid>/commitments", pages.commitments_page, name="commitments"),
    path("commitments/<uuid:uid>", pages.commitment_page, name="commitment"),
    path("commitments/<uuid:uid>/act", pages.act, name="commitment_act"),
    path("commitments/<uuid:uid>/deliveries", pages.deliver, name="commitment_deliver"),
]
