"""Handing a foreign certificate in: recognised at once by its signature, or by a named reviewer."""

from collections.abc import Mapping
from typing import IO, Any, Final
from urllib.parse import urlsplit

from django.db import transaction

from dure.engines import credentials as ob
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, faults, files, locks, workflow
from dure.foundation.access import SYSTEM, Denied, demand
from dure.foundation.models import Blob
from dure.learn.models import PartnerCourse, Recognition
from dure.learn.partners import rules, telling
from dure.learn.partners.checking import Checked, check
from dure.learn.partners.rules import ALREADY
from dure.people import api as people

LONGEST: Final = 2000
MOST_SIGNED: Final = 1024 * 1024
MOST_PDF: Final = 10 * 1024 * 1024
PDF: Final = b"%PDF-"
OPEN: Final = ("handed_in", "verified", "accepted")


def hand_in(
    course: PartnerCourse,
    *,
    by: people.Person,
    text: str = "",
    link: str = "",
    note: str = "",
    file: IO[bytes] | None = None,
) -> Recognition:
    """One of a signed credential (text or file), a PDF, and a link. Raises Denied, and Faulty for what is none of them.

    What was signed is checked before anything is kept; where that asks the issuer, it may take some seconds.
    """
    demand(rules.may_hand_in(by, course))
    _demand_one(text, link, file)
    if len(note) > LONGEST or "\x00" in note:
        raise Faulty([Fault("certificate_note_too_long", {"limit": LONGEST}, place="note")])
    given = _taken(text, link, file)
    checked = check(given["token"], course=course, person=by) if "token" in given else None
    return _keep(course, by, note, given, checked)


def _demand_one(text: str, link: str, file: IO[bytes] | None) -> None:
    if sum(bool(one) for one in (text.strip(), link.strip(), file)) != 1:
        raise Faulty([Fault("certificate_one_of")])


def _taken(text: str, link: str, file: IO[bytes] | None) -> dict[str, Any]:
    """What is to be kept of it: `token`, `blob` with `filename`, or `link`."""
    if link.strip():
        return {"link": _https(link.strip())}
    if file is None:
        return {"token": ob.token_in(text.strip().encode(errors="replace"))}
    begins = file.read(len(PDF))
    file.seek(0)
    if begins == PDF:
        return {"blob": _pdf(file), "filename": str(getattr(file, "name", "") or "certificate.pdf")[-200:]}
    return {"token": ob.token_in(file.read(MOST_SIGNED + 1))}


def _https(link: str) -> str:
    parts = urlsplit(link)
    if parts.scheme != "https" or not parts.hostname or len(link) > 500:
        raise Faulty([Fault("no_https", place="link")])
    return link


def _pdf(file: IO[bytes]) -> Blob:
    try:
        return files.put(file, limit=MOST_PDF)
    except files.TooLarge as error:
        raise Faulty([Fault("certificate_too_large", {"limit": MOST_PDF}, place="file")]) from error


@transaction.atomic
def _keep(
    course: PartnerCourse, by: people.Person, note: str, given: Mapping[str, Any], checked: Checked | None
) -> Recognition:
    locks.one_at_a_time("learn.recognition", by.pk, str(course.uid))
    if Recognition.objects.filter(course=course, person=by, state__in=OPEN).exists():
        raise Denied(ALREADY, conflict=True)
    found = checked or Checked((Fault("not_signed"),))
    made = Recognition.objects.create(
        course=course,
        person=by,
        note=note.strip(),
        findings=faults.as_json(found.faults),
        said=found.said,
        issuer=found.issuer,
        issuer_name=found.issuer.name if found.issuer else "",
        **given,
    )
    audit.write(by=by, action="recognition.handed_in", obj=made)
    if not found.faults:
        return workflow.perform(made, "verify", by=SYSTEM)
    telling.tell_reviewers(made)
    return made
