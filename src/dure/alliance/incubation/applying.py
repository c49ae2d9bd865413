"""The file of a startup: the founder applies; the secretariat names mentors and writes down what it gets."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db import transaction

from dure.alliance.agreements.rules import only_secretariat
from dure.alliance.incubation import rules, telling
from dure.alliance.incubation.batches import person_at
from dure.alliance.models import Field, IncubationBatch, StartupCase, StartupMentor, StartupProvision
from dure.alliance.models.scouting import Stage
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, clock
from dure.foundation.access import demand
from dure.people import api as people

FIELDS: Final = (
    "name_ko", "name_en", "line_ko", "line_en", "country", "fields", "stage", "site", "pitch", "wants",
)  # fmt: skip


@transaction.atomic
def apply(batch: IncubationBatch, *, by: people.Person, given: Mapping[str, Any]) -> StartupCase:
    """A founder applies, once for each batch; again writes the application anew while the call is open. Raises Denied, Faulty."""
    locked = IncubationBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    demand(rules.may_apply(by, locked))
    faults = list(_faults(given))
    if faults:
        raise Faulty(faults)
    said = {name: given[name] for name in FIELDS}
    case, is_new = locked.cases.get_or_create(founder=by, defaults=said)
    if not is_new:
        _again(case, said)
    audit.write(by=by, action="startup_case.applied", obj=case)
    if is_new:
        telling.tell_secretariat(telling.APPLIED, case)
    return case


def _again(case: StartupCase, said: Mapping[str, Any]) -> None:
    """Points that were given for other words go: jurors judge what stands there. Raises Denied where it is decided on."""
    if case.state != "applied":
        demand(rules.NOT_JUDGED)
    StartupCase.objects.filter(pk=case.pk).update(**said)
    case.scores.filter(is_conflict=False).delete()
    case.refresh_from_db()


def _faults(given: Mapping[str, Any]) -> Iterator[Fault]:
    for name in ("name", "line"):
        if not (given[f"{name}_ko"].strip() or given[f"{name}_en"].strip()):
            yield Fault("topic_in_no_language", place=f"{name}_ko")
    if not given["pitch"].strip():
        yield Fault("startup_no_pitch", place="pitch")
    if given["country"] not in people.COUNTRIES:
        yield Fault("scouted_country", {"value": given["country"]}, place="country")
    if not given["fields"] or any(one not in Field.values for one in given["fields"]):
        yield Fault("scouted_no_field", place="fields")
    if not given["stage"]:
        yield Fault("scouted_no_stage", place="stage")
    elif given["stage"] not in Stage.values:
        yield Fault("scouted_stage", {"value": given["stage"]}, place="stage")
    if given["site"] and not given["site"].startswith(("https://", "http://")):
        yield Fault("scouted_site", place="site")


@transaction.atomic
def name_mentor(case: StartupCase, *, by: people.Person, address: str) -> StartupMentor:
    """Somebody with an account mentors it from today on. Raises Denied, Faulty."""
    _demand_open(case, by)
    person = person_at(address)
    if person.pk == case.founder_id:
        raise Faulty([Fault("startup_mentors_itself", place="address")])
    if case.mentors.filter(person=person, until=None).exists():
        raise Faulty([Fault("startup_person_twice", place="address")])
    made = case.mentors.create(person=person)
    audit.write(by=by, action="startup_case.mentor", obj=case, detail={"person": person})
    telling.tell_person(telling.MENTORS, person, case)
    return made


@transaction.atomic
def end_mentor(case: StartupCase, mentor: StartupMentor, *, by: people.Person) -> None:
    """They mentor it no more. Raises Denied."""
    _demand_open(case, by)
    StartupMentor.objects.filter(pk=mentor.pk, until=None).update(until=clock.today())
    audit.write(by=by, action="startup_case.mentor_ended", obj=case, detail={"person": mentor.person})


@transaction.atomic
def provide(case: StartupCase, *, by: people.Person, given: Mapping[str, Any]) -> StartupProvision:
    """Space, equipment or something else that it gets; `commitment` is one that `by` may read. Raises Denied."""
    _demand_open(case, by)
    named = {name: given[name] for name in ("kind", "what", "commitment")}
    made: StartupProvision = case.provisions.create(**named)
    audit.write(by=by, action="startup_case.provided", obj=case, detail={"what": made.what})
    return made


@transaction.atomic
def link(case: StartupCase, *, by: people.Person, scouted: Any) -> None:
    """It was on the scouting list; the secretariat alone reads the link. Raises Denied."""
    demand(only_secretariat(by))
    StartupCase.objects.filter(pk=case.pk).update(scouted=scouted)
    audit.write(by=by, action="startup_case.linked", obj=case)


def _demand_open(case: StartupCase, by: people.Person) -> None:
    """The row as it stands now: `case` may have been read before somebody moved it."""
    locked = StartupCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
    demand(rules.decides(by, locked))
    if locked.state not in ("selected", *rules.INSIDE):
        demand(rules.NOT_TAKEN)
