"""Addresses of challenges."""

from django.urls import path

from dure.problems.pages import board, challenge, submit, team

urls = [
    path("challenges/<slug:slug>", challenge.overview, name="challenge"),
    path("challenges/<slug:slug>/act", challenge.act, name="challenge_act"),
    path("challenges/<slug:slug>/data", challenge.data, name="challenge_data"),
    path("challenges/<slug:slug>/data/<uuid:uid>", challenge.download, name="challenge_file"),
    path("challenges/<slug:slug>/terms", challenge.accept, name="challenge_terms"),
    path("challenges/<slug:slug>/enter", challenge.enter, name="enter"),
    path("challenges/<slug:slug>/submit", submit.submit, name="submit"),
    path("challenges/<slug:slug>/submissions", submit.listing, name="submissions"),
    path("challenges/<slug:slug>/leaderboard", board.board, name="board"),
    path("challenges/<slug:slug>/team", team.team, name="team"),
    path("challenges/<slug:slug>/team/invite", team.invite, name="team_invite"),
    path("challenges/<slug:slug>/team/leave", team.leave, name="team_leave"),
    path("submissions/<uuid:uid>", submit.change, name="submission"),
    path("team-invitations/<uuid:uid>", team.answer, name="team_invitation"),
]
