"""From an empty alliance to an accepted need."""

import re

from django.core import mail

from dure.problems.models import Problem
from tests.browser.traveller import Traveller
from tests.factories.people import PASSWORD

EMAIL = "saeim@nuri.example"


def the_organisation_is_registered_and_invites(office: Traveller) -> None:
    office.go("/")
    office.look("office-home")
    office.go("/organisations/new")
    office.fill(name_ko="누리정밀", name_en="Nuri Precision", joined_on="2025-01-02")
    office.press("저장")
    office.look("organisation")
    office.go("/organisations/nuri-precision/people")
    office.fill(email=EMAIL)
    office.press("초대 보내기")
    office.look("organisation-invites")


def the_newcomer_makes_an_account(newcomer: Traveller) -> None:
    newcomer.go("/")
    newcomer.look("front-stranger")
    link = re.search(r"/invitations/\S+", str(mail.outbox[-1].body))
    assert link
    newcomer.go(link.group(0))
    newcomer.look("invitation")
    newcomer.press("계정 만들기")
    newcomer.look("sign-up")
    newcomer.fill(name_ko="오새임", password1=PASSWORD, password2=PASSWORD)
    for box in newcomer.page.locator("[name^=agree_]").all():
        box.check()
    newcomer.press("회원가입")
    newcomer.go("/")
    newcomer.look("newcomer-home")


def the_newcomer_posts_a_need(newcomer: Traveller) -> None:
    newcomer.go("/problems")
    newcomer.look("problems-empty")
    newcomer.follow("문제 올리기")
    newcomer.look("need-new")
    newcomer.fill(title="콘크리트 강도를 28일 뒤에야 압니다")
    newcomer.press("쓰기 시작")
    newcomer.look("need-edit")
    newcomer.fill(
        hurts_ko="배합을 바꿀 때마다 시험용 원기둥을 만들어 **28일**을 기다립니다.\n\n그동안은 새 배합이 맞는지 아무도 모릅니다.",
        cost_ko="새 배합 하나에 한 달, 시험 비용이 400만 원쯤입니다.",
        data_ko="- 배합과 강도 기록 1,030건\n- 재료 일곱 가지와 재령",
        worth_ko="오차가 5 MPa 안이면 시험할 배합을 서너 개로 줄일 수 있습니다.",
        contact="품질팀 오새임, 02-000-0000",
    )
    newcomer.tick("sensitivity", "public")
    newcomer.press("저장하고 보기")
    newcomer.look("need-draft")
    newcomer.press("사무국에 올리기")
    newcomer.look("need-posted")


def the_secretariat_asks_and_the_newcomer_answers(office: Traveller, newcomer: Traveller) -> None:
    office.go("/problems/triage")
    office.look("triage-desk")
    office.page.get_by_role("link", name="콘크리트 강도").click()
    office.look("triage-need")
    office.page.locator("summary", has_text="수요기업 담당자에게 묻기").click()
    office.page.locator("details[open] [name=message]").fill("같은 배합을 여러 재령에서 시험하셨나요?")
    office.press("수요기업 담당자에게 묻기")
    newcomer.go("/")
    newcomer.look("newcomer-asked")
    newcomer.go(f"/problems/{Problem.objects.get().uid}")
    newcomer.look("need-asked")
    newcomer.page.locator("#talk [name=message]").fill("네, 배합마다 재령 3일에서 365일까지 쟀습니다.")
    newcomer.press("답변")
    newcomer.look("need-answered")


def the_secretariat_accepts_and_sets_the_route(office: Traveller) -> None:
    office.go(f"/problems/{Problem.objects.get().uid}")
    office.page.locator("summary", has_text="접수").click()
    office.tick("route", "challenge")
    office.tick("audience", "public")
    office.page.locator("details[open] [name=curator]").fill("host@example.org")
    office.look("triage-accept")
    office.press("접수")
    office.look("need-accepted")
