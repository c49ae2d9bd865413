"""Foreign certificates: recognised by their signature where that proves all, else by a named reviewer."""

import io
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dure.foundation.models import Notice
from dure.learn.models import PartnerCourse, Recognition
from dure.learn.partners import issuers, leaving, recognising
from dure.people.events import AccountDeleted
from dure.people.models import Organisation, Person
from tests.factories import partners, people
from tests.factories.partners import Elsewhere

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%zqpdfqz\n"


@pytest.fixture
def home() -> Organisation:
    return people.organisation()


@pytest.fixture
def holder() -> Person:
    return people.person("haneul@example.org", name_en="Haneul Kim", name_ko="김하늘", language="en")


@pytest.fixture
def course(home: Organisation) -> PartnerCourse:
    return partners.course(home)


@pytest.fixture
def trusted(course: PartnerCourse, elsewhere: Elsewhere) -> Elsewhere:
    """The course trusts the issuer elsewhere."""
    by = people.person(roles=["secretariat"])
    given = {"name": "Vector", "issuer": elsewhere.issuer, "keys_url": elsewhere.keys_url}
    issuers.trust(course, by=by, **given)
    return elsewhere


def hand_in(course: PartnerCourse, holder: Person, **given: Any) -> dict[str, Any]:
    url = f"/api/v1/partner-courses/{course.uid}/recognitions"
    answer = people.client_of(holder).post(url, json.dumps(given), content_type="application/json")
    found: dict[str, Any] = answer.json() | {"status": answer.status_code}
    return found


def codes(found: dict[str, Any]) -> list[str]:
    return [fault["code"] for fault in found["findings"]]


def test_a_signed_certificate_to_ones_address_is_recognised_at_once(
    course: PartnerCourse, holder: Person, trusted: Elsewhere
) -> None:
    browser = people.client_of(holder)
    given = {"credential": trusted.certificate("haneul@example.org")}
    page = browser.post(f"/partner-courses/{course.uid}/hand-in", given, follow=True).content.decode()
    assert "its skills count" in page
    row = Recognition.objects.get()
    assert (row.state, row.decided_by, row.issuer_name) == ("verified", None, "Vector")
    assert row.skills == {"data-leakage": 2}
    assert "verified by its signature: Vector" in browser.get("/me/transcript").content.decode()
    page = browser.get("/me/skills").content.decode()
    assert "Recognised certificate" in page
    assert "Level 2" in page
    assert Notice.objects.filter(person=holder, kind="learn.recognition_recognised").exists()


def test_what_is_listed_later_changes_nothing(
    course: PartnerCourse, holder: Person, trusted: Elsewhere
) -> None:
    hand_in(course, holder, credential=trusted.certificate("haneul@example.org"))
    PartnerCourse.objects.update(skills={"data-leakage": 4, "data-quality": 4})
    (line,) = people.client_of(holder).get("/api/v1/me/skills").json()["shown"]
    assert (line["skill"], line["level"]) == ("data-leakage", 2)


@pytest.mark.parametrize("case", ["name", "other", "achievement", "key", "changed"])
def test_what_is_not_proven_goes_to_a_reviewer(
    case: str, course: PartnerCourse, holder: Person, trusted: Elsewhere
) -> None:
    token, wanted = {
        "name": (trusted.certificate(), "recipient_named"),
        "other": (trusted.certificate("thief@example.org"), "recipient_unknown"),
        "achievement": (
            trusted.certificate("haneul@example.org", achievement="https://institute.example/webinar"),
            "achievement_other",
        ),
        "key": (trusted.certificate("haneul@example.org", number=2), "credential_unknown_key"),
        "changed": (trusted.certificate("haneul@example.org")[:-8] + "AAAAAAAA", "credential_signature"),
    }[case]
    found = hand_in(course, holder, credential=token)
    assert (found["state"], codes(found)) == ("handed_in", [wanted])
    assert people.client_of(holder).get("/api/v1/me/skills").json()["shown"] == []


def test_a_revoked_one_is_not_recognised(course: PartnerCourse, holder: Person, trusted: Elsewhere) -> None:
    trusted.revoke(7)
    found = hand_in(course, holder, credential=trusted.certificate("haneul@example.org"))
    assert (found["state"], codes(found)) == ("handed_in", ["credential_revoked"])


@pytest.mark.parametrize("page", [b"", b"not a list", None], ids=["empty", "junk", "missing"])
def test_where_revocation_cannot_be_asked_a_reviewer_decides(
    page: bytes | None, course: PartnerCourse, holder: Person, trusted: Elsewhere
) -> None:
    trusted.at.pages.pop("/status/1")
    if page is not None:
        trusted.at.pages["/status/1"] = page
    found = hand_in(course, holder, credential=trusted.certificate("haneul@example.org"))
    assert (found["state"], codes(found)) == ("handed_in", ["credential_status_unknown"])


