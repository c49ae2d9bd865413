"""`python -m dure.cli.check_walk URL`: the main job over HTTP, as a client does it, one line per step.

To add a step, write `def name(client, context)` that raises `StepError` or an assertion when it is not as promised,
and add a line to STEPS (the functions are in walk_….py, one module for each floor). What a later step needs from an earlier one
goes into `context`.
"""

import sys
import time

import httpx

from dure.cli import walk_farm as farm
from dure.cli import walk_hosting as hosting
from dure.cli import walk_learning as learning
from dure.cli import walk_steps as steps
from dure.cli import walk_talent as talent
from dure.cli.walking import Context, Step

STEPS: tuple[Step, ...] = (
    Step("the front page answers in both languages", "첫 화면이 두 언어로 열린다", steps.front_page),
    Step("health", "상태 점검", steps.health),
    Step("the demo's problems are open and scored", "시범 문제가 열리고 채점되었다", steps.demo_is_open),
    Step("two talents enter by one-time links", "인재 두 사람이 일회용 링크로 들어온다", steps.talents_enter),
    Step("they take part and get the data", "참가하고 자료를 받는다", steps.talents_get_the_data),
    Step(
        "bad files are refused with every fault",
        "잘못된 파일은 모든 이유와 함께 돌려보낸다",
        steps.bad_files_are_refused,
    ),
    Step("good files are scored", "바른 파일은 채점된다", steps.good_files_are_scored),
    Step("the board tells the truth", "순위표가 사실을 말한다", steps.the_board_tells_the_truth),
    Step("a company posts a need", "기업이 필요를 올린다", hosting.need_is_posted),
    Step("the secretariat accepts it", "사무국이 받아들인다", hosting.need_is_accepted),
    Step(
        "the host opens it with hidden answers", "운영자가 숨은 정답과 함께 연다", hosting.challenge_is_opened
    ),
    Step("two teams hand in", "두 팀이 제출한다", hosting.two_teams_hand_in),
    Step(
        "answers are corrected and all is scored again",
        "정답을 고치고 모두 다시 채점한다",
        hosting.answers_are_corrected,
    ),
    Step("a program runs on the farm", "프로그램이 팜에서 돈다", farm.a_program_runs),
    Step("the courses that come along are open", "함께 오는 강좌가 열려 있다", learning.courses_are_open),
    Step(
        "a learner begins one and answers a question",
        "학습자가 강좌를 시작하고 문항에 답한다",
        learning.a_learner_begins,
    ),
    Step("the judge answers for a lab", "실습 채점이 답한다", learning.a_lab_is_checked),
    Step("openings are there", "자리가 열려 있다", talent.openings_are_there),
    Step("a talent reads their evidence", "인재가 자기 증거를 읽는다", talent.evidence_is_gathered),
    Step(
        "openings fit, with the reasons", "맞는 자리가 까닭과 함께 보인다", talent.openings_fit_with_reasons
    ),
    Step("a team is put together", "팀이 구성된다", talent.team_is_put_together),
    Step("closed, and the result is declared", "마감하고 결과를 알린다", hosting.result_is_declared),
)


def walk(url: str, walked: tuple[Step, ...] = STEPS) -> int:
    """Run the steps in order and print each with its time; return how many failed (0 or 1: it ends there)."""
    context = Context(url)
    with httpx.Client(base_url=url, timeout=60) as client:
        for number, step in enumerate(walked, start=1):
            started = time.monotonic()
            try:
                note = step.run(client, context) or ""
            except (AssertionError, httpx.HTTPError, LookupError, ValueError) as error:
                took = time.monotonic() - started
                print(
                    f"{number:>3}  FAIL {took:7.2f} s  {step.name}: {type(error).__name__}: {error}",
                    flush=True,
                )
                return 1
            said = f"{step.name} ({note})" if note else step.name
            print(f"{number:>3}  ok   {time.monotonic() - started:7.2f} s  {said}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(walk(sys.argv[1]))
