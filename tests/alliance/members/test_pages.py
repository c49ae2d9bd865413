"""Pages of the alliance: a fixed number of queries for every reader, and what each reader is shown."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dure.alliance.models import Agreement, Commitment, Joining, Member
from dure.foundation import clock
from dure.people.models import Organisation, Person
from dure.problems.models import Problem
from tests.factories import agreements, commitments, members, people
from tests.factories.problems import accepted_need

pytestmark = pytest.mark.django_db
MOST = 12


class Scene:
    """A member with an agreement, pledges both ways and an application; its speaker, the desk and a rival's speaker."""

    def __init__(self) -> None:
        self.firm, self.school = people.organisation(), people.organisation()
        self.speaker = agreements.representative_of(self.firm)
        self.rival = people.representative(people.organisation())
        self.desk = agreements.secretary()
        self.member = members.entered(self.firm)
        self.agreement = agreements.active(self.firm, self.school, self.outsider())
        self.given = commitments.confirmed(self.agreement, donor=self.firm, beneficiary=None)
        commitments.confirmed(self.agreement, donor=self.school, beneficiary=self.firm)
        self.joining = members.joining()
        self.applicant = agreements.representative_of(self.joining.organisation)

    def outsider(self) -> Organisation:
        return members.outsider()


@pytest.fixture
def scene() -> Scene:
    return Scene()


def pages(scene: Scene) -> list[tuple[Person, str]]:
    agreement, member = f"/agreements/{scene.agreement.uid}", f"/members/{scene.firm.slug}"
    inside = [
        "/agreements",
        agreement,
        f"{agreement}/revisions",
        f"{agreement}/revisions/1",
        f"{agreement}/discussion",
        f"{agreement}/commitments",
        f"/commitments/{scene.given.uid}",
        f"/ledger/accounts/{scene.firm.slug}",
        f"/organisations/{scene.firm.slug}",
        "/members",
        member,
        f"{member}?show=gets",
        f"{member}?show=agreements",
        f"{member}/deputies",
        f"{member}/sight",
        "/joinings",
    ]
    desk = [
        *inside,
        "/ledger",
        "/agreements/new",
        "/joinings/new",
        f"/joinings/{scene.joining.uid}",
        "/contact-book",
        "/member-levels",
        f"/member-levels/{scene.member.level.uid}",
    ]
    asking = ["/joinings", "/joinings/new", f"/joinings/{scene.joining.uid}"]
    return [
        *((scene.speaker, at) for at in inside),
        *((scene.desk, at) for at in desk),
        *((scene.applicant, at) for at in asking),
    ]


def test_every_page_asks_the_database_at_most_twelve_times(scene: Scene) -> None:
    """A session is written on its first page alone, so each reader has opened one before."""
    counted = {}
    clients = {one.pk: people.client_of(one) for one in (scene.speaker, scene.desk, scene.applicant)}
    for client in clients.values():
        client.get("/members")
    for person, at in pages(scene):
        client = clients[person.pk]
        with CaptureQueriesContext(connection) as asked:
            assert client.get(at).status_code == 200, at
        counted[at, person.pk] = len(asked)
    assert {where: count for where, count in counted.items() if count > MOST} == {}


def test_a_member_is_public_and_what_it_gives_is_not(scene: Scene) -> None:
    scene.member.reason = "Words inside"
    scene.member.save()
    at = f"/members/{scene.firm.slug}"
    name = scene.school.name_ko
    for reader in (Client(), people.client_of(scene.rival)):
        said = reader.get(at).content.decode()
        assert "준회원" in said or "Associate member" in said
        assert name not in said
        assert "Words inside" not in said
        assert "/act" not in said
        assert scene.agreement.title_ko not in reader.get(f"{at}?show=agreements").content.decode()
    own = people.client_of(scene.speaker)
    assert "Words inside" in own.get(at).content.decode()
    assert "Organisation" in own.get(f"{at}?show=gets").content.decode()
    assert str(scene.agreement.uid) in own.get(f"{at}?show=agreements").content.decode()
    listed = Client().get("/members?as=csv").content.decode("utf-8-sig")
    assert f"{scene.firm.slug}," in listed
    assert "associate" in listed
    assert Client().get("/members?as=xlsx").content.startswith(b"PK")


def test_the_contact_book_is_for_the_secretariat(scene: Scene) -> None:
    assert people.client_of(scene.speaker).get("/contact-book").status_code == 403
    desk = people.client_of(scene.desk)
    assert str(scene.speaker.email) in desk.get(f"/contact-book?q={scene.firm.slug}").content.decode()
    found = desk.get(f"/contact-book?as=csv&q={scene.speaker.email}").content.decode("utf-8-sig")
    assert [line.split(",")[0] for line in found.splitlines()] == ["organisation", scene.firm.slug]


