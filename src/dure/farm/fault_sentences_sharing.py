"""What can be wrong with what people write about capacity, in words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Final[Mapping[str, str | Promise]] = {
    "site_without_name": _("Give the site a name."),
    "share_node_name_letters": _(
        "A machine's name has letters, digits, dots, hyphens and underscores, up to 80."
    ),
    "share_number_out_of_range": _("A whole number from %(low)s to %(high)s."),
    "share_accelerator_unknown": _("“%(value)s” is not in the catalogue of accelerators."),
    "share_accelerator_key": _(
        "“%(value)s” is no type; it looks like gpu:h100 or npu:atom, in small letters, digits and hyphens."
    ),
    "share_accelerator_taken": _("“%(value)s” is in the catalogue already."),
    "share_accelerators_unreadable": _("One type and its count in each line, for example: gpu:h100 8"),
    "share_ends_before_start": _("The last day cannot come before the first."),
    "share_day_is_past": _("This day is past."),
    "share_purpose_missing": _("Say what the hours are for."),
    "share_name_needed": _("Give a name."),
}
