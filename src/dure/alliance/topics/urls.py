"""Addresses of topics."""

from django.urls import path

from dure.alliance.topics import pages

urls = [
    path("topics", pages.topics_page, name="topics"),
    path("topics/new", pages.new, name="topic_new"),
    path("topics/<uuid:uid>", pages.topic_page, name="topic"),
    path("topics/<uuid:uid>/edit", pages.edit, name="topic_edit"),
    path("topics/<uuid:uid>/act", pages.act, name="topic_act"),
    path("topics/<uuid:uid>/follow", pages.follow, name="topic_follow"),
    path("topics/<uuid:uid>/messages", pages.write, name="topic_write"),
]
