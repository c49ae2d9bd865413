"""The ground floor as a Django app."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "dure.foundation"
    label = "foundation"
    verbose_name = "Foundation"
