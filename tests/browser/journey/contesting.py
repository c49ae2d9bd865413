"""Two teams take part, with good, broken and hostile files; a stranger reads the board."""

from playwright.sync_api import expect

from dure.problems.models import Submission
from tests.browser.journey import hostile
from tests.browser.journey.hosting import DATA
from tests.browser.traveller import Traveller


def the_teams_take_part(first: Traveller, second: Traveller) -> None:
    first.go("/")
    first.look("talent-home")
    first.go("/challenges/early-strength")
    first.look("challenge")
    first.follow("참가하기")
    first.look("challenge-data")
    first.fill(name="하나둘셋")
    first.tick("accept")
    first.press("참가하기")
    first.look("submit-empty")
    second.go("/challenges/early-strength/data")
    second.look("challenge-data-en")
    second.fill(name="Field Stones")
    second.tick("accept")
    second.press("Take part")


def the_files_are_judged(first: Traveller, second: Traveller) -> None:
    hand_in(first, "boosting-3.csv", note="물시멘트비를 더함")
    scored(first)
    first.look("submit-scored")
    second.choose("broken.csv", broken())
    second.press("Hand in")
    second.look("submit-faults", refused=True)
    hand_in(second, "forest-2.csv", note="extra trees")
    scored(second)
    second.look("submit-scored-en")


def hand_in(talent: Traveller, name: str, *, note: str) -> None:
    talent.go("/challenges/early-strength/submit")
    talent.choose(name, (DATA / "predictions" / name).read_bytes())
    talent.fill(note=note)
    talent.page.locator("form.form button").click()


def scored(talent: Traveller) -> None:
    newest = talent.page.locator(".handed > li").first
    expect(newest.locator("[data-tag=open]").first).to_be_visible(timeout=20_000)


def broken() -> bytes:
    lines = (DATA / "sample_submission.csv").read_text().splitlines()
    return "\n".join([*lines[:3], "C0009,많이", "C0010,=1+1", lines[1], *lines[8:]]).encode()


def hostile_files_are_refused(second: Traveller) -> None:
    before = Submission.objects.count()
    second.go("/challenges/early-strength/submit")
    for name, (content, said) in hostile.files().items():
        second.choose(name, content)
        second.press("Hand in")
        expect(second.page.get_by_role("alert")).to_contain_text(said)
        second.look(f"hostile-{name.rsplit('/')[-1]}", refused=True)
    assert Submission.objects.count() == before


def the_board_is_read(reader: Traveller) -> None:
    reader.go("/challenges/early-strength/leaderboard")
    reader.look("board")
