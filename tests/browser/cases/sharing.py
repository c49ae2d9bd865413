"""Shared capacity: the catalogue, machines that are given, hours, what was given and used."""

from datetime import timedelta
from typing import Any

from dure.farm.actions import allocations
from dure.farm.catalogue import ensure_catalogue
from dure.farm.clock import close_usage_hours
from dure.foundation import clock
from dure.foundation.access import Role
from dure.people.models import Organisation, Person
from tests.browser.cases import Case
from tests.factories.accounts import kept_run, node
from tests.factories.people import organisation, person
from tests.factories.sharing import asked_hours, contributed, granted, representative, secretary


def _head() -> tuple[Person, Organisation]:
    ensure_catalogue()
    return representative(organisation(name_ko="두레대학교", name_en="Dure University"))


def _accelerators() -> tuple[str, Any]:
    ensure_catalogue()
    return "/farm/accelerators", person(roles=[Role.OPERATOR])


def _accelerator_form() -> tuple[str, Any]:
    return "/farm/accelerators/new", person(roles=[Role.OPERATOR])


def _no_contributions() -> tuple[str, Any]:
    return "/farm/contributions", _head()[0]


def _contributions() -> tuple[str, Any]:
    head, firm = _head()
    contributed(
        firm,
        node_name="gpu-server-1.dure.example",
        accelerators={"npu:atom": 8, "gpu:h100": 4},
        kept_percent=30,
    )
    return "/farm/contributions", head


def _contribution_form() -> tuple[str, Any]:
    return "/farm/contributions/new", _head()[0]


def _contribution() -> tuple[str, Any]:
    head, firm = _head()
    return f"/farm/contributions/{contributed(firm, note='서버실 2층').uid}", head


def _no_allocations() -> tuple[str, Any]:
    return "/farm/allocations", _head()[0]


def _allocations() -> tuple[str, Any]:
    head, firm = _head()
    granted(firm, project="speech-translation")
    asked_hours(firm, project="", accelerator="")
    return "/farm/allocations", head


def _allocation_form() -> tuple[str, Any]:
    return "/farm/allocations/new", _head()[0]


def _allocation() -> tuple[str, Any]:
    """Hours that end soon, with a renewal that waits for the secretariat."""
    head, firm = _head()
    hours = granted(firm, by=head, ends_on=clock.today() + timedelta(days=9))
    values = {"hours": 200, "ends_on": clock.today() + timedelta(days=90), "purpose": "2학기 실습"}
    allocations.ask_change(by=head, allocation=hours, values=values)
    return f"/farm/allocations/{hours.uid}", head


def _decide() -> tuple[str, Any]:
    _head()
    return f"/farm/allocations/{asked_hours().uid}", secretary()


def _no_usage() -> tuple[str, Any]:
    head, firm = _head()
    return f"/farm/usage/{firm.slug}", head


def _usage() -> tuple[str, Any]:
    head, firm = _head()
    guest, now = organisation(), clock.now()
    contributed(firm, node_name="gpu-server-1")
    machine = node("gpu-server-1")
    for who, hours in ((guest, 40), (firm, 20)):
        began = now - timedelta(hours=60)
        kept_run(
            started=began,
            ended=began + timedelta(hours=hours),
            on=machine,
            organisation=who,
            project="speech-translation",
            accelerators={"npu:atom": 2},
        )
    close_usage_hours(now)
    return f"/farm/usage/{firm.slug}", head


def _usages() -> tuple[str, Any]:
    _usage()
    return "/farm/usage", secretary()


CASES = [
    Case("accelerators", _accelerators),
    Case("accelerator-form", _accelerator_form),
    Case("contributions-empty", _no_contributions),
    Case("contributions", _contributions),
    Case("contribution-form", _contribution_form),
    Case("contribution", _contribution),
    Case("allocations-empty", _no_allocations),
    Case("allocations", _allocations),
    Case("allocation-form", _allocation_form),
    Case("allocation", _allocation),
    Case("allocation-decide", _decide),
    Case("usage-empty", _no_usage),
    Case("usage", _usage),
    Case("usages", _usages),
]
