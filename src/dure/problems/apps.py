"""The problems app."""

from django.apps import AppConfig


class ProblemsConfig(AppConfig):
    name = "dure.problems"
    label = "problems"

    def ready(self) -> None:
        from dure.problems import (  # noqa: PLC0415 - models must be loaded first
            exports,
            fault_sentences,
            labs,
            panels,
            registry_hosting,
            registry_needs,
            registry_talk,
        )
        from dure.problems.code import registry as code  # noqa: PLC0415 - same
        from dure.problems.scoring import giving_up  # noqa: PLC0415 - same

        exports.register()
        fault_sentences.register()
        labs.register()
        panels.register()
        registry_needs.register()
        registry_talk.register()
        registry_hosting.register()
        code.register()
        giving_up.register()
