"""Posting and triaging a need through its pages: the allowed and the refused way side by side."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dure.foundation import clock, notices, search, workflow
from dure.foundation.access import Role
from dure.foundation.models import Notice
from dure.people.models import Membership, Organisation, Person
from dure.problems import clock_needs
from dure.problems.actions import needs as actions
from dure.problems.models import Attachment, Problem
from tests.factories.people import client_of, member, organisation, person
from tests.factories.problems import accepted_need, draft_need

pytestmark = pytest.mark.django_db
SCRIPT = '<script>alert("x")</script><img src=x onerror=alert(1)>'


@pytest.fixture
def firm() -> Organisation:
    return organisation(name_ko="두레정밀")


@pytest.fixture
def owner(firm: Organisation) -> Person:
    found = person()
    member(found, firm)
    return found


@pytest.fixture
def secretary() -> Person:
    return person(roles=[Role.SECRETARIAT])


def outsiders(problem: Problem) -> dict[str, Client]:
    """Everybody who must not know of a need before it is accepted; the rival represents another member."""
    rival = person()
    member(rival, organisation(), Membership.Role.REPRESENTATIVE)
    colleague = person()
    assert problem.organisation is not None
    member(colleague, problem.organisation)
    return {
        "stranger": Client(),
        "unrelated": client_of(person()),
        "rival": client_of(rival),
        "colleague": client_of(colleague),
        "operator": client_of(person(roles=[Role.OPERATOR])),
    }


def fetched(browser: Client, url: str) -> int:
    """The status of a download that is read to its end."""
    answer: Any = browser.get(url)
    if answer.streaming:
        assert b"".join(answer.streaming_content) == b"a"
    return int(answer.status_code)


def need_url(problem: Problem, part: str = "need", **more: Any) -> str:
    return reverse(f"problems:{part}", kwargs={"uid": problem.uid, **more})


def test_a_newcomer_writes_a_need_step_by_step_and_posts_it(owner: Person, firm: Organisation) -> None:
    browser = client_of(owner)
    begun = browser.post(
        reverse("problems:need_new"),
        {"title": "불량이 너무 많습니다", "organisation": firm.pk, "original": "ko"},
    )
    problem = Problem.objects.get()
    assert begun.headers["Location"] == need_url(problem, "need_edit")
    saved = browser.post(
        need_url(problem, "need_edit"),
        {"hurts_ko": "하루 300개가 불량입니다.", "data_ko": "사진 1만 장", "sensitivity": "internal"},
        headers={"HX-Request": "true"},
    )
    assert saved.status_code == 200
    assert "<html" not in saved.text
    early = browser.post(need_url(problem, "need_act"), {"action": "post"})
    assert early.status_code == 403
    browser.post(
        need_url(problem, "need_edit"),
        {"worth_ko": "재작업이 줄어듭니다.", "contact": "02-1", "wish": "team"},
    )
    posted = browser.post(need_url(problem, "need_act"), {"action": "post"})
    assert posted.status_code == 302
    problem.refresh_from_db()
    assert (problem.state, problem.number, problem.hurts_ko, problem.wish) == (
        "posted",
        1,
        "하루 300개가 불량입니다.",
        "team",
    )
    again = browser.post(need_url(problem, "need_act"), {"action": "post"})
    assert again.status_code == 409
    assert Problem.objects.count() == 1


def test_beginning_twice_gives_one_draft_and_a_stranger_is_told_what_helps(
    owner: Person, firm: Organisation
) -> None:
    given = {"title": "같은 고민", "organisation": firm.pk, "original": "ko"}
    for _time in range(2):
        client_of(owner).post(reverse("problems:need_new"), given)
    assert Problem.objects.count() == 1
    assert Client().post(reverse("problems:need_new"), given).status_code == 403
    assert client_of(person()).post(reverse("problems:need_new"), given).status_code == 403
    foreign = client_of(owner).post(
        reverse("problems:need_new"), {**given, "organisation": organisation().pk}
    )
    assert foreign.status_code == 422
    assert Problem.objects.count() == 1
    assert client_of(person()).get(reverse("problems:need_new")).status_code == 200


def test_what_is_right_is_kept_when_something_else_is_wrong(owner: Person) -> None:
    problem = draft_need(owner=owner)
    sent = {"hurts_ko": "새 글", "cost_ko": "ㄱ" * 3001, "sensitivity": "nonsense"}
    answer = client_of(owner).post(need_url(problem, "need_edit"), sent)
    assert answer.status_code == 422
    problem.refresh_from_db()
    assert (problem.hurts_ko, problem.cost_ko, problem.sensitivity) == ("새 글", "", "public")


@pytest.mark.parametrize("state", ["draft", "posted"])
def test_before_acceptance_a_need_does_not_exist_for_others(
    state: str, owner: Person, secretary: Person
) -> None:
    problem = draft_need(owner=owner, title_ko="비밀스러운 고민", audience="public")
    if state == "posted":
        problem = workflow.perform(problem, "post", by=owner)
    file = (
        actions.attach(by=owner, problem=problem, stream=SimpleUploadedFile("a.txt", b"a"), filename="a.txt")
        if state == "draft"
        else None
    )
    for name, browser in outsiders(problem).items():
        assert browser.get(need_url(problem)).status_code == 404, name
        assert browser.post(need_url(problem, "need_act"), {"action": "withdraw"}).status_code == 404, name
        assert browser.get(need_url(problem, "need_edit")).status_code == 404, name
        assert browser.get(need_url(problem, "terms")).status_code == 404, name
        assert "비밀스러운" not in browser.get(reverse("problems:needs")).text, name
        assert str(problem.uid) not in browser.get("/search?q=비밀스러운").text, name
        assert browser.get(reverse("problems:triage")).status_code == 404, name
        if file:
            assert browser.get(need_url(problem, "need_file", file=file.uid)).status_code == 404, name
    expected = 404 if state == "draft" else 200
    assert client_of(secretary).get(need_url(problem)).status_code == expected
    assert client_of(person(roles=[Role.AUDITOR])).get(need_url(problem)).status_code == expected
    assert client_of(owner).get(need_url(problem)).status_code == 200


def test_a_representative_sees_and_edits_the_drafts_of_the_organisation(
    owner: Person, firm: Organisation
) -> None:
    problem = draft_need(owner=owner, organisation=firm)
    representative = person()
    member(representative, firm, Membership.Role.REPRESENTATIVE)
    browser = client_of(representative)
    assert browser.get(need_url(problem)).status_code == 200
    assert browser.post(need_url(problem, "need_edit"), {"hurts_ko": "둘이 씀"}).status_code == 302


def test_questions_go_back_and_forth_and_everybody_hears(owner: Person, secretary: Person) -> None:
    problem = workflow.perform(draft_need(owner=owner), "post", by=owner)
    desk, browser = client_of(secretary), client_of(owner)
    assert browser.post(need_url(problem, "need_act"), {"action": "ask", "message": "?"}).status_code == 403
    empty = desk.post(need_url(problem, "need_act"), {"action": "ask", "message": "  "})
    assert empty.status_code == 422
    desk.post(need_url(problem, "need_act"), {"action": "ask", "message": "누가 기록했나요?"})
    assert [todo.url for todo in notices.todos(owner)] == [need_url(problem)]
    assert "누가 기록했나요" in browser.get(need_url(problem)).text
    browser.post(need_url(problem, "need_edit"), {"data_ko": "작업반장이 적었습니다."})
    browser.post(need_url(problem, "need_act"), {"action": "answer", "message": "작업반장입니다."})
    problem.refresh_from_db()
    assert problem.state == "posted"
    assert notices.todos(owner) == []
    assert need_url(problem) in [todo.url for todo in notices.todos(secretary)]
    kinds = set(Notice.objects.filter(person=secretary).values_list("kind", flat=True))
    assert {"problems.need_posted", "problems.need_answered"} <= kinds
    assert Notice.objects.filter(person=owner, kind="problems.need_asked").exists()
    assert client_of(owner).get(need_url(problem, "need_edit")).status_code == 403


def test_a_message_sent_twice_is_one_and_the_auditor_only_reads(owner: Person) -> None:
    problem = workflow.perform(draft_need(owner=owner), "post", by=owner)
    for _time in range(2):
        client_of(owner).post(need_url(problem, "need_say"), {"message": "덧붙입니다\x00"})
    assert problem.messages.count() == 1
    auditor = client_of(person(roles=[Role.AUDITOR]))
    assert auditor.get(need_url(problem)).status_code == 200
    assert auditor.post(need_url(problem, "need_say"), {"message": "저도"}).status_code == 403
    assert problem.messages.count() == 1


def test_acceptance_sets_route_curator_and_who_sees_it(owner: Person, secretary: Person) -> None:
    problem = workflow.perform(
        draft_need(owner=owner, cost_ko="일 년에 3억", audience="private"), "post", by=owner
    )
    curator = person()
    desk = client_of(secretary)
    twins = [person(name_ko="김하나", name_en="Kim Hana") for _ in range(2)]
    for nobody_or_many in ("nobody@example.org", twins[0].name_ko):
        given = {"action": "accept", "route": "team", "curator": nobody_or_many, "audience": "members"}
        assert desk.post(need_url(problem, "need_act"), given).status_code == 422
    desk.post(
        need_url(problem, "need_act"),
        {"action": "accept", "route": "team", "curator": curator.name_en, "audience": "members"},
    )
    problem.refresh_from_db()
    assert (problem.state, problem.route, problem.curator, problem.audience) == (
        "accepted",
        "team",
        curator,
        "members",
    )
    browsers = outsiders(problem)
    assert browsers["stranger"].get(need_url(problem)).status_code == 404
    rival = browsers["rival"].get(need_url(problem))
    assert rival.status_code == 200
    assert "일 년에 3억" not in rival.text
    assert "02-000-0000" not in rival.text
    assert "일 년에 3억" in client_of(owner).get(need_url(problem)).text
    assert search.find(person(), "콘크리트").count() == 0
    assert Notice.objects.filter(person=curator, kind="problems.need_curating").exists()


def test_secret_data_never_goes_into_a_challenge(owner: Person, secretary: Person) -> None:
    problem = workflow.perform(draft_need(owner=owner, sensitivity="secret"), "post", by=owner)
    desk, given = (
        client_of(secretary),
        {"action": "accept", "curator": secretary.email, "audience": "private"},
    )
    assert desk.post(need_url(problem, "need_act"), {**given, "route": "challenge"}).status_code == 403
    assert desk.post(need_url(problem, "need_act"), {**given, "route": "data_stays"}).status_code == 302


def test_duplicates_are_found_and_merged_without_telling_rivals_of_each_other(
    owner: Person, secretary: Person
) -> None:
    first = accepted_need(title_ko="압출기 소음으로 불량을 찾고 싶다", audience="private")
    second = workflow.perform(draft_need(owner=owner, title_ko="소음으로 불량 찾기"), "post", by=owner)
    workflow.perform(
        draft_need(title_ko="배차 계획이 어렵다", title_en=""), "post", by=Problem.objects.latest("id").owner
    )
    desk = client_of(secretary)
    assert "압출기" in desk.get(need_url(second, "need_similar")).text
    assert "배차" not in desk.get(need_url(second, "need_similar")).text
    assert "압출기" in desk.get(need_url(second, "need_similar") + "?q=압출기").text
    assert client_of(owner).get(need_url(second, "need_similar")).status_code == 403
    itself = desk.post(need_url(second, "need_act"), {"action": "merge", "into": second.uid})
    assert itself.status_code == 403
    desk.post(need_url(second, "need_act"), {"action": "merge", "into": first.uid})
    second.refresh_from_db()
    assert (second.state, second.merged_into) == ("merged", first)
    shown = client_of(owner).get(need_url(second)).text
    assert "압출기" not in shown
    assert str(first.uid) not in shown
    assert str(first.uid) in desk.get(need_url(second)).text


def test_declining_needs_a_reason_that_only_insiders_read(owner: Person, secretary: Person) -> None:
    problem = workflow.perform(draft_need(owner=owner), "post", by=owner)
    desk = client_of(secretary)
    assert desk.post(need_url(problem, "need_act"), {"action": "decline"}).status_code == 422
    desk.post(need_url(problem, "need_act"), {"action": "decline", "reason": "데이터가 아직 없습니다"})
    assert "데이터가 아직 없습니다" in client_of(owner).get(need_url(problem)).text
    assert Client().get(need_url(problem)).status_code == 404


def test_text_of_strangers_is_inert_everywhere(owner: Person, secretary: Person) -> None:
    problem = draft_need(
        owner=owner,
        audience="public",
        **{f"{name}_ko": SCRIPT for name in ("title", "summary", "hurts", "cost", "data", "worth")},
    )
    problem = workflow.perform(problem, "post", by=owner)
    workflow.perform(problem, "ask", by=secretary, data={"message": SCRIPT})
    for url in (
        need_url(problem),
        need_url(problem, "need_edit"),
        reverse("problems:needs"),
        need_url(problem, "terms_choose"),
    ):
        text = client_of(owner).get(url).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
    desk = client_of(secretary).get(reverse("problems:triage") + "?tray=waiting_on:owner").text
    assert "alert" in desk
    assert "<script>alert" not in desk


def test_attachments_are_bounded_in_size_and_number_with_clear_words(
    owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = draft_need(owner=owner)
    monkeypatch.setattr(actions, "LARGEST_FILE", 1024)
    monkeypatch.setattr(actions, "MOST_FILES", 3)
    browser = client_of(owner)
    huge = browser.post(
        need_url(problem, "need_attach"), {"file": SimpleUploadedFile("big.csv", b"x" * 1025)}
    )
    assert huge.status_code == 422
    assert "big.csv" in huge.text
    assert not Attachment.objects.exists()
    hostile = SimpleUploadedFile("a.html", b"<script>alert(1)</script>")
    hostile.name = "../../etc/\x07passwd<b>.html"
    assert browser.post(need_url(problem, "need_attach"), {"file": hostile}).status_code == 302
    kept = Attachment.objects.get()
    assert "/" not in kept.filename
    assert "\x07" not in kept.filename
    answer: Any = browser.get(need_url(problem, "need_file", file=kept.uid))
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    same = SimpleUploadedFile("same.txt", b"same")
    for _time in range(2):
        browser.post(need_url(problem, "need_attach"), {"file": same})
        same.seek(0)
    assert Attachment.objects.count() == 2
    more = [SimpleUploadedFile(f"{number}.txt", str(number).encode()) for number in range(3)]
    assert browser.post(need_url(problem, "need_attach"), {"file": more}).status_code == 422
    assert Attachment.objects.count() == 3
    assert browser.post(need_url(problem, "need_detach", file=kept.uid)).status_code == 302
    assert Attachment.objects.count() == 2


def test_files_follow_the_sensitivity_not_only_the_audience(owner: Person) -> None:
    def file_of(sensitivity: str) -> tuple[Problem, Attachment]:
        draft = draft_need(owner=owner, sensitivity=sensitivity, audience="public")
        file = actions.attach(by=owner, problem=draft, stream=SimpleUploadedFile("a", b"a"), filename="a.txt")
        posted = workflow.perform(draft, "post", by=owner)
        data = {"route": "team", "curator": person()}
        return workflow.perform(posted, "accept", by=person(roles=[Role.SECRETARIAT]), data=data), file

    for sensitivity, expected in (("public", 200), ("internal", 403), ("personal", 403), ("secret", 403)):
        problem, file = file_of(sensitivity)
        url = need_url(problem, "need_file", file=file.uid)
        assert fetched(client_of(person()), url) == expected, sensitivity
        assert fetched(client_of(owner), url) == 200, sensitivity
        assert ("a.txt" in client_of(person()).get(need_url(problem)).text) == (expected == 200)


def test_the_clock_reminds_whoever_a_need_waits_for_once(owner: Person, secretary: Person) -> None:
    friday = clock.now().replace(year=2026, month=5, day=8, hour=3)
    with clock.at(friday):
        problem = workflow.perform(draft_need(owner=owner), "post", by=owner)
        draft_need(owner=owner, title_ko="초안")
    reminded = Notice.objects.filter(kind="problems.need_waits")
    with clock.at(friday + timedelta(days=6)):
        assert clock_needs.remind_of_waiting_needs(clock.now()) == 0
    later = friday + timedelta(days=8)
    with clock.at(later):
        assert clock_needs.remind_of_waiting_needs(later) == 1
        assert clock_needs.remind_of_waiting_needs(later) == 0
    assert [notice.person for notice in reminded] == [secretary]
    assert reminded[0].url == need_url(problem)


def reminded_after(problem: Problem, start: datetime, days: int) -> bool:
    later = start + timedelta(days=days)
    with clock.at(later):
        clock_needs.remind_of_waiting_needs(later)
    problem.refresh_from_db()
    return problem.reminded_at is not None


def test_public_holidays_are_no_working_days_where_one_waits(owner: Person, secretary: Person) -> None:
    """Chuseok 2026 is Thursday 24 to Saturday 26 September. An owner abroad works on these days."""
    monday = datetime(2026, 9, 21, 3, tzinfo=UTC)
    with clock.at(monday):
        here = workflow.perform(draft_need(owner=owner), "post", by=owner)
        asked = [draft_need(organisation=organisation(country=code)) for code in ("KR", "CA")]
        for problem in asked:
            posted = workflow.perform(problem, "post", by=problem.owner)
            workflow.perform(posted, "ask", by=secretary, data={"message": "How much?"})
    korean, canadian = asked
    assert [reminded_after(problem, monday, 7) for problem in (here, korean, canadian)] == [
        False,
        False,
        True,
    ]
    assert reminded_after(here, monday, 8) is False
    assert [reminded_after(problem, monday, 9) for problem in (here, korean)] == [True, True]


def test_the_list_filters_pages_and_costs_the_same_however_long(
    owner: Person, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        accepted_need(
            title_ko=f"고민 {number}", industry="energy" if number % 2 else "health", audience="public"
        )
    browser = Client()
    with django_assert_max_num_queries(6):
        first = browser.get(reverse("problems:needs"))
    assert first.text.count("<article") == 25
    assert browser.get(reverse("problems:needs") + "?industry=energy").text.count("<article") == 15
    assert browser.get(reverse("problems:needs") + "?stage=open").text.count("<article") == 0
    assert browser.get(reverse("problems:needs") + "?page=2").text.count("<article") == 5
    assert browser.get(reverse("problems:needs") + "?industry=x&stage=x&page=zzz&q=%22").status_code == 200
    accepted_need(title_ko="압출기 소음", audience="public")
    assert browser.get(reverse("problems:needs") + "?q=압출기").text.count("<article") == 1


def test_the_need_page_and_the_desk_stay_within_twelve_queries(
    secretary: Person, owner: Person, django_assert_max_num_queries: Any
) -> None:
    problem = accepted_need(owner=owner, audience="public")
    for number in range(5):
        actions.say(by=owner, problem=problem, body=f"말 {number}")
    for browser in (client_of(owner), client_of(secretary), client_of(person()), Client()):
        browser.get(reverse("problems:needs"))
        with django_assert_max_num_queries(12):
            browser.get(need_url(problem))
    desk = client_of(secretary)
    with django_assert_max_num_queries(8):
        desk.get(reverse("problems:triage"))
