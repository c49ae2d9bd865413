"""Addresses of problems."""

from django.urls import URLPattern

from dure.problems import urls_challenges, urls_hosting, urls_import, urls_needs, urls_talk, urls_workrooms

app_name = "problems"
urlpatterns: list[URLPattern] = [
    *urls_needs.urls,
    *urls_workrooms.urls,
    *urls_challenges.urls,
    *urls_talk.urls,
    *urls_hosting.urls,
    *urls_import.urls,
]
