"""Pages of the profile, consent, looks and data, and what they refuse to keep."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from dure.engines import hiring
from dure.engines.faults import Faulty
from dure.foundation import clock
from dure.people.models import Person
from dure.talent.models import AccessEntry, ConsentGrant, DeletionReceipt, Evidence, Profile
from dure.talent.profiles import consent, profiling
from dure.talent.profiles.forms_profile import ConsentForm, ProfileForm
from dure.talent.profiles.looking import Audience, shown_card
from tests.factories.people import client_of, organisation, person
from tests.factories.talent import fact

pytestmark = pytest.mark.django_db
SAID: dict[str, Any] = {
    "about_ko": "",
    "about_en": "I like tables.",
    "kinds": ["internship", "exchange"],
    "regions": ["KR-11", "CA"],
    "remote": "on",
    "language_0": "en",
    "language_level_0": "5",
    "available_from": "2027-03-01",
    "available_until": "2027-08-31",
    "weekly_hours": "20",
}


@pytest.fixture
def learner() -> Person:
    return person(language="en", name_en="Haneul Kim", name_ko="김하늘")


@pytest.fixture
def browser(learner: Person) -> Client:
    return client_of(learner)


def until(days: int = 90) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def test_what_one_looks_for_is_kept_and_shown_again(browser: Client, learner: Person) -> None:
    assert browser.post("/me/talent/profile", SAID).status_code == 302
    kept = Profile.objects.get(person=learner)
    assert (kept.kinds, kept.regions, kept.languages) == (
        ["internship", "exchange"],
        ["KR-11", "CA"],
        {"en": 5},
    )
    page = browser.get("/me/talent/profile").content.decode()
    assert "I like tables." in page
    assert "2027-03-01" in page


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("My mail is kim@example.org", "This looks like a mail address."),
        ("See https://board.example/kim", "A link says who you are."),
        ("Call me: 010-1234-5678", "This looks like a telephone number."),
        ("My number is 900101-1234568.", "resident registration number"),
    ],
)
def test_what_names_a_person_is_never_kept(browser: Client, words: str, said: str) -> None:
    page = browser.post("/me/talent/profile", SAID | {"about_en": words, "confirmed": "on"})
    assert page.status_code == 422
    assert said in page.content.decode()
    assert 'type="checkbox" name="confirmed"' not in page.content.decode()
    assert not Profile.objects.exclude(about_en="").exists()


@pytest.mark.parametrize("words", ["I am married.", "Call me Haneul Kim."])
def test_what_may_mean_something_else_is_warned_of_and_kept_once_confirmed(
    browser: Client, learner: Person, words: str
) -> None:
    page = browser.post("/me/talent/profile", SAID | {"about_en": words})
    assert page.status_code == 422
    assert 'type="checkbox" name="confirmed"' in page.content.decode()
    assert (
        browser.post("/me/talent/profile", SAID | {"about_en": words, "confirmed": "on"}).status_code == 302
    )
    assert Profile.objects.get(person=learner).about_en == words


def test_no_form_and_no_table_has_a_field_that_hiring_law_forbids(learner: Person) -> None:
    profile = Profile(person=learner, keep_until=clock.today())
    names = [*ProfileForm(profile=profile).fields, *ConsentForm(person=learner).fields]
    columns = [
        field.name for model in (Profile, Evidence, ConsentGrant) for field in model._meta.get_fields()
    ]
    assert hiring.forbidden_fields([*names, *columns]) == {}


def test_everything_wrong_is_said_at_once(learner: Person) -> None:
    values = {
        "about_ko": "",
        "about_en": "",
        "kinds": ["hobby"],
        "regions": ["XX"],
        "remote": False,
        "languages": {"en": 9},
        "available_from": clock.today(),
        "available_until": clock.today() - timedelta(days=1),
        "weekly_hours": 99,
    }
    with pytest.raises(Faulty) as faulty:
        profiling.save(by=learner, values=values)
    assert [fault.code for fault in faulty.value.faults] == [
        "profile_kind_unknown",
        "profile_region_unknown",
        "profile_language_unknown",
        "profile_days_upside_down",
        "profile_hours",
    ]
    assert not Profile.objects.exists()


def test_consent_begins_with_nothing_chosen_and_a_preview_gives_nothing(
    browser: Client, learner: Person
) -> None:
    fact(learner, kind="role", title_en="Lighthouse")
    page = browser.get("/me/talent/consent").content.decode()
    assert "Nothing yet: nobody sees anything." in page
    assert "checked" not in page
    said = {"purpose": "be_found", "fields_shown": ["skills"], "expires_on": until()}
    page = browser.post("/me/talent/consent", said | {"preview": "1"}).content.decode()
    assert "This is what they would see" in page
    assert "Data leakage" in page
    assert "Usual work alone" in page
    assert "Lighthouse" not in page
    assert not ConsentGrant.objects.exists()
    assert not AccessEntry.objects.exists()


def test_consent_is_given_and_taken_back_on_its_page(browser: Client, learner: Person) -> None:
    firm = organisation(name_en="Hanbit")
    fact(learner, kind="role")
    said = {"purpose": "be_found", "organisation": firm.pk, "fields_shown": ["skills"], "expires_on": until()}
    assert browser.post("/me/talent/consent", said).status_code == 302
    page = browser.get("/me/talent/consent").content.decode()
    assert "Hanbit" in page
    assert "In force" in page
    shown_card(learner, Audience(person(name_en="Recruiter"), firm, "be_found"))
    looks = browser.get("/me/talent/looks").content.decode()
    for word in ("Recruiter", "Hanbit", "to suggest openings", "My skills, each as a level in words"):
        assert word in looks
    grant = ConsentGrant.objects.get()
    assert browser.post(f"/me/talent/consent/{grant.uid}/take-back").status_code == 302
    assert "Nothing yet" in browser.get("/me/talent/consent").content.decode()
    assert browser.post(f"/me/talent/consent/{grant.uid}/take-back").status_code == 404


def test_consent_without_anything_to_show_is_refused(browser: Client) -> None:
    page = browser.post("/me/talent/consent", {"purpose": "teams", "expires_on": until()})
    assert page.status_code == 422
    assert "Choose at least one thing that is shown." in page.content.decode()


def test_nobody_takes_back_or_reads_what_is_anothers(learner: Person) -> None:
    day = clock.today() + timedelta(days=9)
    grant = consent.give(by=learner, purpose="be_found", fields=["skills"], expires_on=day)
    receipt = DeletionReceipt.objects.create(person=learner, why="asked", sha256="0" * 64)
    other = client_of(person(roles=["secretariat", "auditor"]))
    assert other.post(f"/me/talent/consent/{grant.uid}/take-back").status_code == 404
    assert other.get(f"/me/talent/receipts/{receipt.uid}").status_code == 404
    assert other.get(f"/me/talent/receipts/{receipt.uid}/file").status_code == 404


def test_all_of_it_is_deleted_with_a_receipt_to_take_along(browser: Client, learner: Person) -> None:
    fact(learner, kind="role")
    assert "Kept until" in browser.get("/me/talent/data").content.decode()
    page = browser.post("/me/talent/data/delete", follow=True).content.decode()
    receipt = DeletionReceipt.objects.get(person=learner)
    assert receipt.sha256 in page
    assert not Evidence.objects.exists()
    said = browser.get(f"/me/talent/receipts/{receipt.uid}/file")
    assert said.json()["counts"]["evidence"] == 1
    assert "attachment" in said["Content-Disposition"]
    assert "Nothing is kept" in browser.get("/me/talent/data").content.decode()
    assert (
        "There was nothing to delete." in browser.post("/me/talent/data/delete", follow=True).content.decode()
    )


def test_who_keeps_it_longer_reads_until_when(browser: Client, learner: Person) -> None:
    fact(learner, kind="role")
    Profile.objects.update(keep_until=clock.today(), reminded_on=clock.today())
    page = browser.post("/me/talent/data/keep", follow=True).content.decode()
    assert f"Kept until {until(365)}" in page


def test_pages_speak_korean() -> None:
    browser = client_of(person(language="ko"))
    for path, word in (
        ("profile", "찾는 것"),
        ("consent", "동의"),
        ("looks", "누가 보았나"),
        ("data", "내 데이터"),
    ):
        assert word in browser.get(f"/me/talent/{path}").content.decode()


def test_more_grants_and_looks_take_no_more_queries(
    browser: Client, learner: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    fact(learner, kind="role")
    firms = [organisation() for _ in range(4)]
    day = clock.today() + timedelta(days=9)

    def look(firm: Any) -> None:
        consent.give(by=learner, purpose="be_found", organisation=firm, fields=["skills"], expires_on=day)
        shown_card(learner, Audience(person(), firm, "be_found"))

    counts = []
    for some in (firms[:1], firms[1:]):
        for firm in some:
            look(firm)
        for path in ("consent", "looks"):
            browser.get(f"/me/talent/{path}")
            with django_assert_max_num_queries(22) as seen:
                browser.get(f"/me/talent/{path}")
            counts.append(len(seen.captured_queries))
    assert counts[2] <= counts[0]
    assert counts[3] <= counts[1]
