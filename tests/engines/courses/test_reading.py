"""A course folder is read as values, and every fault is found at once, with its place."""

import ast
import re
from pathlib import Path

import pytest

import dure.engines.courses
from dure.engines.courses import FAULTS, read
from dure.engines.faults import Faulty
from tests.factories.course_files import COURSE, LAB, LAB_SOURCE, LESSON_EN, LESSON_KO, QUIZ, UNIT, laid


def faults_of(folder: Path, **changed: str | None) -> list[tuple[str, str | None]]:
    try:
        read(laid(folder, **changed), skills={"python-basics", "data-leakage"})
    except Faulty as faulty:
        return [(fault.code, fault.place) for fault in faulty.faults]
    return []


def test_a_whole_folder_is_read(tmp_path: Path) -> None:
    course = read(laid(tmp_path), skills={"python-basics", "data-leakage"})
    first, second = course.units
    assert [item.kind for item in first.quiz] == ["single", "several", "number", "text", "order", "output"]
    assert [block.kind for block in first.lesson["ko"]] == ["text", "note", *["quiz"] * 6, "lab"]
    assert first.lab is not None
    assert [test.where for test in first.lab.tests] == ["public", "hidden"]
    assert second.lab is None
    assert dure.engines.courses.Course.of_json(course.as_json()) == course


