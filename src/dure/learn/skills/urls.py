"""Addresses of what a person can do."""

from django.urls import path

from dure.learn.skills import pages

urls = [path("me/skills", pages.skills_page, name="skills")]
