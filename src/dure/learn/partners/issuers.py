"""Whose signatures count: issuers that the partner's course or the secretariat named, with their keys read from a named address.

Keys are read when an issuer is named, when somebody asks for it, and once a day; never because a certificate says so.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction

from dure.engines import credentials as ob
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, clock, outward
from dure.foundation.access import demand
from dure.learn.models import PartnerCourse, TrustedIssuer
from dure.learn.partners import rules
from dure.people import api as people

MOST_BYTES: Final = 256 * 1024
EVERY: Final = timedelta(days=1)
AT_ONCE: Final = 5
MOST_ISSUERS: Final = 10


def trust(
    course: PartnerCourse, *, by: people.Person, name: str, issuer: str, keys_url: str
) -> TrustedIssuer:
    """Name an issuer for a course, and read its keys. Raises Denied, and Faulty where there are none: then it is not named."""
    demand(rules.may_manage(by, course))
    if course.issuers.count() >= MOST_ISSUERS:
        raise Faulty([Fault("too_many_issuers", {"limit": MOST_ISSUERS})])
    keys = _read(keys_url, issuer)
    with transaction.atomic():
        now = clock.now()
        read = {"keys_url": keys_url, "keys": keys, "read_at": now, "tried_at": now, "trouble": ""}
        made, _new = TrustedIssuer.objects.update_or_create(
            course=course, issuer=issuer, defaults={"name": name, "named_by": by, **read}
        )
        audit.write(by=by, action="partner_course.issuer_trusted", obj=course, detail={"issuer": issuer})
    return made


@transaction.atomic
def distrust(issuer: TrustedIssuer, *, by: people.Person) -> None:
    """Its signatures count no more for what is handed in from now on. Raises Denied."""
    demand(rules.may_manage(by, issuer.course))
    detail = {"issuer": issuer.issuer}
    audit.write(by=by, action="partner_course.issuer_dropped", obj=issuer.course, detail=detail)
    issuer.delete()


def read_again(issuer: TrustedIssuer) -> TrustedIssuer:
    """Read the keys anew. Where that fails the old ones go on counting, and `trouble` says why."""
    issuer.tried_at = clock.now()
    try:
        issuer.keys, issuer.trouble = _read(issuer.keys_url, issuer.issuer), ""
        issuer.read_at = issuer.tried_at
    except Faulty as error:
        issuer.trouble = error.faults[0].code[:40]
    issuer.save(update_fields=["keys", "trouble", "read_at", "tried_at"])
    return issuer


def _read(url: str, issuer: str) -> list[dict[str, Any]]:
    try:
        document = outward.fetch(url, most=MOST_BYTES)
    except outward.OutwardError as error:
        raise Faulty([Fault(f"keys_{error.code}", place="keys_url")]) from error
    try:
        found = ob.keys_in(document, issuer=issuer)
    except Faulty as error:
        raise Faulty([Fault(one.code, one.params, place="keys_url") for one in error.faults]) from error
    return [{"kid": one.kid, "jwk": dict(one.jwk)} for one in found]


@clock.on_clock("learn.partner_keys")
def read_all(now: datetime) -> int:
    """Once a day for each; returns how many were read."""
    old = TrustedIssuer.objects.filter(tried_at__lt=now - EVERY)
    due = list(old.order_by("tried_at", "pk")[:AT_ONCE])
    return sum(not read_again(issuer).trouble for issuer in due)


def trusted_for(course: PartnerCourse) -> list[TrustedIssuer]:
    """Whose signatures count for its certificates."""
    return list(course.issuers.all())


def public_keys(issuers: Iterable[TrustedIssuer]) -> list[ob.PublicKey]:
    """Their keys, each for its own issuer."""
    return [ob.PublicKey(key["kid"], key["jwk"], issuer.issuer) for issuer in issuers for key in issuer.keys]
