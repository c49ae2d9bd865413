"""Writing down a startup and who was met there."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Q

from dure.alliance.models import Field, ScoutedStartup, ScoutingMeeting
from dure.alliance.models.scouting import Reach, Stage
from dure.alliance.scouting import rules
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, clock
from dure.foundation.access import Role, demand
from dure.people import api as people

FIELDS: Final = (
    "name_ko",
    "name_en",
    "country",
    "region",
    "fields",
    "site",
    "founded",
    "stage",
    "about_ko",
    "about_en",
    "reach",
)
OLDEST: Final = 1900


@transaction.atomic
def note(
    *, by: people.Person, organisation: people.Organisation | None, given: Mapping[str, Any]
) -> ScoutedStartup:
    """A startup that `organisation` looks at, or the alliance where that is None. Raises Denied, Faulty with all that is wrong."""
    demand(rules.may_scout_for(by, organisation))
    _refuse(check(given))
    named = {name: given[name] for name in FIELDS}
    made = _saved(ScoutedStartup(organisation=organisation, entered_by=by, **named))
    audit.write(by=by, action="scouted_startup.noted", obj=made)
    return made


@transaction.atomic
def edit(startup: ScoutedStartup, *, by: people.Person, given: Mapping[str, Any]) -> ScoutedStartup:
    """Write it anew. Raises Denied, Faulty."""
    locked = ScoutedStartup.objects.select_for_update(of=("self",)).get(pk=startup.pk)
    demand(rules.keeps(by, locked))
    _refuse(check(given))
    changed = [name for name in FIELDS if getattr(locked, name) != given[name]]
    for name in changed:
        setattr(locked, name, given[name])
    _saved(locked)
    audit.write(by=by, action="scouted_startup.edited", obj=locked, detail={"fields": changed})
    return locked


def _saved(startup: ScoutedStartup) -> ScoutedStartup:
    """One side writes a startup down once. Raises Faulty."""
    try:
        with transaction.atomic():
            startup.save()
    except IntegrityError as error:
        raise Faulty([Fault("scouted_already", place="name_ko")]) from error
    return startup


def check(given: Mapping[str, Any]) -> Iterator[Fault]:
    """All that is wrong with what is said of a startup, each at its field."""
    if not (given["name_ko"].strip() or given["name_en"].strip()):
        yield Fault("scouted_no_name", place="name_ko")
    if given["country"] not in people.COUNTRIES:
        yield Fault("scouted_country", {"value": given["country"]}, place="country")
    if not given["fields"]:
        yield Fault("scouted_no_field", place="fields")
    for one in given["fields"]:
        if one not in Field.values:
            yield Fault("alliance_field_unknown", {"value": one}, place="fields")
    if not given["stage"]:
        yield Fault("scouted_no_stage", place="stage")
    elif given["stage"] not in Stage.values:
        yield Fault("scouted_stage", {"value": given["stage"]}, place="stage")
    if given["reach"] not in Reach.values:
        yield Fault("scouted_reach", {"value": given["reach"]}, place="reach")
    yield from _own_words(given)


def _own_words(given: Mapping[str, Any]) -> Iterator[Fault]:
    """What is wrong with year and site."""
    if given["founded"] is not None and not OLDEST <= given["founded"] <= clock.today().year:
        yield Fault("scouted_founded", place="founded")
    if given["site"] and not given["site"].startswith(("https://", "http://")):
        yield Fault("scouted_site", place="site")


def _refuse(faults: Iterable[Fault]) -> None:
    found = list(faults)
    if found:
        raise Faulty(found)


@transaction.atomic
def meet(
    startup: ScoutedStartup,
    *,
    by: people.Person,
    organisation: people.Organisation | None,
    given: Mapping[str, Any],
) -> ScoutingMeeting:
    """Somebody of a side met somebody of the startup. That `by` sees the startup is asked before. Raises Denied, Faulty."""
    demand(rules.may_scout_for(by, organisation))
    found, unknown = attending(organisation, given.get("addresses") or "")
    faults = [Fault("scouting_stranger", {"value": one}, place="addresses") for one in unknown]
    if given["met_on"] > clock.today():
        faults.append(Fault("scouting_ahead", place="met_on"))
    if not given["said"].strip():
        faults.append(Fault("scouting_nothing_said", place="said"))
    _refuse(faults)
    named = {name: given[name] for name in ("met_on", "contacts", "said", "reach")}
    made: ScoutingMeeting = startup.meetings.create(organisation=organisation, by=by, **named)
    made.attended.set({by, *found})
    audit.write(by=by, action="scouted_startup.met", obj=startup)
    return made


def attending(
    organisation: people.Organisation | None, addresses: str
) -> tuple[list[people.Person], list[str]]:
    """People of the side by their mail addresses, and addresses that are nobody's there: nobody else can be found out by asking."""
    asked = [one.strip().lower() for one in addresses.replace("\n", ",").split(",") if one.strip()]
    found = list(people.Person.objects.filter(_of_side(organisation), is_active=True, email__in=asked))
    known = {str(one.email).lower() for one in found}
    return found, [one for one in asked if one not in known]


def _of_side(organisation: people.Organisation | None) -> Q:
    if organisation is None:
        return Q(roles__contains=[Role.SECRETARIAT])
    inside = people.Membership.objects.current().filter(organisation=organisation)
    return Q(pk__in=inside.values("person_id"))
