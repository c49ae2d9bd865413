"""Awards: once for a person and a badge, signed, revoked and brought back, under keys that rotate."""

import io
import zipfile
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dure.engines.credentials import Text
from dure.foundation import clock, workflow
from dure.foundation.access import SYSTEM, Denied
from dure.foundation.models import AuditEntry, Notice
from dure.learn import api as learn
from dure.learn.credentials import issuing, keyring, verifying
from dure.learn.models import BadgeKey, Credential, StatusList, StatusPlace
from dure.people import exports
from dure.people.actions import accounts
from tests.factories import people
from tests.factories.courses import author, open_course
from tests.factories.credentials import awarded, earned

pytestmark = pytest.mark.django_db


def revoked(credential: Credential, reason: str = "A mistake of ours.") -> Credential:
    desk = people.person(roles=["secretariat"])
    return workflow.perform(credential, "revoke", by=desk, data={"reason": reason})


def codes(token: str) -> set[str]:
    return set(verifying.verdict(token).codes)


def test_an_award_is_signed_valid_and_told() -> None:
    person = people.person(name_ko="김하늘", name_en="Haneul Kim")
    made = awarded(person)
    found = verifying.verdict(made.token)
    assert found.is_valid
    assert found.said is not None
    assert (found.said.holder, found.said.issuer) == ("김하늘 · Haneul Kim", "두레 AI 얼라이언스")
    assert found.said.url == f"https://dure.example/badges/{made.uid}"
    assert found.said.evidence[0][1] == "https://dure.example/challenges/engine-life"
    assert str(person.uid) not in found.said.subject
    assert Notice.objects.get(person=person).kind == "learn.credential_awarded"
    assert AuditEntry.objects.filter(action="credential.awarded", uid=made.uid).exists()


def test_the_same_award_again_changes_nothing() -> None:
    person = people.person()
    first = awarded(person)
    again = learn.award(person=person, earned=earned(), at=clock.now() + timedelta(days=9))
    assert (again.pk, again.token, again.awarded_at) == (first.pk, first.token, first.awarded_at)
    assert Notice.objects.filter(person=person).count() == StatusPlace.objects.count() == 1
    with CaptureQueriesContext(connection) as asked:
        awarded(person)
    assert not [one for one in asked.captured_queries if one["sql"].startswith(("INSERT", "UPDATE"))]


def test_a_changed_result_is_signed_anew_under_the_same_address_and_the_old_text_is_revoked() -> None:
    person = people.person()
    old = awarded(person)
    new = awarded(person, name=Text("산업 AI 실무 102", "Industry AI practice 102"))
    assert (new.pk, new.awarded_at) == (old.pk, old.awarded_at)
    assert codes(new.token) == set()
    assert codes(old.token) == {"credential_revoked"}


def test_a_revoked_credential_stops_verifying_and_no_computation_brings_it_back() -> None:
    person = people.person()
    token = awarded(person).token
    made = revoked(Credential.objects.get())
    assert codes(token) == {"credential_revoked"}
    assert Notice.objects.filter(person=person, kind="learn.credential_revoked").exists()
    assert (made.reason, made.revoked_at is not None) == ("A mistake of ours.", True)
    again = awarded(person, criteria=Text("다른 조건", "Other criteria"))
    assert again.state == "revoked"
    assert codes(token) == {"credential_revoked"}


def test_one_that_comes_back_is_a_new_text_and_the_old_one_stays_revoked() -> None:
    person = people.person()
    token = awarded(person).token
    made = revoked(Credential.objects.get())
    back = workflow.perform(
        made, "reinstate", by=people.person(roles=["secretariat"]), data={"reason": "It was right."}
    )
    assert codes(back.token) == set()
    assert codes(token) == {"credential_revoked"}
    assert (back.reason, back.revoked_at, back.revoked_by) == ("", None, None)


def test_who_revokes(tmp_path: Path) -> None:
    course = open_course(tmp_path)
    instructor, holder, other = course.authors.get(), people.person(), author()
    made = awarded(holder, course=course)
    for somebody in (holder, other, people.person(roles=["auditor"])):
        with pytest.raises(Denied, match="not_issuer"):
            workflow.perform(made, "revoke", by=somebody, data={"reason": "x"})
    with pytest.raises(Denied, match="no_reason"):
        workflow.perform(made, "revoke", by=instructor, data={"reason": " "})
    assert workflow.perform(made, "revoke", by=instructor, data={"reason": "x"}).state == "revoked"
    own = awarded(instructor, course=course)
    with pytest.raises(Denied, match="not_issuer"):
        workflow.perform(own, "revoke", by=instructor, data={"reason": "x"})


