"""Addresses of the farm."""

from django.urls import path

from dure.farm.pages import now

app_name = "farm"
urlpatterns = [
    path("farm", now.farm_page, name="now"),
]
