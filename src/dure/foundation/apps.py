"""The ground floor as a Django app."""

import gc
from typing import Final

from django.apps import AppConfig

CYCLES: Final = (20_000, 20, 50)
"""When Python looks for cycles. A page makes thousands of objects and frees them by count; by default it would look a dozen
times for each page and find none, at 5 to 9 % of the page's time."""


class FoundationConfig(AppConfig):
    name = "dure.foundation"
    label = "foundation"
    verbose_name = "Foundation"

    def ready(self) -> None:
        from dure.foundation import webhooks  # noqa: PLC0415 - models must be loaded first

        webhooks.register()
        gc.set_threshold(*CYCLES)
