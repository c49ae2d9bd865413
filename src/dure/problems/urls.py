"""Addresses of problems."""

from django.urls import URLPattern

from dure.problems import urls_challenges

app_name = "problems"
urlpatterns: list[URLPattern] = [*urls_challenges.urls]
