"""Addresses of calls."""

from django.urls import path

from dure.alliance.calls import pages, pages_board

urls = [
    path("calls", pages.calls_page, name="calls"),
    path("calls/new", pages.new, name="call_new"),
    path("calls/<uuid:uid>", pages.call_page, name="call"),
    path("calls/<uuid:uid>/edit", pages.edit, name="call_edit"),
    path("calls/<uuid:uid>/act", pages.act, name="call_act"),
    path("calls/<uuid:uid>/rubric", pages.rubric, name="call_rubric"),
    path("calls/<uuid:uid>/rubric/remove", pages.remove_criterion, name="call_criterion_remove"),
    path("calls/<uuid:uid>/proposals", pages.proposals_page, name="call_proposals"),
    path("calls/<uuid:uid>/board", pages_board.board_page, name="call_board"),
    path("calls/<uuid:uid>/board/<uuid:proposal>", pages_board.verdict_page, name="call_verdict"),
]
