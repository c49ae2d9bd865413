"""What a person looks for: their own words and choices, checked before they are kept."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dure.engines.faults import Fault, Faulty
from dure.foundation import audit
from dure.foundation.faults import register_sentences
from dure.people import api as people
from dure.talent.models import Opening, Profile
from dure.talent.places import LANGUAGE_LEVELS, is_language, is_region
from dure.talent.profiles import record
from dure.talent.profiles.checking import demand_clean

TEXTS: Final = ("about_ko", "about_en")
FIELDS: Final = (
    *TEXTS,
    "kinds",
    "regions",
    "remote",
    "languages",
    "available_from",
    "available_until",
    "weekly_hours",
)
"""All that is kept of what somebody looks for. Whatever else a person is, nothing here can hold."""
MOST_HOURS: Final = 80
SENTENCES: Final = {
    "profile_kind_unknown": _("There is no kind of opening with the name “%(value)s”."),
    "profile_region_unknown": _("There is no region with the code “%(value)s”."),
    "profile_language_unknown": _("There is no language with the code “%(value)s”, or no such level of it."),
    "profile_days_upside_down": _("The last day is before the first."),
    "profile_hours": _("Hours a week are 1 to %(limit)s."),
}


def register() -> None:
    """Make every code speak; called once when the app is ready."""
    register_sentences(SENTENCES)


@transaction.atomic
def save(*, by: people.Person, values: Mapping[str, Any], confirmed: bool = False) -> Profile:
    """Keep what they look for; `values` has FIELDS. Raises Faulty with everything that is wrong, and then nothing is kept."""
    wrong = list(_faults(values))
    if wrong:
        raise Faulty(wrong)
    texts = {name: values[name] for name in TEXTS}
    demand_clean(texts, confirmed=confirmed, names=(by.name_ko, by.name_en))
    profile = record.touch(by)
    for name in FIELDS:
        setattr(profile, name, values[name])
    profile.save(update_fields=FIELDS)
    audit.write(by=by, action="profile.changed", obj=profile)
    return profile


def _faults(values: Mapping[str, Any]) -> Iterator[Fault]:
    for kind in values["kinds"]:
        if kind not in Opening.Kind.values:
            yield Fault("profile_kind_unknown", {"value": kind[:40]}, place="kinds")
    for region in values["regions"]:
        if not is_region(region):
            yield Fault("profile_region_unknown", {"value": region[:40]}, place="regions")
    for language, level in values["languages"].items():
        if not (is_language(language) and level in LANGUAGE_LEVELS):
            yield Fault("profile_language_unknown", {"value": language[:40]}, place="languages")
    first, last = values["available_from"], values["available_until"]
    if first and last and last < first:
        yield Fault("profile_days_upside_down", place="available_until")
    hours = values["weekly_hours"]
    if hours is not None and not 1 <= hours <= MOST_HOURS:
        yield Fault("profile_hours", {"limit": MOST_HOURS}, place="weekly_hours")
