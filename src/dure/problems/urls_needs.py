"""Addresses of needs."""

from django.urls import path

from dure.problems.pages import needs, terms, triage

urls = [
    path("problems", needs.listing, name="needs"),
    path("problems/new", needs.new, name="need_new"),
    path("problems/triage", triage.desk, name="triage"),
    path("problems/<uuid:uid>", needs.need, name="need"),
    path("problems/<uuid:uid>/act", needs.act, name="need_act"),
    path("problems/<uuid:uid>/edit", needs.edit, name="need_edit"),
    path("problems/<uuid:uid>/files", needs.attach, name="need_attach"),
    path("problems/<uuid:uid>/files/<uuid:file>", needs.download, name="need_file"),
    path("problems/<uuid:uid>/files/<uuid:file>/remove", needs.detach, name="need_detach"),
    path("problems/<uuid:uid>/messages", needs.say, name="need_say"),
    path("problems/<uuid:uid>/similar", triage.similar, name="need_similar"),
    path("problems/<uuid:uid>/terms", terms.terms, name="terms"),
    path("problems/<uuid:uid>/terms/accept", terms.accept, name="terms_accept"),
    path("problems/<uuid:uid>/terms/choose", terms.choose, name="terms_choose"),
]
