"""The farm app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class FarmConfig(AppConfig):
    name = "dure.farm"
    label = "farm"

    def ready(self) -> None:
        from dure.farm import clock as _clock  # noqa: F401, PLC0415 - models must be loaded first; importing registers its duties
        from dure.farm import fault_sentences, registry  # noqa: PLC0415 - same
        from dure.farm.actions import ending  # noqa: PLC0415 - same
        from dure.farm.catalogue import ensure_catalogue  # noqa: PLC0415 - same
        from dure.farm.jobs import JOB  # noqa: PLC0415 - same
        from dure.foundation import leases  # noqa: PLC0415 - same

        fault_sentences.register()
        leases.on_failed(JOB, ending.give_up)
        registry.register()
        post_migrate.connect(ensure_catalogue, sender=self)
