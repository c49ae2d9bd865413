"""The catalogue that comes with Dure, and what its reader says of a broken one."""

import re
from pathlib import Path

import pytest
import yaml

from dure.engines import skills
from dure.engines.faults import Faulty

HANGUL = re.compile("[가-힣]")


def test_every_skill_says_what_one_does_at_each_level_in_both_languages() -> None:
    found = skills.packaged()
    assert len(found.skills) == 67
    for skill in found.skills.values():
        said = [skill.name, skill.about, *(words for level in skill.levels for words in level)]
        assert len(skill.levels) == 4
        assert all(level for level in skill.levels)
        assert not [words for words in said if HANGUL.search(words.en)]
        assert not [words.ko for words in said[1:] if not HANGUL.search(words.ko)]


def test_criteria_are_sentences_and_none_stands_twice() -> None:
    every = [one for skill in skills.packaged().skills.values() for level in skill.levels for one in level]
    assert all(one.ko.endswith("다.") and one.en.endswith(".") for one in every)
    assert len({one.ko for one in every}) == len({one.en for one in every}) == len(every) > 400


def test_areas_stand_in_their_order_and_hold_every_skill() -> None:
    found = skills.packaged()
    assert tuple(area.key for area in found.areas) == skills.AREAS
    order = [skills.AREAS.index(skill.area) for skill in found.skills.values()]
    assert order == sorted(order)


def test_what_is_needed_comes_first() -> None:
    needs = {slug: skill.needs for slug, skill in skills.packaged().skills.items()}
    order = skills.in_order(needs)
    assert all(order.index(need) < order.index(slug) for slug in needs for need in needs[slug])
    assert skills.needed_by(needs)["data-privacy"]["federated-learning"] == 2


def _skill(slug: str, **changes: object) -> dict[str, object]:
    both = {"ko": "가", "en": "a"}
    return {"slug": slug, "name": both, "about": both, "levels": {n: [both] for n in (1, 2, 3, 4)}, **changes}


def _folder(path: Path, *entries: dict[str, object]) -> Path:
    for area in skills.AREAS:
        area_skills = list(entries) if area == "data" else [_skill(f"in-{area}")]
        body = {"name": {"ko": "가", "en": "a"}, "skills": area_skills}
        (path / f"{area}.yaml").write_text(yaml.safe_dump(body, allow_unicode=True), encoding="utf-8")
    return path


def test_a_whole_folder_reads(tmp_path: Path) -> None:
    found = skills.read(_folder(tmp_path, _skill("one"), _skill("two", needs={"one": 3})))
    assert found.skills["two"].needs == {"one": 3}
    assert found.skills["one"].area == "data"


def test_all_that_is_wrong_is_said_at_once_with_its_place(tmp_path: Path) -> None:
    both = {"ko": "가", "en": ""}
    folder = _folder(
        tmp_path,
        _skill("one", about=both, needs={"none": 1, "two": 5}, level=3),
        _skill("two", esco="https://example.org/skill"),
        _skill("two", levels={1: [both]}),
        _skill("Three Four"),
    )
    with pytest.raises(Faulty) as refused:
        skills.read(folder)
    found = {(fault.code, fault.place) for fault in refused.value.faults}
    assert found == {
        ("skill_field_missing", "one.about.en"),
        ("skill_bad_level", "one.needs.two"),
        ("skill_field_unknown", "one.level"),
        ("skill_bad_esco", "two.esco"),
        ("skill_field_missing", "two.levels.1[0].en"),
        ("skill_field_missing", "two.levels.2"),
        ("skill_field_missing", "two.levels.3"),
        ("skill_field_missing", "two.levels.4"),
        ("skill_bad_slug", "Three Four.slug"),
        ("skill_twice", "two"),
        ("skill_unknown", "one.needs"),
    }
    assert {code for code, _place in found} < set(skills.FAULTS)


def test_skills_that_need_each_other_are_refused(tmp_path: Path) -> None:
    folder = _folder(tmp_path, _skill("one", needs={"two": 1}), _skill("two", needs={"one": 1}))
    with pytest.raises(Faulty) as refused:
        skills.read(folder)
    (fault,) = refused.value.faults
    assert fault.code == "skill_cycle"
    assert set(str(fault.params["path"]).split(" → ")) == {"one", "two"}


def test_a_file_that_is_no_yaml_names_itself(tmp_path: Path) -> None:
    folder = _folder(tmp_path, _skill("one"))
    (folder / "data.yaml").write_text("name: [", encoding="utf-8")
    with pytest.raises(Faulty) as refused:
        skills.read(folder)
    assert [(fault.code, fault.place) for fault in refused.value.faults] == [
        ("skill_file_broken", "data.yaml")
    ]
