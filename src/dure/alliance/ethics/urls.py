"""Addresses of ethics."""

from django.urls import path

from dure.alliance.ethics import pages, pages_board

ONE = "ethics/assessments/<uuid:uid>"
OF = "ethics/of/<slug:kind>/<uuid:uid>"
urls = [
    path("ethics", pages.ethics_page, name="ethics"),
    path("ethics/board", pages_board.board_page, name="ethics_board"),
    path("ethics/board/<uuid:uid>/end", pages_board.end_seat, name="ethics_seat_end"),
    path("ethics/incidents", pages_board.incidents_page, name="ethics_incidents"),
    path("ethics/incidents/<uuid:uid>", pages_board.incident_page, name="ethics_incident"),
    path("ethics/incidents/<uuid:uid>/act", pages_board.act, name="ethics_incident_act"),
    path(OF, pages.subject_page, name="ethics_of"),
    path(f"{OF}/begin", pages.begin, name="ethics_begin"),
    path(f"{OF}/report", pages_board.report, name="ethics_report"),
    path(ONE, pages.assessment_page, name="ethics_assessment"),
    path(f"{ONE}/edit", pages.edit, name="ethics_edit"),
    path(f"{ONE}/opinion", pages.opinion, name="ethics_opinion"),
    path(f"{ONE}/act", pages.act, name="ethics_act"),
]
