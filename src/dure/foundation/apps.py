"""The ground floor as a Django app."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "dure.foundation"
    label = "foundation"
    verbose_name = "Foundation"

    def ready(self) -> None:
        from dure.foundation import webhooks  # noqa: PLC0415 - models must be loaded first

        webhooks.register()
