"""Every fault of a market, a lottery or a file of a placement, each with its English sentence. The place stands beside it."""

from collections.abc import Mapping
from typing import Final

from dure.engines.faults import gettext_noop

FAULTS: Final[Mapping[str, str]] = {
    "placement_too_large": gettext_noop("There are more than %(limit)s."),
    "placement_name_malformed": gettext_noop(
        "A name has 1 to %(limit)s characters that can be shown, all in one line."
    ),
    "placement_name_twice": gettext_noop("The name “%(name)s” stands twice."),
    "placement_applicant_unknown": gettext_noop("Nobody applies under the name “%(name)s”."),
    "placement_opening_unknown": gettext_noop("There is no opening “%(name)s” here."),
    "placement_columns_differ": gettext_noop("The columns of the choices have different lengths."),
    "placement_number_out_of_range": gettext_noop("A number lies outside %(low)s to %(high)s."),
    "placement_choice_twice": gettext_noop("“%(applicant)s” ranks “%(opening)s” twice."),
    "placement_member_twice": gettext_noop("“%(name)s” is listed twice in this group."),
    "placement_capacity": gettext_noop("An opening has 0 to %(high)s seats."),
    "placement_group_unknown": gettext_noop("There is no group “%(group)s” here."),
    "placement_group_twice": gettext_noop("The group “%(group)s” has two limits; give one."),
    "placement_limit": gettext_noop(
        "Of the group “%(group)s” the reserve must be 0 or more, and its quota no less than the reserve."
    ),
    "placement_reserve_over_quota": gettext_noop(
        "Within the group “%(group)s” more seats are reserved than its quota allows."
    ),
    "placement_reserve_over_capacity": gettext_noop(
        "More seats are reserved than there are (%(seats)s); lower a reserve or add seats."
    ),
    "placement_not_laminar": gettext_noop(
        "The groups “%(one)s” and “%(other)s” overlap. At one opening, groups must lie within each other or have nobody in common."
    ),
    "placement_secrets_count": gettext_noop(
        "Between %(least)s and %(most)s organisations must give one secret each."
    ),
    "placement_secret_malformed": gettext_noop("A secret is 64 hexadecimal digits in small letters."),
    "placement_commitment_broken": gettext_noop(
        "The secret is not the one that this organisation committed to before the deadline."
    ),
    "placement_commitment_copied": gettext_noop(
        "Two organisations committed to the same secret; one must have copied the other."
    ),
    "placement_inputs_changed": gettext_noop(
        "The inputs are not those that were frozen: their hash is %(found)s."
    ),
    "placement_correction_row": gettext_noop(
        "This row of a correction is not in the inputs as it says, changes nothing, or stands twice."
    ),
    "placement_lottery_differs": gettext_noop(
        "The lottery is not that of the first run. A round that is run again keeps its seed."
    ),
    "placement_original_differs": gettext_noop(
        "This is no re-run of the placement that has the certificate given for the first run."
    ),
    "placement_file_too_large": gettext_noop("The file is larger than %(limit)s MiB."),
    "placement_file_broken": gettext_noop("This is no JSON in UTF-8."),
    "placement_file_shape": gettext_noop(
        "This part is missing or not of the kind that a placement's file has."
    ),
    "placement_file_not_canonical": gettext_noop(
        "The file is not written byte for byte as Dure writes it; it was changed or saved anew."
    ),
}
