"""The problems app."""

from django.apps import AppConfig


class ProblemsConfig(AppConfig):
    name = "dure.problems"
    label = "problems"