def test_after_rotation_old_credentials_verify_and_can_be_revoked() -> None:
    old = awarded(people.person())
    call_command("rotate_badge_key", stdout=StringIO())
    new = awarded(people.person())
    assert old.key_id != new.key_id
    assert BadgeKey.objects.filter(retired_at=None).count() == 1
    assert codes(old.token) == codes(new.token) == set()
    revoked(old)
    assert codes(old.token) == {"credential_revoked"}
    assert codes(new.token) == set()


def test_after_a_theft_nothing_the_old_key_signed_verifies_and_all_are_signed_anew() -> None:
    old, gone = awarded(people.person()), awarded(people.person())
    revoked(gone)
    said = StringIO()
    call_command("rotate_badge_key", "--compromised", stdout=said)
    assert "signed 1 credentials again" in said.getvalue()
    assert codes(old.token) == {"credential_revoked", "credential_unknown_key"}
    fresh = Credential.objects.get(pk=old.pk)
    assert codes(fresh.token) == set()
    assert fresh.uid == old.uid
    assert Credential.objects.get(pk=gone.pk).state == "revoked"


def test_another_public_address_has_another_key_and_old_ones_still_verify(settings: object) -> None:
    old = awarded(people.person())
    settings.PUBLIC_URL = "https://new.example"  # type: ignore[attr-defined]  # pytest-django's own fixture
    new = awarded(people.person())
    assert new.key is not None
    assert new.key.kid.startswith("https://new.example/badges/keys/")
    assert codes(old.token) == codes(new.token) == set()


def test_private_keys_are_files_that_nobody_else_reads_and_never_rows(tmp_path: Path) -> None:
    key = awarded(people.person()).key
    assert key is not None
    file = tmp_path / "badges" / f"{key.thumbprint}.pem"
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert [one.name for one in file.parent.iterdir()] == [file.name]
    assert set(key.jwk) == {"kty", "n", "e", "alg", "use"}


def test_a_folder_that_came_without_its_keys_gets_a_new_one_and_goes_on(tmp_path: Path) -> None:
    old = awarded(people.person())
    for file in (tmp_path / "badges").iterdir():
        file.unlink()
    new = awarded(people.person())
    assert old.key_id != new.key_id
    assert codes(old.token) == codes(new.token) == set()


def test_a_full_list_is_followed_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dure.learn.credentials.places.FULL", 2)
    made = [awarded(people.person()) for _ in range(5)]
    assert StatusList.objects.count() == 3
    assert all(codes(one.token) == set() for one in made)


def test_a_taken_place_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([7, 7, 9])
    monkeypatch.setattr("dure.learn.credentials.places._chance", lambda: next(drawn))
    made = [awarded(people.person()) for _ in range(2)]
    assert [one.place and one.place.index for one in made] == [7, 9]


def test_an_expired_one_says_since_when() -> None:
    made = learn.award(
        person=people.person(),
        earned=earned(),
        at=clock.now() - timedelta(days=9),
        expires_at=clock.now() - timedelta(days=1),
    )
    assert codes(made.token) == {"credential_expired"}


def test_a_person_takes_their_credentials_along() -> None:
    person = people.person()
    token = awarded(person).token
    assert token.encode() in _unzipped(exports.export_of(person))


def _unzipped(content: bytes) -> bytes:
    return zipfile.ZipFile(io.BytesIO(content)).read("credentials.json")


@pytest.mark.django_db(transaction=True)
def test_a_deleted_account_leaves_a_bit_and_no_words() -> None:
    person = people.person(name_ko="김하늘", name_en="Haneul Kim")
    token = awarded(person).token
    accounts.delete_account(person)
    made = Credential.objects.get()
    assert (made.token, made.is_shared) == ("", False)
    assert "산업" not in str(made.content)
    assert codes(token) == set()
    with pytest.raises(Denied, match="no_holder"):
        learn.award(person=Credential.objects.get().person, earned=earned())
    assert issuing.sign_all_again(by=SYSTEM, why="asked") == 0
    assert keyring.public_keys()
