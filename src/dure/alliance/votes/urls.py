"""Addresses of votes."""

from django.urls import path

from dure.alliance.votes import pages

urls = [
    path("votes", pages.votes_page, name="votes"),
    path("votes/new", pages.new, name="vote_new"),
    path("votes/<uuid:uid>", pages.vote_page, name="vote"),
    path("votes/<uuid:uid>/edit", pages.edit, name="vote_edit"),
    path("votes/<uuid:uid>/act", pages.act, name="vote_act"),
    path("votes/<uuid:uid>/ballot", pages.cast, name="vote_cast"),
    path("votes/<uuid:uid>/ballots", pages.ballots, name="vote_ballots"),
    path("votes/<uuid:uid>/electors", pages.electors, name="vote_electors"),
]
