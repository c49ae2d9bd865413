"""The farm app."""

from django.apps import AppConfig


class FarmConfig(AppConfig):
    name = "dure.farm"
    label = "farm"

    def ready(self) -> None:
        from dure.farm.actions import ending  # noqa: PLC0415 - models must be loaded first
        from dure.farm.jobs import JOB  # noqa: PLC0415 - same
        from dure.foundation import leases  # noqa: PLC0415 - same

        leases.on_failed(JOB, ending.give_up)
