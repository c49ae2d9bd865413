"""Partners' courses for tests, and an issuer elsewhere that signs their certificates."""

import hashlib
import io
import json
import zipfile
from datetime import timedelta
from functools import cache
from typing import Any

from dure.engines import credentials as ob
from dure.foundation import clock, workflow
from dure.learn.models import PartnerCourse, PartnerSeats, Recognition
from dure.people.exports import export_of
from dure.people.models import Organisation, Person
from tests.factories import people
from tests.foundation.receiver import Receiver

ACHIEVEMENT = "https://institute.example/achievements/vision"
FIELDS: dict[str, Any] = {
    "kind": "institute",
    "title_ko": "비전 과정",
    "title_en": "Vision programme",
    "summary_ko": "석 달 동안 배웁니다.",
    "summary_en": "Three months of it.",
    "terms_ko": "",
    "terms_en": "",
    "run_by": "Vector",
    "url": "https://institute.example/vision",
    "language": "en",
    "hours": 120,
    "starts_on": None,
    "ends_on": None,
    "apply_until": None,
    "skills": {"data-leakage": 2},
    "achievement": ACHIEVEMENT,
}


def course(
    organisation: Organisation | None = None, *, seats: int = 0, is_listed: bool = True, **fields: Any
) -> PartnerCourse:
    """A course that is listed, with seats that anybody may have."""
    home = organisation or people.organisation()
    made = PartnerCourse.objects.create(organisation=home, **{**FIELDS, **fields})
    if seats:
        PartnerSeats.objects.create(course=made, seats=seats)
    if not is_listed:
        return made
    return workflow.perform(made, "list", by=people.person(roles=["secretariat"]))


representative = people.representative


def instructor(organisation: Organisation) -> Person:
    made = people.person(roles=["instructor"], language="en")
    people.member(made, organisation)
    return made


def handed_in(made: PartnerCourse, person: Person, **fields: Any) -> Recognition:
    """A certificate that waits for a reviewer."""
    given = {"link": "https://institute.example/c/1", **fields}
    return Recognition.objects.create(course=made, person=person, **given)


def exported(person: Person) -> str:
    """What a person takes along of partners' courses."""
    with zipfile.ZipFile(io.BytesIO(export_of(person))) as archive:
        return archive.read("partner-courses.json").decode()


@cache
def pem(_number: int = 1) -> str:
    return ob.fresh_pem()


class Elsewhere:
    """An issuer whose keys and status list stand at a receiver."""

    def __init__(self, at: Receiver) -> None:
        self.at = at
        self.issuer = at.at("/issuer")
        self.keys_url, self.list_url = at.at("/keys"), at.at("/status/1")
        self.publish()
        self.revoke()

    def publish(self, number: int = 1) -> None:
        """Stand by this key."""
        jwk = ob.public_jwk(pem(number)) | {"kid": self.kid(number)}
        self.at.pages["/keys"] = json.dumps({"keys": [jwk]}).encode()

    def kid(self, number: int = 1) -> str:
        return self.at.at(f"/keys/{number}")

    def revoke(self, *indexes: int) -> None:
        """Publish the status list with these places revoked."""
        now = clock.now()
        payload = ob.status_payload(
            url=self.list_url,
            issuer=self._profile(),
            listed=ob.bits(indexes),
            made_at=now - timedelta(hours=1),
            until=now + timedelta(hours=1),
        )
        self.at.pages["/status/1"] = self.signed(payload).encode()

    def _profile(self) -> ob.Issuer:
        return ob.Issuer(url=self.issuer, name="Vector", home="https://institute.example")

    def signed(self, payload: dict[str, Any], number: int = 1) -> str:
        return ob.sign(payload, ob.SigningKey(self.kid(number), pem(number)))

    def certificate(
        self, address: str = "", *, name: str = "Haneul Kim", achievement: str = ACHIEVEMENT, number: int = 1
    ) -> str:
        """A certificate for a mail address, hashed with salt; without one, for a name alone."""
        payload = ob.payload(self._award(name, achievement))
        if address:
            digest = hashlib.sha256(f"{address}salt".encode()).hexdigest()
            said = {"identityType": "emailAddress", "identityHash": f"sha256${digest}"}
            payload["credentialSubject"]["identifier"] = [
                {"type": "IdentityObject", "hashed": True, "salt": "salt", **said}
            ]
        return self.signed(payload, number)

    def _award(self, name: str, achievement: str) -> ob.Award:
        said = ob.Text("비전 과정", "Vision programme")
        return ob.Award(
            url=self.at.at("/badges/7"),
            issuer=self._profile(),
            achievement=ob.Achievement(url=achievement, name=said, description=said, criteria=said),
            subject=f"{ob.HOLDER}019a0000-0000-7000-8000-000000000001",
            holder=ob.Text("", name),
            awarded_at=clock.now() - timedelta(days=30),
            place=ob.Place(self.list_url, 7),
        )
