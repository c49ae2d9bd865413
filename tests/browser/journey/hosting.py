"""The host prepares the challenge and opens it."""

import re
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import expect

import dure.problems
from dure.foundation import clock
from dure.problems.models import Problem
from tests.browser.traveller import Traveller

DATA = Path(dure.problems.__file__).parent / "demo" / "concrete-strength"


def the_host_prepares_and_opens(host: Traveller) -> None:
    host.go("/")
    host.look("host-home")
    need = Problem.objects.get()
    host.go(f"/problems/{need.uid}/terms/choose")
    host.look("terms-choose")
    card = host.page.locator("section.card", has=host.page.locator("[value=data_use]"))
    card.get_by_role("button").click()
    host.go(f"/problems/{need.uid}")
    host.follow("챌린지 준비")
    host.fill(slug="early-strength")
    host.look("challenge-new")
    host.press("시작")
    host.look("manage-begun")
    the_host_brings_the_data(host)
    the_host_chooses_how_it_is_scored(host)
    the_host_sets_dates_and_opens(host)


def the_host_brings_the_data(host: Traveller) -> None:
    host.go("/challenges/early-strength/manage/data")
    for name, part in (("train.csv", "train"), ("test.csv", "test"), ("sample_submission.csv", "sample")):
        host.page.locator("[name=part]").select_option(part)
        host.choose(name, (DATA / name).read_bytes())
        host.press("추가")
    host.fill(licence="CC BY 4.0", attribution="I-Cheng Yeh, UCI Machine Learning Repository (1998)")
    host.press("저장")
    host.look("manage-data")
    host.go("/challenges/early-strength/manage/answers")
    host.choose("answers.csv", wrong_answers())
    host.press("파일 읽기")
    host.look("manage-columns")


def wrong_answers() -> bytes:
    """The true answers, but for ten strengths that somebody typed in the wrong unit."""
    lines = (DATA / "answers.csv").read_text().splitlines()
    wrong = [
        re.sub(r",([\d.]+),", lambda found: f",{float(found[1]) * 2:.2f},", line) for line in lines[1:11]
    ]
    return "\n".join([lines[0], *wrong, *lines[11:]]).encode()


def the_host_chooses_how_it_is_scored(host: Traveller) -> None:
    host.fill(id_columns="id")
    host.page.locator("[name=group_column]").select_option("mixture")
    host.press("저장")
    host.look("manage-metric")
    host.tick("metric", "rmse")
    host.fill(target="5.0")
    host.press("저장")
    host.go("/challenges/early-strength/manage/split")
    host.tick("mode", "group")
    host.page.locator("[name=column]").select_option("mixture")
    host.press("저장")
    host.look("manage-split")


def the_host_sets_dates_and_opens(host: Traveller) -> None:
    host.go("/challenges/early-strength/manage/phases")
    start = clock.now()
    host.page.locator("[name=form-0-starts_at]").fill(_local(start - timedelta(hours=1)))
    host.page.locator("[name=form-0-ends_at]").fill(_local(start + timedelta(weeks=8)))
    host.look("manage-phases")
    host.press("저장")
    host.go("/challenges/early-strength/manage/rules")
    host.fill(prize_ko="상금 300만 원", prize_en="KRW 3 million")
    host.press("저장")
    host.look("manage-rules")
    host.go("/challenges/early-strength/manage/baselines")
    host.fill(name="학습 데이터의 평균")
    host.choose("mean.csv", (DATA / "predictions" / "baseline-mean.csv").read_bytes())
    host.press("추가")
    expect(host.page.locator("#there")).to_contain_text("채점", timeout=20_000)
    host.look("manage-baselines")
    host.go("/challenges/early-strength/manage/checks")
    expect(host.page.locator("#findings")).to_contain_text("걸리는 것이 없습니다", timeout=60_000)
    host.look("manage-checks")
    host.go("/challenges/early-strength/manage")
    host.look("manage-ready")
    host.press("챌린지 열기")
    host.look("manage-open")


def _local(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")
