"""Addresses of teams."""

from django.urls import path

from dure.talent.teams import pages, pages_seat

urls = [
    path("problems/<uuid:uid>/team", pages.need_page, name="team_need"),
    path("problems/<uuid:uid>/team/proposals", pages.proposals_page, name="team_proposals"),
    path("team-proposals/<uuid:uid>", pages.proposal_page, name="team_proposal"),
    path("team-proposals/<uuid:uid>/act", pages.act, name="team_proposal_act"),
    path("team-proposals/<uuid:uid>/refill", pages.refill, name="team_refill"),
    path("team-proposals/<uuid:uid>/room", pages.open_room, name="team_room"),
    path("team-proposals/<uuid:uid>/enter", pages.enter, name="team_enter"),
    path("me/team-seats", pages_seat.seats_page, name="team_seats"),
    path("team-seats/<uuid:uid>", pages_seat.seat_page, name="team_seat"),
    path("team-seats/<uuid:uid>/act", pages_seat.act, name="team_seat_act"),
]
