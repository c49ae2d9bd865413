"""Addresses of problems."""

from django.urls import URLPattern

from dure.problems import urls_challenges, urls_needs

app_name = "problems"
urlpatterns: list[URLPattern] = [*urls_needs.urls, *urls_challenges.urls]
