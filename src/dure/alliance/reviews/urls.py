"""Addresses of reviews."""

from django.urls import path

from dure.alliance.reviews import pages, pages_desk

urls = [
    path("reviews", pages.mine_page, name="reviews"),
    path("reviews/<uuid:uid>", pages.review_page, name="review"),
    path("reviews/<uuid:uid>/act", pages.act, name="review_act"),
    path("calls/<uuid:uid>/ties", pages.ties_page, name="call_ties"),
    path("calls/<uuid:uid>/ties/remove", pages.remove_tie, name="call_tie_remove"),
    path("calls/<uuid:uid>/reviewers", pages_desk.pool_page, name="call_reviewers"),
    path("calls/<uuid:uid>/reviewers/remove", pages_desk.remove_reviewer, name="call_reviewer_remove"),
    path("calls/<uuid:uid>/conflicts", pages_desk.conflicts_page, name="call_conflicts"),
    path("calls/<uuid:uid>/assignment", pages_desk.assignment_page, name="call_assignment"),
    path("calls/<uuid:uid>/assignment/file", pages_desk.assignment_file, name="call_assignment_file"),
    path("calls/<uuid:uid>/reviews", pages_desk.reviews_page, name="call_reviews"),
]
