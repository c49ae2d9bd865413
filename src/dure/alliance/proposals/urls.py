"""Addresses of proposals."""

from django.urls import path

from dure.alliance.proposals import pages

urls = [
    path("calls/<uuid:uid>/propose", pages.new, name="proposal_new"),
    path("proposals", pages.mine_page, name="proposals"),
    path("proposals/<uuid:uid>", pages.proposal_page, name="proposal"),
    path("proposals/<uuid:uid>/edit", pages.edit, name="proposal_edit"),
    path("proposals/<uuid:uid>/act", pages.act, name="proposal_act"),
    path("proposals/<uuid:uid>/answer", pages.answer, name="proposal_answer"),
    path("proposals/<uuid:uid>/partners", pages.partners_page, name="proposal_partners"),
    path("proposals/<uuid:uid>/partners/remove", pages.remove_partner, name="proposal_partner_remove"),
    path("proposals/<uuid:uid>/partners/<uuid:partner>", pages.partner_page, name="proposal_partner"),
    path("proposals/<uuid:uid>/people/remove", pages.remove_person, name="proposal_person_remove"),
    path("proposals/<uuid:uid>/revisions/<int:number>", pages.revision_page, name="proposal_revision"),
]