def test_an_application_goes_its_way_on_pages(scene: Scene) -> None:
    outsider = members.outsider()
    speaker = agreements.representative_of(outsider)
    client, desk = people.client_of(speaker), people.client_of(scene.desk)
    empty = client.post("/joinings/new", {"organisation": outsider.slug})
    assert empty.status_code == 422
    asked = {
        "organisation": outsider.slug,
        "level": str(members.level().pk),
        "cooperation": ["talent"],
        "why": "We want to",
        "brings": "GPUs",
        "contact": str(speaker.uid),
    }
    sent = client.post("/joinings/new", asked)
    made = Joining.objects.get(organisation=outsider)
    assert sent["Location"] == f"/joinings/{made.uid}"
    assert people.client_of(scene.rival).get(f"/joinings/{made.uid}").status_code == 404
    at = f"/joinings/{made.uid}/act"
    assert desk.post(at, {"action": "accept", "reason": "", "level": "", "since": ""}).status_code == 422
    level = str(members.level().pk)
    given = {"action": "accept", "level": level, "since": str(clock.today()), "reason": "Welcome"}
    assert desk.post(at, given).status_code == 302
    assert Member.objects.get(joining=made).organisation == outsider
    left = client.post(f"/members/{outsider.slug}/act", {"action": "leave", "reason": "No time"})
    assert left.status_code == 302
    assert Member.objects.get(joining=made).state == "left"


def test_the_secretariat_enters_levels_and_deputies_on_pages(scene: Scene) -> None:
    desk, firm = people.client_of(scene.desk), people.organisation()
    colleague = people.representative(firm, role="coordinator")
    level = {"slug": "gold", "name_ko": "골드", "name_en": "Gold", "position": "9"}
    assert desk.post("/member-levels", level).status_code == 302
    assert desk.post("/member-levels", level).status_code == 422
    gold = members.level("gold")
    assert desk.post(f"/member-levels/{gold.uid}", {**level, "name_en": "Golden"}).status_code == 302
    assert desk.post(f"/members/{firm.slug}/enter", {"level": gold.pk}).status_code == 302
    assert "Golden" in desk.get(f"/members/{firm.slug}").content.decode()
    today = str(clock.today())
    named = {"deputy": str(colleague.uid), "since": today, "until": today}
    assert desk.post(f"/members/{firm.slug}/deputies", named).status_code == 302
    book = desk.get(f"/contact-book?q={firm.slug}").content.decode()
    assert "Deputy" in book
    assert str(colleague.email) in book


def test_rest_does_what_pages_do(scene: Scene) -> None:
    desk = people.client_of(scene.desk)
    listed = Client().get(f"/api/v1/members?q={scene.firm.slug}").json()
    assert [one["level"] for one in listed["items"]] == ["associate"]
    moved = desk.post(
        f"/api/v1/members/{scene.firm.slug}/actions",
        {"action": "suspend", "reason": "No reply"},
        content_type="application/json",
    ).json()
    assert (moved["state"], moved["reason"]) == ("suspended", "No reply")
    assert Client().get(f"/api/v1/members/{scene.firm.slug}").json()["reason"] == ""
    accepted = desk.post(
        f"/api/v1/joinings/{scene.joining.uid}/actions",
        {"action": "accept", "reason": "Welcome", "since": str(clock.today())},
        content_type="application/json",
    )
    assert accepted.json()["state"] == "accepted"
    book = desk.get(f"/api/v1/contact-book?q={scene.firm.slug}").json()
    assert [one["email"] for one in book["items"]] == [scene.speaker.email]
    assert people.client_of(scene.rival).get("/api/v1/contact-book").status_code == 403
    assert Agreement.objects.count() + Commitment.objects.count() == 3


def test_a_member_reads_what_each_other_member_sees_of_it(scene: Scene) -> None:
    shared = accepted_need(organisation=scene.firm, audience="circle")
    Problem.objects.filter(pk=shared.pk).update(state="open", circle=scene.agreement.circle)
    wide = accepted_need(organisation=scene.firm, audience="members")
    Problem.objects.filter(pk=wide.pk).update(state="open")
    own = people.client_of(scene.speaker)
    at = f"/members/{scene.firm.slug}/sight"
    said = " ".join(own.get(at).content.decode().split())
    assert "problems: 1, and all that everybody sees" in said
    rows = {one["organisation"]: one["shares"] for one in own.get(f"/api/v1{at}").json()["items"]}
    through = {
        "name": scene.agreement.title_en,
        "agreement": str(scene.agreement.uid),
        "problems": 1,
        "commitments": 2,
    }
    assert rows[scene.school.slug] == [through]
    assert all(not shares for slug, shares in rows.items() if slug != scene.school.slug)
    speaker = agreements.representative_of(scene.school)
    assert Problem.objects.visible_to(speaker).filter(pk=shared.pk).exists(), "as the page says"
    assert not Problem.objects.visible_to(scene.rival).filter(pk=shared.pk).exists(), "as the page says"
    assert people.client_of(scene.rival).get(at).status_code == 403
