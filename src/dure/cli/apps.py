"""The cli app."""

from django.apps import AppConfig


class CliConfig(AppConfig):
    name = "dure.cli"
    label = "cli"
