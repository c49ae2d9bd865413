"""Addresses of matching."""

from django.urls import path

from dure.talent.matching import pages, pages_candidates

urls = [
    path("me/matches", pages.matches_page, name="matches"),
    path("matches/outcomes", pages.outcomes_page, name="match_outcomes"),
    path("openings/<uuid:uid>/candidates", pages_candidates.candidates_page, name="candidates"),
    path("openings/<uuid:uid>/candidates/invite", pages_candidates.invite, name="candidate_invite"),
    path("openings/<uuid:uid>/candidates/order", pages_candidates.order, name="candidate_order"),
    path("apply-invitations/<uuid:uid>", pages.invitation_page, name="apply_invitation"),
    path("apply-invitations/<uuid:uid>/act", pages.act, name="apply_invitation_act"),
]
