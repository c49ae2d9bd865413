"""What each warning says to the writer, and the laws behind them, in English for translation."""

from collections.abc import Mapping
from typing import Final

from dure.engines.faults import gettext_noop

LAWS: Final[Mapping[str, str]] = {
    "fair_hiring": gettext_noop("Fair Hiring Procedure Act, article 4-3"),
    "equal_employment": gettext_noop("Equal Employment Opportunity Act, article 7"),
    "age": gettext_noop("Act on Prohibition of Age Discrimination in Employment, article 4-4"),
    "employment_policy": gettext_noop("Framework Act on Employment Policy, article 7"),
    "human_rights": gettext_noop("National Human Rights Commission Act, article 2"),
    "privacy": gettext_noop("Personal Information Protection Act"),
}

WARNINGS: Final[Mapping[str, str]] = {
    "looks": gettext_noop("Looks, height and weight may be neither asked nor kept. Leave this out."),
    "origin": gettext_noop(
        "The region that a person comes from may be neither asked nor kept. Leave this out."
    ),
    "marriage": gettext_noop("Whether a person is married may be neither asked nor kept. Leave this out."),
    "property": gettext_noop("A person's property may be neither asked nor kept. Leave this out."),
    "family": gettext_noop(
        "Schooling, work and property of family members may be neither asked nor kept. Leave this out."
    ),
    "sex": gettext_noop("An opening may not prefer men or women. Say what the work needs instead."),
    "age": gettext_noop("An opening may not prefer an age. Say what the work needs instead."),
    "nation": gettext_noop(
        "An opening may not ask for a nation or a mother tongue. Say which level of a language the work needs."
    ),
    "faith": gettext_noop("A person's faith may be neither asked nor preferred. Leave this out."),
    "pregnancy": gettext_noop(
        "Pregnancy and plans for children may be neither asked nor kept. Leave this out."
    ),
    "resident_number": gettext_noop("This looks like a resident registration number. Remove it."),
    "phone": gettext_noop(
        "This looks like a telephone number. Others will read it here: use messages instead."
    ),
    "mail": gettext_noop("This looks like a mail address. Others will read it here: use messages instead."),
    "account": gettext_noop("This looks like the number of a bank account. Remove it."),
}

FAULTS: Final[Mapping[str, str]] = {
    "hiring_field_forbidden": gettext_noop(
        "The law forbids to collect “%(value)s” of applicants. Remove this column."
    ),
}
