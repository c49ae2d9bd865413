"""Addresses of the desk."""

from django.urls import path

from dure.alliance.desk import pages

urls = [
    path("desk", pages.desk_page, name="desk"),
    path("desk/due", pages.due_page, name="desk_due"),
]
