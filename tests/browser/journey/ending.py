"""The answers are corrected, the challenge is closed, the winner is declared."""

from playwright.sync_api import expect

from dure.problems.models import Award, ResultRecord
from tests.browser.journey import hostile
from tests.browser.journey.hosting import DATA
from tests.browser.traveller import Traveller


def the_answers_are_corrected(host: Traveller, first: Traveller) -> None:
    host.go("/challenges/early-strength/manage/versions")
    host.page.locator("#answers-note_ko").fill("열 건의 단위가 잘못되어 바로잡았습니다.")
    host.page.locator("#answers-note_en").fill("Ten strengths were in the wrong unit.")
    host.choose("answers.csv", (DATA / "answers.csv").read_bytes())
    host.look("manage-versions")
    host.press("무엇이 바뀌는지 보기")
    expect(host.page.locator("#h-correction")).to_be_visible()
    host.look("manage-correction")
    host.press("적용하기")
    host.look("manage-rescored")
    first.go("/notices")
    first.look("notices-rescored")
    first.go("/challenges/early-strength/leaderboard")
    first.look("board-rescored")


def it_is_closed_and_declared(host: Traveller, first: Traveller, second: Traveller) -> None:
    host.go("/challenges/early-strength/manage")
    host.look("manage-running")
    host.press("지금 마감")
    host.say_yes()
    host.go("/challenges/early-strength/manage/winners")
    expect(host.page.get_by_role("button", name="코드와 보고서 요청")).to_be_visible(timeout=20_000)
    host.look("winners-due")
    host.press("코드와 보고서 요청")
    host.look("winners-asked")
    winner = first if "하나둘셋" in host.words() else second
    the_winner_hands_in(winner)
    the_result_is_declared(host, winner)


def the_winner_hands_in(winner: Traveller) -> None:
    winner.go("/")
    winner.look("winner-home")
    winner.go(f"/awards/{Award.objects.get().uid}")
    winner.choose("code.zip", hostile.traversal())
    winner.press("추가")
    winner.page.locator("summary", has_text="코드와 보고서 제출").click()
    winner.page.locator("details[open] [name=report]").fill(
        "물시멘트비와 재령의 로그를 더해 오래 학습했습니다."
    )
    winner.look("award-writing")
    winner.press("코드와 보고서 제출")
    winner.look("award-handed")


def the_result_is_declared(host: Traveller, winner: Traveller) -> None:
    host.go(f"/awards/{Award.objects.get().uid}")
    host.page.locator("summary", has_text="수상 확정").click()
    host.page.locator("details[open] [name=reproduced]").check()
    host.look("award-judging")
    host.press("수상 확정")
    host.go("/challenges/early-strength/manage/winners")
    expect(host.page.get_by_role("button", name="결과 발표")).to_be_visible(timeout=20_000)
    host.look("winners-settled")
    host.press("결과 발표")
    host.go("/challenges/early-strength/manage/winners")
    host.look("results")
    assert ResultRecord.objects.count() == 2
    winner.go("/challenges/early-strength/leaderboard")
    winner.look("board-final")
    winner.go("/challenges/early-strength/story")
    winner.look("story")
    winner.go("/")
    winner.look("front-after")
