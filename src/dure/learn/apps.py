"""The learn app."""

from django.apps import AppConfig


class LearnConfig(AppConfig):
    name = "dure.learn"
    label = "learn"

    def ready(self) -> None:
        from dure.learn import registry  # noqa: PLC0415 - models must be loaded first

        registry.register()
