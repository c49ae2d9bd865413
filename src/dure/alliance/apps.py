"""The alliance app."""

from django.apps import AppConfig


class AllianceConfig(AppConfig):
    name = "dure.alliance"
    label = "alliance"

    def ready(self) -> None:
        from dure.alliance import registry  # noqa: PLC0415 - models must be loaded first

        registry.register()