def test_nothing_is_fetched_that_a_certificate_names(
    course: PartnerCourse, holder: Person, trusted: Elsewhere
) -> None:
    """Its own key, issuer and list stand on our own network; only the list of a proven one on the named host is asked."""
    asked = len(trusted.at.got)
    trusted.list_url = "https://127.0.0.1:1/status"
    found = hand_in(course, holder, credential=trusted.certificate("haneul@example.org"))
    assert codes(found) == ["credential_status_unknown"]
    people.client_of(holder).post(f"/recognitions/{found['uid']}/act", {"action": "withdraw"})
    hand_in(course, holder, credential=trusted.certificate("haneul@example.org", number=2))
    assert len(trusted.at.got) == asked


def test_without_a_named_achievement_a_signature_does_not_settle_it(
    course: PartnerCourse, holder: Person, trusted: Elsewhere
) -> None:
    PartnerCourse.objects.update(achievement="")
    found = hand_in(course, holder, credential=trusted.certificate("haneul@example.org"))
    assert codes(found) == ["achievement_not_named"]


def test_an_issuer_of_another_course_does_not_count_here(
    holder: Person, home: Organisation, trusted: Elsewhere
) -> None:
    found = hand_in(partners.course(home), holder, credential=trusted.certificate("haneul@example.org"))
    assert codes(found) == ["credential_unknown_key"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "certificate_one_of"),
        ({"credential": "a.b.c", "link": "https://a.example/"}, "certificate_one_of"),
        ({"link": "http://a.example/"}, "no_https"),
        ({"link": "javascript:alert(1)"}, "no_https"),
        ({"credential": '{"a": 1}'}, "credential_unsigned"),
    ],
    ids=["nothing", "two", "plain", "script", "unsigned"],
)
def test_what_is_no_certificate_is_refused(
    given: dict[str, str], code: str, course: PartnerCourse, holder: Person
) -> None:
    found = hand_in(course, holder, **given)
    assert (found["status"], [fault["code"] for fault in found["faults"]]) == (422, [code])
    assert not Recognition.objects.exists()


def test_junk_for_a_token_waits_for_a_reviewer_and_breaks_nothing(
    course: PartnerCourse, holder: Person
) -> None:
    found = hand_in(course, holder, credential="x" * 70_000)
    assert codes(found) == ["credential_too_long"]


def pdf(course: PartnerCourse, holder: Person, content: bytes = PDF) -> Any:
    file = SimpleUploadedFile("../../수료증.pdf", content, content_type="application/pdf")
    return people.client_of(holder).post(f"/partner-courses/{course.uid}/hand-in", {"file": file})


def test_a_pdf_goes_to_a_reviewer_who_is_named(
    course: PartnerCourse, holder: Person, home: Organisation
) -> None:
    pdf(course, holder)
    row = Recognition.objects.get()
    reviewer = partners.instructor(home)
    desk = people.client_of(reviewer)
    assert "Decide on a certificate" in desk.get("/").content.decode()
    assert "Vision programme" in desk.get("/recognitions").content.decode()
    file: Any = desk.get(f"/recognitions/{row.uid}/certificate")
    assert b"".join(file.streaming_content) == PDF
    assert file["Content-Disposition"].startswith("attachment")
    assert desk.post(f"/recognitions/{row.uid}/act", {"action": "accept"}).status_code == 422
    desk.post(f"/recognitions/{row.uid}/act", {"action": "accept", "reason": "Seen with the register."})
    row.refresh_from_db()
    assert (row.state, row.decided_by, row.skills) == ("accepted", reviewer, {"data-leakage": 2})
    page = people.client_of(holder).get(f"/recognitions/{row.uid}").content.decode()
    assert reviewer.name in page
    assert "Seen with the register." in page
    assert f"by {reviewer.name}" in people.client_of(holder).get("/me/transcript").content.decode()
    assert "Decide on a certificate" not in desk.get("/").content.decode()


def test_a_pdf_may_have_ten_mebibytes_and_no_more(
    course: PartnerCourse, holder: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognising, "MOST_PDF", len(PDF))
    answer = pdf(course, holder, PDF + b"x")
    assert answer.status_code == 422
    assert "The file is larger than" in answer.content.decode()
    assert pdf(course, holder).status_code == 302


