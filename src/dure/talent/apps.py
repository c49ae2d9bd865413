"""The talent app."""

from django.apps import AppConfig


class TalentConfig(AppConfig):
    name = "dure.talent"
    label = "talent"

    def ready(self) -> None:
        from dure.talent import registry  # noqa: PLC0415 - models must be loaded first

        registry.register()
