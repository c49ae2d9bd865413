"""A year in figures: what is counted, by what it is broken down, which groups are not shown, and who reads which rows."""

import io
import zipfile
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from dure.alliance.figures import counting, publishing, table, words
from dure.alliance.figures.counting import home_of, too_small
from dure.alliance.ledger import posting
from dure.engines import ledger as engine
from dure.foundation import clock
from dure.learn.models import Enrolment
from dure.people.models import Organisation
from dure.problems.models import Problem
from tests.factories import agreements, courses, figures, people, projects
from tests.factories.people import client_of

IN_JUNE = datetime(2026, 6, 3, 9, tzinfo=UTC)
LATER = datetime(2026, 11, 20, 9, tzinfo=UTC)
D = Decimal


@pytest.mark.parametrize(
    ("sums", "hidden"),
    [
        ({"a": 5, "b": 4}, ""),
        ({"a": 5, "b": 2, "c": 9}, "ab"),
        ({"a": 1, "b": 1, "c": 9}, "abc"),
        ({"a": 2}, "a"),
        ({}, ""),
    ],
)
def test_small_groups_are_hidden_and_what_would_betray_them(sums: dict[str, int], hidden: str) -> None:
    found = too_small({("", key): D(n) for key, n in sums.items()})
    assert {key for _unit, key in found} == set(hidden)


@pytest.mark.parametrize(
    ("said", "region", "size"),
    [
        (("industry", "KR", None, None), "unknown", "unknown"),
        (("startup", "KR", "", "KR-30"), "KR-30", "small"),
        (("startup", "KR", "large", ""), "unknown", "large"),
        (("university", "CA", None, None), "abroad", "institution"),
    ],
)
def test_where_nothing_was_noted_only_what_follows_from_the_type_is_said(
    said: tuple[Any, ...], region: str, size: str
) -> None:
    assert home_of(*said) == counting.Home(region, size)


@pytest.fixture
def firm() -> Organisation:
    return figures.noted(people.organisation(name_en="Dandelion Works"), size="small", region="KR-30")


@pytest.fixture
def year(firm: Organisation, tmp_path: Path) -> None:
    """Four people of the firm and one of nobody trained, one of them twice; a need posted and solved; hours; a project."""
    course = courses.open_course(tmp_path)
    assert course.current is not None
    for home in (firm, firm, firm, firm, None):
        Enrolment.objects.create(
            person=people.person(), course=course, version=course.current, organisation=home,
            state="completed", completed_at=IN_JUNE,
        )  # fmt: skip
    said = {"owner": people.person(), "organisation": firm, "industry": "health", "audience": "private"}
    Problem.objects.create(
        title_en="Quiet pumps", state="solved", posted_at=IN_JUNE, solved_at=IN_JUNE, **said
    )
    legs = engine.moved("1", "2", "gpu_h:h100", D(8))
    facts = [engine.Posting(source="hand", key="a", at=IN_JUNE, legs=legs)]
    with clock.at(LATER):
        posting.post_all(facts, accounts={"1": people.organisation().pk, "2": firm.pk})
        projects.started(firm, people.organisation(), title_en="Secret speech")


@pytest.mark.django_db
@pytest.mark.usefixtures("year")
def test_it_counts_a_year_by_region_size_and_field_in_two_queries() -> None:
    with clock.at(LATER), CaptureQueriesContext(connection) as asked:
        content = counting.of_year(2026)
    assert len(asked) == 2
    assert figures.amounts(content, "trained") == {"": ("5", "0")}
    assert figures.groups(content, "trained", "region") == {"KR-30": None, "none": None}
    assert figures.groups(content, "solved", "field") == {"health": "1"}
    assert figures.groups(content, "solved", "size") == {"small": "1"}
    assert figures.amounts(content, "hours_used") == {"gpu_h:h100": ("8", "0")}
    assert figures.amounts(content, "budget") == {"KRW": ("200", "0")}
    assert figures.amounts(content, "small_firms") == {"": ("1", "0")}
    assert figures.groups(content, "small_firms", "region") == {"KR-30": "1"}
    with clock.at(LATER + timedelta(days=60)):
        later = counting.of_year(2027)
    assert figures.amounts(later, "trained") == {"": ("0", "5")}
    assert figures.amounts(later, "projects") == {"": ("1", "1")}


