"""Every fault that a table of openings can have, each with its English sentence. Row and column stand beside it."""

from collections.abc import Mapping
from typing import Final

from dure.engines.faults import gettext_noop

FAULTS: Final[Mapping[str, str]] = {
    "opening_column_missing": gettext_noop("There is no column “%(value)s”."),
    "opening_column_twice": gettext_noop("The column “%(value)s” stands twice."),
    "opening_column_unknown": gettext_noop("Nothing reads the column “%(value)s”. Rename or remove it."),
    "opening_empty": gettext_noop("This cell may not be empty."),
    "opening_too_long": gettext_noop("This is longer than %(limit)s characters."),
    "opening_choice": gettext_noop("“%(value)s” is none of these: %(expected)s."),
    "opening_number": gettext_noop("“%(value)s” is no number from %(least)s to %(most)s."),
    "opening_date": gettext_noop("“%(value)s” is no date; write it like 2027-03-01."),
    "opening_region_unknown": gettext_noop(
        "“%(value)s” is no region; write a code such as KR-11, a name such as Seoul, or the code of a country."
    ),
    "opening_region_missing": gettext_noop("Name a region, or say that the work is fully remote."),
    "opening_language_form": gettext_noop(
        "“%(value)s” is no language with its level; write it like en:B2; ko:C1."
    ),
    "opening_skill_form": gettext_noop("“%(value)s” is no skill with its level; write it like sql:2."),
    "opening_skill_unknown": gettext_noop("“%(value)s” is not in the skill catalogue."),
    "opening_twice": gettext_noop("“%(value)s” stands twice."),
    "opening_ends_early": gettext_noop("The end lies before the start."),
    "opening_deadline_past": gettext_noop("The deadline %(value)s has passed."),
    "opening_steps_differ": gettext_noop("Give as many steps in Korean as in English, or only one language."),
    "opening_pay_incomplete": gettext_noop(
        "An amount needs the code of a currency such as KRW, and a period."
    ),
}
