"""What pages and REST read of credentials."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from dure.engines import credentials as ob
from dure.foundation import faults
from dure.foundation.i18n import is_korean
from dure.learn.credentials import addresses, verifying
from dure.learn.credentials.earned import Earned
from dure.learn.models import Credential, Enrolment, Recognition
from dure.learn.partners import queries as partners
from dure.people import api as people


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a person earned and completed here, the latest first."""

    credentials: list[Credential]
    completed: list[Enrolment]
    recognised: list[Recognition]


def transcript(person: people.Person) -> Transcript:
    """Three queries, whatever the rows."""
    mine = Credential.objects.filter(person=person).select_related("course")
    done = Enrolment.objects.filter(person=person, state="completed").select_related("course")
    ordered = list(done.order_by("-completed_at", "-id"))
    return Transcript(list(mine), ordered, partners.recognised(person))


def shown(credential: Credential) -> dict[str, Any]:
    """What a page shows of a credential: its words in the reader's language, and what a verifier says of it now."""
    earned = Earned.of_json(credential.content)
    found = verifying.verdict_of(credential)
    return {
        "credential": credential,
        "name": worded(earned.name),
        "description": worded(earned.description),
        "criteria": worded(earned.criteria),
        "creator": earned.creator,
        "skills": [(worded(one.name), one.url) for one in earned.skills],
        "results": [(worded(one.name), one.value, one.required) for one in earned.results],
        "evidence": [(worded(one.name), one.url) for one in earned.evidence],
        "verdict": found,
        "reasons": reasons(found),
        "issuer": found.said.issuer if found.said else "",
        "address": address_of(credential),
    }


def address_of(credential: Credential) -> str:
    """Its page, as people pass it on today."""
    return addresses.credential(addresses.home(), credential.uid)


def worded(text: ob.Text) -> str:
    """A text in the reader's language, or in the other one."""
    return (text.ko or text.en) if is_korean() else (text.en or text.ko)


def reasons(found: ob.Verdict) -> list[str]:
    """Every reason in words, with times as the reader's clock shows them."""
    return [faults.sentence(_readable(fault)) for fault in found.faults]


def _readable(fault: faults.Fault) -> faults.Fault:
    if "at" not in fault.params:
        return fault
    local = timezone.localtime(datetime.fromisoformat(str(fault.params["at"])))
    return faults.Fault(fault.code, {**fault.params, "at": f"{local:%Y-%m-%d %H:%M %Z}"})


def who_sees(credential: Credential) -> str:
    """Who can see it, in words."""
    if credential.is_shared:
        return _("Whoever has the link. No list or search shows it.")
    return _(
        "Its holder, the course's instructors, the secretariat and the auditor. Its holder can share the link."
    )
