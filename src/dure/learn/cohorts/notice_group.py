"""The heading under which people choose what of their cohorts is mailed."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from dure.foundation import notices

COHORTS: Final = notices.Group(18, _("Cohorts"))
