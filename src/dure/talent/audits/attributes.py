"""What people are asked about themselves for audits, and what they can answer.

Four attributes, each of them something by which treating applicants differently is forbidden or watched in Korea: sex (Equal
Employment Opportunity Act), age (Act on Age Discrimination Prohibition in Employment), disability (Act on the Prohibition of
Discrimination against Persons with Disabilities; sensitive, so the answer needs a consent of its own, which the page asks for),
and where one studied (fostering of universities outside the capital area). They are never part of an application.

Left out: what the Fair Hiring Procedure Act, art. 4-3, forbids to collect of applicants (looks, region of origin, marital status,
property, family); ethnicity and religion, whose groups would be so small that nothing could be published; nationality, because
visas and the terms of an exchange decide by it lawfully and a difference would say nothing; veterans, whom the law itself prefers.
Each attribute also makes every other one a little harder to judge, since a report's false alarms are bounded over all of them.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ATTRIBUTES: Final[Mapping[str, str | Promise]] = {
    "sex": _("Sex"),
    "age_band": _("Age"),
    "disability": _("Disability"),
    "study_region": _("Where I studied or study"),
}

VALUES: Final[Mapping[str, Mapping[str, str | Promise]]] = {
    "sex": {"female": _("Woman"), "male": _("Man"), "other": pgettext_lazy("sex", "Other")},
    "age_band": {
        "to_24": _("24 or younger"),
        "25_29": _("25 to 29"),
        "30_39": _("30 to 39"),
        "40_54": _("40 to 54"),
        "from_55": _("55 or older"),
    },
    "disability": {"yes": _("With a disability"), "no": _("Without a disability")},
    "study_region": {
        "capital": _("Seoul, Incheon or Gyeonggi"),
        "elsewhere": _("Elsewhere in Korea"),
        "abroad": _("Outside Korea"),
    },
}


def values_of(attribute: str) -> Mapping[str, str | Promise]:
    """What can be answered, with its words; nothing for what is not asked."""
    return VALUES.get(attribute, {})


def attribute_name(attribute: str) -> str:
    """In the reader's language; of a report that asked for more than today, the code itself."""
    return str(ATTRIBUTES.get(attribute, attribute))


def value_name(attribute: str, value: str) -> str:
    """The same for an answer."""
    return str(values_of(attribute).get(value, value))
