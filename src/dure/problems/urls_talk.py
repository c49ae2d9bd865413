"""Addresses of discussions."""

from django.urls import path

from dure.problems.pages import talk

urls = [
    path("challenges/<slug:slug>/talk", talk.challenge_threads, name="challenge_talk"),
    path("problems/<uuid:uid>/talk", talk.threads, name="talk"),
    path("problems/<uuid:uid>/talk/<uuid:thread>", talk.thread, name="thread"),
    path("messages/<uuid:uid>/moderate", talk.moderate, name="talk_moderate"),
]