FIRST = "units/01-first"
WRONG = [
    ({"course.yaml": COURSE.replace("hours: 2", "hours: many")}, "course_wrong_kind", "course.yaml: hours"),
    ({"course.yaml": COURSE.replace("hours: 2\n", "")}, "course_missing", "course.yaml: hours"),
    (
        {"course.yaml": COURSE.replace("en: Everybody.", "en: yes")},
        "course_not_text",
        "course.yaml: audience.en",
    ),
    ({"course.yaml": COURSE + "colour: green\n"}, "course_unknown_key", "course.yaml: colour"),
    ({"course.yaml": COURSE + "hours: 3\n"}, "course_key_twice", "course.yaml"),
    ({"course.yaml": COURSE.replace("manufacturing", "cooking")}, "course_choice", "course.yaml: track"),
    ({"course.yaml": COURSE.replace("id: tiny", "id: new")}, "course_id_reserved", "course.yaml: id"),
    ({"course.yaml": COURSE.replace("id: tiny", "id: partners")}, "course_id_reserved", "course.yaml: id"),
    (
        {"course.yaml": COURSE.replace("CC-BY-4.0\ntrack", "Mine\ntrack")},
        "course_licence_unknown",
        "course.yaml: licence",
    ),
    (
        {"course.yaml": COURSE.replace("data-leakage: 1", "alchemy: 1")},
        "course_skill_unknown",
        "course.yaml: skills",
    ),
    (
        {"course.yaml": COURSE.replace("data-leakage: 1", "data-leakage: 7")},
        "course_out_of_range",
        "course.yaml: skills.gains.data-leakage",
    ),
    ({"course.yaml": COURSE.replace(", 02-second", "")}, "course_unit_unlisted", "units/02-second"),
    (
        {"course.yaml": COURSE.replace(", 02-second", ", 02-second, 02-second")},
        "course_unit_twice",
        "course.yaml: 02-second",
    ),
    ({"course.yaml": "a: [\n"}, "yaml_broken", "course.yaml"),
    ({"course.yaml": "- a\n"}, "course_not_mapping", "course.yaml"),
    ({f"{FIRST}/lesson.en.md": None}, "course_file_missing", f"{FIRST}/lesson.en.md"),
    ({f"{FIRST}/lesson.ko.md": LESSON_EN}, "course_not_korean", f"{FIRST}/lesson.ko.md"),
    ({f"{FIRST}/lesson.ko.md": LESSON_KO + "\n::: note\nx\n"}, "lesson_block_open", f"{FIRST}/lesson.ko.md"),
    (
        {f"{FIRST}/lesson.ko.md": LESSON_KO + "\n::: cake\n:::\n"},
        "lesson_block_unknown",
        f"{FIRST}/lesson.ko.md",
    ),
    (
        {f"{FIRST}/lesson.ko.md": LESSON_KO + "\n::: note\n::: try\n:::\n"},
        "lesson_block_nested",
        f"{FIRST}/lesson.ko.md",
    ),
    ({f"{FIRST}/lesson.ko.md": LESSON_KO + "\n<b>x</b>\n"}, "lesson_html", f"{FIRST}/lesson.ko.md"),
    ({f"{FIRST}/lesson.ko.md": LESSON_KO + "\n[x](ftp://x)\n"}, "lesson_link", f"{FIRST}/lesson.ko.md"),
    ({f"{FIRST}/lesson.ko.md": LESSON_KO + "\n$\\nonsense{x}$\n"}, "lesson_math", f"{FIRST}/lesson.ko.md"),
    (
        {f"{FIRST}/lesson.ko.md": LESSON_KO + "\n::: video x\n:::\n"},
        "lesson_film_unfit",
        f"{FIRST}/lesson.ko.md",
    ),
    ({f"{FIRST}/figures/box.svg": None}, "lesson_figure_missing", f"{FIRST}/lesson.ko.md"),
    (
        {f"{FIRST}/lesson.ko.md": LESSON_KO.replace("네모 하나", "")},
        "lesson_figure_silent",
        f"{FIRST}/lesson.ko.md",
    ),
    (
        {f"{FIRST}/lesson.en.md": LESSON_EN.replace("quiz pick", "quiz many")},
        "lesson_languages_differ",
        f"{FIRST}/lesson.en.md",
    ),
    (
        {f"{FIRST}/lesson.ko.md": LESSON_KO + "\n::: quiz gone\n:::\n"},
        "lesson_quiz_unknown",
        f"{FIRST}/lesson.ko.md",
    ),
    (
        {f"{FIRST}/lesson.ko.md": LESSON_KO.replace("::: quiz pick\n:::\n", "")},
        "lesson_quiz_count",
        f"{FIRST}/lesson.ko.md",
    ),
    (
        {f"{FIRST}/lesson.ko.md": LESSON_KO.replace("::: lab\n:::\n", "")},
        "lesson_lab_count",
        f"{FIRST}/lesson.ko.md",
    ),
    (
        {
            f"{FIRST}/quiz.yaml": QUIZ.replace(
                "right: true, why: {ko: 맞음, en: right one}", "why: {ko: 가, en: b}"
            )
        },
        "quiz_single",
        f"{FIRST}/quiz.yaml: items[1].options",
    ),
    (
        {f"{FIRST}/quiz.yaml": QUIZ.replace("answer: 12.5", "answer: a dozen")},
        "quiz_number",
        f"{FIRST}/quiz.yaml: items[3].answer",
    ),
    (
        {f"{FIRST}/quiz.yaml": QUIZ.replace("k-?fold", "(a+)+b")},
        "quiz_pattern_slow",
        f"{FIRST}/quiz.yaml: items[4].patterns[1]",
    ),
    (
        {f"{FIRST}/quiz.yaml": QUIZ.replace("k-?fold", "(((")},
        "quiz_pattern_broken",
        f"{FIRST}/quiz.yaml: items[4].patterns[1]",
    ),
    (
        {f"{FIRST}/quiz.yaml": QUIZ.replace("id: many", "id: pick")},
        "quiz_id_twice",
        f"{FIRST}/quiz.yaml: pick",
    ),
    (
        {f"{FIRST}/quiz.yaml": QUIZ.replace('code: "print(1)", ', "")},
        "quiz_no_code",
        f"{FIRST}/quiz.yaml: items[6].code",
    ),
    (
        {f"{FIRST}/quiz.yaml": QUIZ.replace("Which is right?", "어느 것인가?")},
        "course_not_english",
        f"{FIRST}/quiz.yaml: items[1].ask.en",
    ),
    (
        {f"{FIRST}/lab/lab.py": LAB_SOURCE.replace("    # END SOLUTION\n", "")},
        "lab_solution_unclosed",
        f"{FIRST}/lab/lab.py",
    ),
    ({f"{FIRST}/lab/lab.py": "def area(a, b:\n"}, "lab_no_solution", f"{FIRST}/lab/lab.py"),
    ({f"{FIRST}/lab/lab.py": LAB_SOURCE + "def (:\n"}, "lab_syntax", f"{FIRST}/lab/lab.py"),
    (
        {f"{FIRST}/lab/lab.py": LAB_SOURCE.replace(' lang="en"', "")},
        "lab_languages_differ",
        f"{FIRST}/lab/lab.py",
    ),
    (
        {f"{FIRST}/lab/hidden.py": "def other():\n    return True\n"},
        "lab_test_missing",
        f"{FIRST}/lab/hidden.py: any_box",
    ),
    (
        {f"{FIRST}/lab/public.py": "def two_by_three():\n    return True\ndef more():\n    return True\n"},
        "lab_test_undeclared",
        f"{FIRST}/lab/public.py",
    ),
    (
        {
            f"{FIRST}/lab/lab.yaml": LAB.replace(
                ",\n     hint: {ko: 두 변을 곱하세요., en: Multiply the sides.}", ""
            )
        },
        "lab_no_hint",
        f"{FIRST}/lab/lab.yaml: tests[2].hint",
    ),
    (
        {f"{FIRST}/lab/lab.yaml": LAB + "tier: gpu\n"},
        "lab_accelerators",
        f"{FIRST}/lab/lab.yaml: accelerators",
    ),
    (
        {f"{FIRST}/lab/lab.yaml": LAB + 'accelerators: {"gpu:h100": 1}\n'},
        "lab_accelerators",
        f"{FIRST}/lab/lab.yaml: accelerators",
    ),
    (
        {f"{FIRST}/lab/lab.yaml": LAB.replace("in: public", "in: hidden, hint: {ko: 가, en: b}")},
        "lab_no_public",
        f"{FIRST}/lab/lab.yaml",
    ),
    (
        {f"{FIRST}/unit.yaml": UNIT.replace("minutes: 30", "minutes: 0")},
        "course_out_of_range",
        f"{FIRST}/unit.yaml: minutes",
    ),
    ({"notes.txt": "x"}, "course_file_unknown", "notes.txt"),
    ({f"{FIRST}/figures/Big Box.svg": "<svg/>"}, "course_file_name", f"{FIRST}/figures/Big Box.svg"),
]


