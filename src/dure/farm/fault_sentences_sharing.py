"""What can be wrong with what people write about capacity, in words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Final[Mapping[str, str | Promise]] = {
    "node_name_letters": _("A machine's name has letters, digits, dots, hyphens and underscores, up to 80."),
    "number_out_of_range": _("A whole number from %(low)s to %(high)s."),
    "accelerator_unknown": _("“%(value)s” is not in the catalogue of accelerators."),
    "accelerator_key": _(
        "“%(value)s” is no type; it looks like gpu:h100 or npu:atom, in small letters, digits and hyphens."
    ),
    "accelerator_taken": _("“%(value)s” is in the catalogue already."),
    "accelerators_unreadable": _("One type and its count in each line, for example: gpu:h100 8"),
    "ends_before_start": _("The last day cannot come before the first."),
    "day_is_past": _("This day is past."),
    "purpose_missing": _("Say what the hours are for."),
    "name_needed": _("Give a name."),
}
