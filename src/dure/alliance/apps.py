"""The alliance app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AllianceConfig(AppConfig):
    name = "dure.alliance"
    label = "alliance"

    def ready(self) -> None:
        from dure.alliance import registry  # noqa: PLC0415 - models must be loaded first
        from dure.alliance.members.levels import ensure_levels  # noqa: PLC0415 - same

        registry.register()
        post_migrate.connect(ensure_levels, sender=self)
