"""The problems app."""

from django.apps import AppConfig


class ProblemsConfig(AppConfig):
    name = "dure.problems"
    label = "problems"

    def ready(self) -> None:
        from dure.problems import fault_sentences, registry_needs  # noqa: PLC0415 - models must be loaded first

        fault_sentences.register()
        registry_needs.register()
