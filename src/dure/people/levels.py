"""Areas of the skill catalogue and its four levels, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.engines.skills import packaged
from dure.foundation import i18n

LEVEL_NAMES: dict[int, str | Promise] = {
    1: _("With guidance"),
    2: _("Usual work alone"),
    3: _("In new situations"),
    4: _("Sets how it is done"),
}


def skill_areas() -> dict[str, str]:
    """Each area of the catalogue with its name, in its order."""
    korean = i18n.is_korean()
    return {area.key: area.name.ko if korean else area.name.en for area in packaged().areas}
