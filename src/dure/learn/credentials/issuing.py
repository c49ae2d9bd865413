"""Awarding and signing. An award may be asked for any number of times: there is one credential for a person and a badge."""

from dataclasses import replace
from datetime import datetime
from uuid import uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dure.engines import credentials as ob
from dure.foundation import audit, clock, events, locks
from dure.foundation.access import SYSTEM, Actor, Denied, Refused
from dure.learn.credentials import addresses, keyring, places, telling
from dure.learn.credentials.earned import Earned
from dure.learn.credentials.issuer import issuer_of
from dure.learn.events import SkillsChanged
from dure.learn.models import BadgeKey, Course, Credential, StatusPlace
from dure.people import api as people

NO_HOLDER = Refused("no_holder", _("This account was deleted; nothing is awarded to it."))


@transaction.atomic
def award(
    *,
    person: people.Person,
    earned: Earned,
    course: Course | None = None,
    at: datetime | None = None,
    expires_at: datetime | None = None,
) -> Credential:
    """Give a person a badge. The same badge again is the same credential: what it says is brought up to date, and nothing else.

    One that was revoked stays so, whatever is computed anew: only a person brings it back. Raises Denied for a deleted account.
    """
    if person.deleted_at:
        raise Denied(NO_HOLDER)
    locks.one_at_a_time("learn.credential", person.pk, earned.badge)
    found = Credential.objects.select_for_update().filter(person=person, badge=earned.badge).first()
    if found is None:
        dates = {"awarded_at": at or clock.now(), "expires_at": expires_at}
        return _first(Credential(person=person, badge=earned.badge, course=course, **dates), earned)
    if found.state == "standing" and found.content != earned.as_json():
        found.content = earned.as_json()
        sign_again(found, by=SYSTEM, why="content")
    return found


def _first(credential: Credential, earned: Earned) -> Credential:
    credential.content = earned.as_json()
    credential.save()
    sign_into(credential)
    credential.save()
    audit.write(by=SYSTEM, action="credential.awarded", obj=credential, detail={"badge": credential.badge})
    events.record(SkillsChanged(str(credential.person.uid)))
    telling.tell(telling.AWARDED, credential)
    return credential


@transaction.atomic
def sign_again(credential: Credential, *, by: Actor, why: str) -> Credential:
    """A new token under the same address; the old one is revoked, since two that say different things must not both be valid."""
    places.revoke(credential.place)
    sign_into(credential)
    credential.save()
    audit.write(by=by, action="credential.signed_again", obj=credential, detail={"why": why})
    return credential


def sign_into(credential: Credential) -> None:
    """Give it a token signed with today's key, with a place of its own; the caller saves it."""
    key = keyring.signing_key()
    place = places.draw(key, credential)
    credential.key, credential.place, credential.signed_at = key, place, clock.now()
    credential.token = ob.sign(ob.payload(_award(credential, key, place)), keyring.secret(key))


def _award(credential: Credential, key: BadgeKey, place: StatusPlace) -> ob.Award:
    earned, person = Earned.of_json(credential.content), credential.person
    return ob.Award(
        url=addresses.credential(key.address, credential.uid),
        issuer=issuer_of(key.address),
        achievement=_achievement(earned),
        subject=holder_name(person),
        holder=ob.Text(person.name_ko, person.name_en),
        awarded_at=credential.awarded_at,
        expires_at=credential.expires_at,
        results=earned.results,
        evidence=tuple(replace(one, url=addresses.absolute(one.url)) for one in earned.evidence),
        place=ob.Place(place.listed.url, place.index),
    )


def _achievement(earned: Earned) -> ob.Achievement:
    return ob.Achievement(
        url=addresses.absolute(earned.page),
        name=earned.name,
        description=earned.description,
        criteria=earned.criteria,
        skills=tuple(replace(one, url=addresses.absolute(one.url)) for one in earned.skills),
        creator=earned.creator_profile,
    )


def holder_name(person: people.Person) -> str:
    """What a credential calls its holder: the same in all of theirs, and nothing that stands anywhere else."""
    return f"{ob.HOLDER}{uuid5(person.uid, 'badges')}"


def sign_all_again(*, by: Actor, why: str) -> int:
    """Sign with today's key every standing credential that another key signed, one by one; returns how many. May be broken off."""
    today = keyring.signing_key()
    rows = Credential.objects.filter(state="standing", person__deleted_at=None).exclude(key=today)
    done = 0
    for number in list(rows.order_by("pk").values_list("pk", flat=True)):
        done += _sign_one_again(number, by=by, why=why)
    return done


@transaction.atomic
def _sign_one_again(number: int, *, by: Actor, why: str) -> bool:
    rows = Credential.objects.select_for_update(of=("self",)).select_related("person", "place")
    found = rows.filter(pk=number, state="standing", person__deleted_at=None).first()
    if found is not None:
        sign_again(found, by=by, why=why)
    return found is not None
