"""The web app."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    name = "dure.web"
    label = "web"

    def ready(self) -> None:
        from dure.foundation import navigation  # noqa: PLC0415 - models must be loaded first
        from dure.foundation.access import has_role, is_signed_in  # noqa: PLC0415 - same
        from dure.foundation.trail import READERS  # noqa: PLC0415 - same

        def reads_the_trail(person: Any) -> bool:
            return has_role(person, *READERS)

        navigation.add(_("Notices"), "notices", order=5, shown=is_signed_in, place="account", group="work")
        navigation.add(
            _("Audit trail"), "trail", order=90, shown=reads_the_trail, place="account", group="running"
        )
