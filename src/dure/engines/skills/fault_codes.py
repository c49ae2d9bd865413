"""Every fault that a catalogue can have, each with its English sentence. The place stands beside it."""

from collections.abc import Mapping
from typing import Final

from dure.engines.faults import gettext_noop

FAULTS: Final[Mapping[str, str]] = {
    "skill_file_broken": gettext_noop("This is no YAML: %(error)s."),
    "skill_field_missing": gettext_noop("This field is missing or empty."),
    "skill_field_unknown": gettext_noop("Nothing reads this field."),
    "skill_bad_slug": gettext_noop(
        "“%(value)s” cannot stand in an address; use small letters, digits and hyphens."
    ),
    "skill_bad_level": gettext_noop("“%(value)s” is no level; there are 1 to 4."),
    "skill_bad_esco": gettext_noop("“%(value)s” is no address of a skill in ESCO."),
    "skill_twice": gettext_noop("Another skill has the slug “%(value)s”."),
    "skill_unknown": gettext_noop("“%(value)s” is not in the skill catalogue."),
    "ncs_heading_missing": gettext_noop("There is no column with the heading “%(value)s”."),
    "ncs_code_malformed": gettext_noop("“%(value)s” is no code of a unit; there are ten digits."),
    "ncs_code_unknown": gettext_noop("The public file has no unit with the code “%(value)s”."),
    "ncs_skill_twice": gettext_noop("The skill “%(value)s” has a code already, further up."),
    "skill_cycle": gettext_noop("These skills need each other in a circle: %(path)s."),
}