@pytest.mark.parametrize(
    ("changed", "code", "place"), WRONG, ids=[f"{code}-{at}" for at, (_c, code, _p) in enumerate(WRONG)]
)
def test_each_fault_is_named_with_its_place(
    changed: dict[str, str | None], code: str, place: str, tmp_path: Path
) -> None:
    assert (code, place) in faults_of(tmp_path, **changed)


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    found = faults_of(
        tmp_path,
        **{
            "course.yaml": COURSE.replace("hours: 2", "hours: many"),
            f"{FIRST}/lesson.en.md": None,
            f"{FIRST}/quiz.yaml": QUIZ.replace("k-?fold", "((("),
            f"{FIRST}/lab/hidden.py": "def other():\n    return True\n",
        },
    )
    assert {"course_wrong_kind", "course_file_missing", "quiz_pattern_broken", "lab_test_missing"} <= {
        code for code, _place in found
    }


def test_no_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(Faulty, match="course_no_folder"):
        read(tmp_path)


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    root = Path(dure.engines.courses.__file__).parent
    texts = [path.read_text() for path in root.glob("*.py") if path.name != "fault_codes.py"]
    named = {
        node.value
        for text in texts
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(FAULTS) - named == set()
    raised = {one for one in named if re.match(r"^(course|lesson|quiz|lab)_[a-z_]+$", one)}
    assert raised - set(FAULTS) - {"quiz_points", "lab_yaml"} == set()
    assert all(sentence[-1] in ".?" for sentence in FAULTS.values())