def test_a_signed_file_is_verified_like_a_text(
    course: PartnerCourse, holder: Person, trusted: Elsewhere
) -> None:
    file = io.BytesIO(trusted.certificate("haneul@example.org").encode())
    file.name = "badge.jwt"
    url = f"/api/v1/partner-courses/{course.uid}/recognitions/file"
    answer = people.client_of(holder).post(url, {"file": file})
    assert (answer.status_code, answer.json().get("state", answer.json())) == (201, "verified")


def test_one_certificate_at_a_time(course: PartnerCourse, holder: Person) -> None:
    hand_in(course, holder, link="https://institute.example/c/1")
    again = hand_in(course, holder, link="https://institute.example/c/1")
    assert (again["status"], again["code"]) == (409, "certificate_already")
    people.client_of(holder).post(
        f"/recognitions/{Recognition.objects.get().uid}/act", {"action": "withdraw"}
    )
    assert hand_in(course, holder, link="https://institute.example/c/2")["status"] == 201


@pytest.mark.parametrize(
    ("kind", "sees", "decides"),
    [
        ("holder", True, False),
        ("secretariat", True, True),
        ("auditor", True, False),
        ("instructor", True, True),
        ("colleague", False, False),
        ("representative", False, False),
        ("rival", False, False),
        ("stranger", False, False),
    ],
)
def test_who_sees_and_who_decides(
    kind: str, course: PartnerCourse, holder: Person, home: Organisation, *, sees: bool, decides: bool
) -> None:
    """A colleague is an instructor of the house that lists the course, to which the holder belongs as well."""
    if kind == "colleague":
        people.member(holder, home)
    makers = {
        "holder": lambda: holder,
        "secretariat": lambda: people.person(roles=["secretariat"]),
        "auditor": lambda: people.person(roles=["auditor"]),
        "instructor": lambda: partners.instructor(home),
        "colleague": lambda: partners.instructor(home),
        "representative": lambda: partners.representative(home),
        "rival": lambda: partners.instructor(people.organisation()),
    }
    row = partners.handed_in(course, holder, note="zqnoteqz")
    browser = people.client_of(makers[kind]()) if kind in makers else Client()
    for url in (f"/recognitions/{row.uid}", f"/api/v1/recognitions/{row.uid}"):
        answer = browser.get(url)
        assert answer.status_code == (200 if sees else 404)
        assert ("zqnoteqz" in answer.content.decode()) is sees
    browser.post(f"/recognitions/{row.uid}/act", {"action": "accept", "reason": "r"})
    row.refresh_from_db()
    assert (row.state == "accepted") is decides


def test_where_all_instructors_are_colleagues_the_secretariat_is_told(
    course: PartnerCourse, holder: Person, home: Organisation
) -> None:
    desk, colleague = people.person(roles=["secretariat"]), partners.instructor(home)
    people.member(holder, home)
    hand_in(course, holder, link="https://institute.example/c/1")
    told = Notice.objects.filter(kind="learn.recognition_to_review").values_list("person_id", flat=True)
    assert desk.pk in told
    assert colleague.pk not in told


def test_the_secretariat_takes_a_mistake_back(
    course: PartnerCourse, holder: Person, home: Organisation
) -> None:
    row = partners.handed_in(course, holder)
    teacher, desk = partners.instructor(home), people.person(roles=["secretariat"])
    recognising_url = f"/recognitions/{row.uid}/act"
    people.client_of(teacher).post(recognising_url, {"action": "accept", "reason": "ok"})
    given = {"action": "take_back", "reason": "It was forged."}
    assert people.client_of(teacher).post(recognising_url, given).status_code == 403
    people.client_of(desk).post(recognising_url, given)
    assert people.client_of(holder).get("/api/v1/me/skills").json()["shown"] == []
    assert "It was forged." in people.client_of(holder).get(f"/recognitions/{row.uid}").content.decode()


def test_certificates_go_along_and_are_forgotten(course: PartnerCourse, holder: Person) -> None:
    partners.handed_in(course, holder, note="zqnoteqz")
    assert "zqnoteqz" in partners.exported(holder)
    leaving.forget(AccountDeleted(person=holder.pk))
    assert not Recognition.objects.exists()


def test_the_pages_speak_korean(course: PartnerCourse, holder: Person) -> None:
    Person.objects.filter(pk=holder.pk).update(language="ko")
    row = partners.handed_in(course, holder)
    browser = people.client_of(Person.objects.get(pk=holder.pk))
    assert "심사자를 기다림" in browser.get(f"/recognitions/{row.uid}").content.decode()
    assert "내 수료증 내기" in browser.get(f"/partner-courses/{course.uid}/hand-in").content.decode()
