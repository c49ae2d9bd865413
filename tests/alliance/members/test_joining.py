"""Applying for membership and being a member: who may, what it takes, what the rest of the house sees of it."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest

from dure.alliance.members import applying, contacts, leaving, queries, standing
from dure.alliance.models import Joining, Member
from dure.foundation import clock, notices
from dure.foundation.access import Denied
from dure.foundation.faults import Faulty
from dure.foundation.models import AuditEntry
from dure.people import api as registry
from dure.people.exports import export_of
from dure.people.models import Organisation
from tests.factories import agreements, members, people

pytestmark = pytest.mark.django_db


def refused(call: Any, *given: Any, **named: Any) -> str:
    with pytest.raises(Denied) as denied:
        call(*given, **named)
    return denied.value.refused.reason


def accept(joining: Joining, **changed: Any) -> Joining:
    data = {"level": joining.level, "since": clock.today(), "reason": "Welcome", **changed}
    return applying.act(joining, "accept", by=agreements.secretary(), data=data)


def test_an_organisation_applies_is_asked_answers_and_becomes_a_member() -> None:
    made = members.joining()
    speaker = agreements.representative_of(made.organisation)
    desk = agreements.secretary()
    asked = applying.act(made, "ask", by=desk, data={"reason": "Which GPUs?"})
    assert [todo.url for todo in notices.todos(speaker)] == [f"/joinings/{made.uid}"]
    answered = applying.act(asked, "answer", by=speaker, data={"reason": "H200"})
    assert f"/joinings/{made.uid}" in [todo.url for todo in notices.todos(desk)]
    done = accept(answered)
    assert [(note.kind, note.body) for note in done.notes.all()] == [
        ("question", "Which GPUs?"),
        ("answer", "H200"),
        ("reason", "Welcome"),
    ]
    organisation = Organisation.objects.get(pk=made.organisation_id)
    assert organisation.is_member
    assert registry.is_alliance_member(speaker)
    assert [one.slug for one in queries.listed(words=organisation.slug, level="associate")] == [
        organisation.slug
    ]


def test_only_a_representative_of_a_verified_organisation_that_is_no_member_applies() -> None:
    outsider, inside = members.outsider(), people.organisation()
    colleague = people.representative(outsider, role="coordinator")
    speaker = agreements.representative_of(outsider)
    of_member = agreements.representative_of(inside)
    unverified = people.organisation(joined_on=None)
    of_unverified = agreements.representative_of(unverified)

    def apply(by: Any, where: Organisation) -> Joining:
        return applying.apply(by=by, organisation=where, given=members.given(by))

    assert refused(apply, colleague, outsider) == "not_representative_here"
    assert refused(apply, of_member, outsider) == "not_representative_here"
    assert refused(apply, of_member, inside) == "already_member"
    assert refused(apply, of_unverified, unverified) == "organisation_not_verified"
    apply(speaker, outsider)
    assert refused(apply, speaker, outsider) == "joining_open"


def test_all_that_is_missing_is_said_at_once() -> None:
    outsider = members.outsider()
    speaker = agreements.representative_of(outsider)
    foreign = agreements.active()
    wrong = {"cooperation": [], "why": " ", "brings": "", "agreement": foreign}
    with pytest.raises(Faulty) as faulty:
        applying.apply(by=speaker, organisation=outsider, given=members.given(people.person(), **wrong))
    assert {fault.code for fault in faulty.value.faults} == {
        "joining_no_field",
        "joining_no_why",
        "joining_brings_nothing",
        "joining_contact_outside",
        "joining_not_its_agreement",
    }


def test_a_level_that_asks_for_an_agreement_is_given_with_one_in_force() -> None:
    made = members.joining(level=members.level("full"))
    assert refused(accept, made) == "joining_needs_agreement"
    assert refused(accept, made, agreement=agreements.active()) == "not_its_agreement"
    drafted = agreements.draft(made.organisation, people.organisation())
    assert refused(accept, made, agreement=drafted) == "not_its_agreement"
    signed = agreements.active(made.organisation, people.organisation())
    assert accept(made, agreement=signed).agreement == signed


def test_a_decision_is_made_once_and_leaves_its_trail() -> None:
    made = members.joining()
    accept(made)
    assert refused(accept, made) == "wrong_state"
    assert Member.objects.filter(joining=made).count() == 1
    actions = set(AuditEntry.objects.filter(uid=made.organisation.uid).values_list("action", flat=True))
    assert "organisation.joined" in actions


def test_a_resting_membership_closes_what_members_share_and_opens_it_again() -> None:
    member = members.accepted()
    speaker, desk = agreements.representative_of(member.organisation), agreements.secretary()
    rested = standing.act(member, "suspend", by=desk, data={"reason": "No reply"})
    assert not registry.is_alliance_member(speaker)
    assert not Organisation.objects.get(pk=member.organisation_id).is_member
    standing.act(rested, "resume", by=desk)
    assert registry.is_alliance_member(speaker)


def test_a_member_leaves_and_comes_back_later() -> None:
    member = members.accepted()
    organisation = member.organisation
    speaker = agreements.representative_of(organisation)
    standing.act(member, "leave", by=speaker, data={"reason": "We merge"})
    assert not Organisation.objects.get(pk=organisation.pk).is_member
    assert organisation not in queries.listed()
    with clock.at(clock.now() + timedelta(days=30)):
        again = members.accepted(organisation)
        assert Organisation.objects.get(pk=organisation.pk).is_member
        assert queries.member_of(organisation) == again
    assert Member.objects.filter(organisation=organisation).count() == 2


def test_a_member_of_the_register_gets_a_level_and_another() -> None:
    member, desk = members.entered(), agreements.secretary()
    change = {"reason": "Signed", "level": members.level("full")}
    assert refused(standing.act, member, "change_level", by=desk, data=change) == "joining_needs_agreement"
    agreements.active(member.organisation, people.organisation())
    assert standing.act(member, "change_level", by=desk, data=change).level.slug == "full"
    assert refused(standing.enter, member.organisation, by=desk, level=members.level()) == "already_member"


def test_a_deputy_speaks_for_a_time() -> None:
    organisation = people.organisation()
    speaker = people.representative(organisation)
    deputy = people.representative(organisation, role="coordinator")
    since = clock.today() + timedelta(days=3)
    until = since + timedelta(days=2)
    name = {"since": since, "until": until}
    assert refused(standing.name_deputy, organisation, by=speaker, deputy=speaker, **name) == "not_own_deputy"
    stranger = people.person()
    assert (
        refused(standing.name_deputy, organisation, by=speaker, deputy=stranger, **name)
        == "deputy_not_inside"
    )
    with pytest.raises(Faulty):
        standing.name_deputy(organisation, by=speaker, deputy=deputy, since=until, until=since)
    standing.name_deputy(organisation, by=speaker, deputy=deputy, **name)
    assert not registry.represents(deputy, organisation)
    with clock.at(clock.now() + timedelta(days=4)):
        assert registry.represents(deputy, organisation)
    with clock.at(clock.now() + timedelta(days=6)):
        assert not registry.represents(deputy, organisation)
    book = contacts.cells(contacts.listed(words=organisation.slug))
    assert [line[8] for line in book] == ["", until.isoformat()]


def test_what_one_handed_in_is_in_ones_export_and_unnamed_when_the_account_goes() -> None:
    made = members.joining()
    speaker = agreements.representative_of(made.organisation)
    applying.act(made, "ask", by=agreements.secretary(), data={"reason": "Why?"})
    applying.act(made, "answer", by=speaker, data={"reason": "Therefore"})
    archive = zipfile.ZipFile(io.BytesIO(export_of(speaker)))
    said = json.loads(archive.read("joinings.json"))
    assert [one["why"] for one in said["applications"]] == ["함께 배우고 싶습니다."]
    assert [one["body"] for one in said["notes"]] == ["Therefore"]
    assert len(said["contact_of"]) == 1
    leaving.forget(registry.AccountDeleted(person=speaker.pk))
    made.refresh_from_db()
    assert (made.made_by, made.contact) == (None, None)
    assert not made.notes.filter(by=speaker).exists()