@pytest.mark.django_db
@pytest.mark.usefixtures("year")
def test_the_rows_of_a_figure_are_those_that_the_reader_may_know_and_name_nobody() -> None:
    desk, ministry = client_of(agreements.secretary()), client_of(figures.funder())
    assert client_of(people.person()).get("/figures").status_code == 403
    with clock.at(LATER):
        for code in ("trained", "hours_used", "small_firms", *(one.code for one in table.figures())):
            for reader in (desk, ministry):
                with CaptureQueriesContext(connection) as asked:
                    answer = reader.get(f"/figures/rows?year=2026&code={code}")
                assert (answer.status_code, len(asked) <= 12) == (200, True), code
        solved, hers = (one.get("/figures/rows?year=2026&code=solved").content for one in (desk, ministry))
        assert (b"Quiet pumps" in solved, b"Quiet pumps" in hers) == (True, False)
        trained = (one.get("/api/v1/figures/rows?year=2026&code=trained").json() for one in (desk, ministry))
        mine, theirs = ({row["organisation"] for row in one["items"]} for one in trained)
        assert ("Dandelion Works" in mine, theirs) == (True, {""})
        assert desk.get("/figures/rows?code=nothing").status_code == 404
        with CaptureQueriesContext(connection) as asked:
            page = ministry.get("/figures?year=2026").content.decode()
        assert len(asked) <= 12
        assert "GPU hours (h100)" in page


@pytest.mark.django_db
@pytest.mark.usefixtures("year")
def test_published_figures_stay_as_they_were_and_are_files_for_everybody(firm: Organisation) -> None:
    officer = agreements.secretary()
    desk, stranger = client_of(officer), client_of(people.person())
    with clock.at(LATER):
        assert desk.post("/figures/publish", {"year": 2026}).status_code == 422
        there = desk.post("/figures/publish", {"year": 2026, "is_read": "on"}).headers["Location"]
        Problem.objects.filter(organisation=firm).delete()
        assert stranger.post("/figures/publish", {"year": 2026, "is_read": "on"}).status_code == 403
        again = desk.post("/figures/publish", {"year": 2026, "is_read": "on"})
        assert "Say what this correction changes" in again.content.decode()
        answer = stranger.get(f"/api/v1{there}").json()
    assert figures.amounts(answer["content"], "solved") == {"": ("1", "0")}
    (made,) = publishing.published()
    assert publishing.is_intact(made)
    assert made.sha256.encode() in stranger.get(there).content
    book = load_workbook(io.BytesIO(stranger.get(f"{there}?form=xlsx&language=en").content))
    cells = [cell.value for sheet in book for row in sheet.rows for cell in row]
    assert "People trained" in cells
    assert "Reported value of solutions" in cells
    with zipfile.ZipFile(io.BytesIO(stranger.get(f"{there}?form=hwpx&language=ko").content)) as paper:
        assert made.sha256 in paper.read("Contents/section0.xml").decode()
    assert stranger.get(f"/api/v1{there}/file?form=pdf").content.startswith(b"%PDF")


@pytest.mark.django_db
def test_the_desk_notes_sizes_and_regions_of_several_at_once() -> None:
    one, other = people.organisation(), people.organisation()
    desk = client_of(agreements.secretary())
    given = {"organisation": [one.slug, other.slug], "size": "small", "region": "KR-26"}
    assert desk.post("/figures/organisations", given).status_code == 302
    empty = desk.post("/figures/organisations", {"organisation": [one.slug]})
    assert empty.status_code == 422
    both = {"organisations": [one.slug], "region": "KR-11"}
    answer = desk.put("/api/v1/figures/organisations", both, content_type="application/json")
    assert answer.json() == {"count": 1}
    known = counting.homes()
    assert known[one.pk] == counting.Home("KR-11", "small")
    assert known[other.pk] == counting.Home("KR-26", "small")
    wrong = {"organisations": [one.slug], "region": "KR-99", "size": "huge"}
    told = desk.put("/api/v1/figures/organisations", wrong, content_type="application/json").json()
    assert [fault["code"] for fault in told["faults"]] == ["figures_size_unknown", "figures_region_unknown"]


def test_every_figure_says_what_it_counts_in_both_languages() -> None:
    for figure in table.figures():
        both = words.both(figure.definition.__str__)
        assert both["ko"] != both["en"], figure.code
        assert len(both["ko"]) > 20, figure.code
