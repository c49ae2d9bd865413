"""The catalogue of skills as rows, pages and REST."""

from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import translation

from dure.engines import skills as engine
from dure.foundation import search
from dure.foundation.access import STRANGER, Denied, Hidden
from dure.foundation.models import AuditEntry
from dure.people import api as people
from dure.people import panels
from dure.people.actions.skills import ensure_skills, keep_in_step, set_ncs_codes
from dure.people.models import Skill, SkillNeed
from tests.factories.people import person

pytestmark = pytest.mark.django_db


def without(slug: str) -> engine.Catalogue:
    """The packaged catalogue with one skill fewer, and nothing that rests on it."""
    found = engine.packaged()
    kept = {
        one.slug: replace(one, needs={need: level for need, level in one.needs.items() if need != slug})
        for one in found.skills.values()
        if one.slug != slug
    }
    return engine.Catalogue(found.areas, kept)


def test_a_fresh_installation_has_every_skill_with_its_neighbours() -> None:
    found = engine.packaged().skills
    assert list(Skill.objects.values_list("slug", flat=True)) == list(found)
    ties = {(tie.skill.slug, tie.needed.slug, tie.level) for tie in SkillNeed.objects.all()}
    assert ties == {(slug, need, level) for slug in found for need, level in found[slug].needs.items()}


def test_bringing_rows_in_step_twice_touches_none(django_assert_num_queries: Any) -> None:
    before = {row.slug: row.pk for row in Skill.objects.all()}
    with django_assert_num_queries(5):  # savepoint and release, skills, skills in force, needs
        ensure_skills()
    assert {row.slug: row.pk for row in Skill.objects.all()} == before
    assert keep_in_step(engine.packaged()) == []


def test_what_the_catalogue_changes_is_changed_and_a_code_stays() -> None:
    set_ncs_codes({"sql": "9901010101"}, by=people_secretary())
    found = engine.packaged()
    renamed = replace(found.skills["sql"], about=engine.Words("질의한다.", "Asks tables."), needs={"git": 2})
    touched = keep_in_step(engine.Catalogue(found.areas, {**found.skills, "sql": renamed}))
    assert [row.slug for row in touched] == ["sql"]
    row = Skill.objects.get(slug="sql")
    assert (row.about_en, row.ncs_code) == ("Asks tables.", "9901010101")
    assert [(tie.needed.slug, tie.level) for tie in row.rests_on.all()] == [("git", 2)]
    assert search.find(STRANGER, "asks tables").filter(kind="skill").exists()


def people_secretary() -> Any:
    return person("office@example.org", roles=["secretariat"])


def test_a_skill_that_is_gone_is_retired_and_comes_back(client: Client) -> None:
    number = Skill.objects.get(slug="git").pk
    keep_in_step(without("git"))
    assert not search.find(STRANGER, "git").filter(kind="skill", title_en="Version control with Git").exists()
    assert "no longer" in client.get("/skills/git", headers={"accept-language": "en"}).content.decode()
    with pytest.raises(Hidden):
        people.skill_named("git")
    assert people.skills_named(["git", "sql", "cobol"]).keys() == {"git", "sql"}
    ensure_skills()
    assert people.skill_named("git").pk == number


def test_the_list_is_found_by_words_and_area_in_either_language(client: Client) -> None:
    page = client.get("/skills?q=누수", headers={"accept-language": "ko"}).content.decode()
    assert "데이터 누수" in page
    assert "음성 인식" not in page
    page = client.get("/skills?area=language", headers={"accept-language": "en"}).content.decode()
    assert "AI agents" in page
    assert "Version control" not in page


def test_a_page_says_what_one_does_and_what_stands_around_it(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(panels._builders, "skill", [])
    people.register_panel("skill", "people/consent_text.html", lambda _reader, _skill: None)
    page = client.get("/skills/data-leakage", headers={"accept-language": "en"}).content.decode()
    assert "Fits scaling, imputation and feature selection on the training part alone." in page
    assert 'href="/skills/model-validation"' in page
    page = client.get("/skills/model-validation", headers={"accept-language": "ko"}).content.decode()
    assert 'href="/skills/data-leakage"' in page
    assert client.get("/skills/cobol").status_code == 404


def test_rest_gives_levels_and_neighbours(client: Client) -> None:
    body = client.get("/api/v1/skills/data-leakage").json()
    assert body["needs"] == [{"slug": "data-quality", "level": 1}, {"slug": "model-validation", "level": 1}]
    assert len(body["levels"]) == 4
    listed = client.get("/api/v1/skills?area=language").json()
    assert (listed["count"], listed["items"][0]["slug"]) == (5, "nlp")
    assert client.get("/api/v1/skills/cobol").status_code == 404


@pytest.mark.parametrize("words", ["", "model"])
def test_lists_ask_the_same_few_questions_whatever_the_rows(
    client: Client, words: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(8):
        client.get(f"/api/v1/skills?q={words}")
    with django_assert_max_num_queries(6):
        client.get(f"/skills?q={words}")
    with django_assert_max_num_queries(6):
        client.get("/skills/supervised-learning")


def test_only_the_secretariat_gives_codes() -> None:
    with pytest.raises(Denied):
        set_ncs_codes({"sql": "9901010101"}, by=person())


def _files(folder: Path, pairs: str) -> tuple[str, str]:
    (folder / "ncs.csv").write_text("dutyCd,compUnitCd\n99010101,01\n", encoding="cp949")
    (folder / "pairs.csv").write_text(f"skill,ncs_code\n{pairs}\n", encoding="utf-8")
    return str(folder / "ncs.csv"), str(folder / "pairs.csv")


def test_codes_are_shown_first_and_written_when_asked(tmp_path: Path) -> None:
    out = StringIO()
    call_command("import_ncs", *_files(tmp_path, "sql,9901010101"), stdout=out)
    assert "sql: 9901010101" in out.getvalue()
    assert Skill.objects.exclude(ncs_code="").count() == 0
    for changed in (1, 0):
        out = StringIO()
        call_command("import_ncs", *_files(tmp_path, "sql,9901010101"), "--apply", stdout=out)
        assert f"{changed} skills have a new code." in out.getvalue()
    assert Skill.objects.get(slug="sql").ncs_code == "9901010101"
    assert AuditEntry.objects.filter(action="skills.ncs_codes", origin="import_ncs").count() == 1


def test_a_code_that_the_public_file_lacks_is_never_taken(tmp_path: Path) -> None:
    with translation.override("en"), pytest.raises(CommandError) as refused:
        call_command("import_ncs", *_files(tmp_path, "sql,9901010199\ncobol,9901010101"), "--apply")
    assert "line 2: The public file has no unit with the code “9901010199”." in str(refused.value)
    assert "“cobol” is not in the skill catalogue." in str(refused.value)
    assert Skill.objects.exclude(ncs_code="").count() == 0
    with pytest.raises(CommandError, match="no file"):
        call_command("import_ncs", str(tmp_path / "none.csv"), "pairs.csv")
