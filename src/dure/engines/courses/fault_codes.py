"""Every fault that a course folder can have, each with its English sentence. Place and line stand beside it."""

from collections.abc import Mapping
from typing import Final

from dure.engines.faults import gettext_noop

FAULTS: Final[Mapping[str, str]] = {
    "course_no_folder": gettext_noop("There is no course.yaml. Give the folder that holds it."),
    "course_file_missing": gettext_noop("This file is missing."),
    "course_file_too_large": gettext_noop("This file is larger than %(limit)s."),
    "course_file_not_utf8": gettext_noop("This file is not text in UTF-8."),
    "course_file_name": gettext_noop(
        "Names of files have small letters of a to z, digits, “-”, “_” and “.” only."
    ),
    "course_file_unknown": gettext_noop("Nothing reads this file; see the reference of course folders."),
    "course_too_many_files": gettext_noop("There are %(found)s files; at most %(limit)s are read."),
    "course_too_large": gettext_noop("All files together are larger than %(limit)s."),
    "course_not_mapping": gettext_noop("The file must be a mapping of keys to values."),
    "course_key_twice": gettext_noop("The key “%(key)s” stands twice."),
    "course_missing": gettext_noop("This is missing."),
    "course_unknown_key": gettext_noop("This key is not known here."),
    "course_choice": gettext_noop("One of these is wanted: %(expected)s."),
    "course_pattern": gettext_noop("This is not written as it must be (%(pattern)s)."),
    "course_empty": gettext_noop("This is empty or too short."),
    "course_too_long": gettext_noop("This is too long."),
    "course_wrong_kind": gettext_noop("A value of another kind is wanted here (%(wanted)s)."),
    "course_not_text": gettext_noop(
        "A text is wanted here. Put it in quotes: YAML reads yes, no, on and off as truth values."
    ),
    "course_out_of_range": gettext_noop("This number is outside its range (%(wanted)s)."),
    "course_id_reserved": gettext_noop("“%(id)s” is the address of another page here; choose another id."),
    "course_licence_unknown": gettext_noop("“%(licence)s” is no open licence of the list: %(known)s."),
    "course_skill_unknown": gettext_noop("“%(skill)s” is not in the skill catalogue."),
    "course_unit_unlisted": gettext_noop("course.yaml does not list this unit."),
    "course_unit_twice": gettext_noop("course.yaml lists this unit twice."),
    "course_not_korean": gettext_noop("This has no Hangul in it, though it is the Korean text."),
    "course_not_english": gettext_noop("This is written in Hangul, though it is the English text."),
    "lesson_block_open": gettext_noop("This block is never closed with three colons."),
    "lesson_block_nested": gettext_noop("A block begins before the one before it has ended."),
    "lesson_block_unknown": gettext_noop(
        "“%(kind)s” is no block; there are note, warning, try, quiz, lab and video."
    ),
    "lesson_film_unfit": gettext_noop("Write a film as: video https://… | title | captions: https://…."),
    "lesson_math": gettext_noop("This formula cannot be read: %(formula)s."),
    "lesson_html": gettext_noop("Write no HTML in lessons."),
    "lesson_link": gettext_noop("Links begin with https://, http:// or mailto:."),
    "lesson_figure_missing": gettext_noop("There is no such figure: %(path)s."),
    "lesson_figure_silent": gettext_noop("Say in words what the figure shows, between the square brackets."),
    "lesson_languages_differ": gettext_noop(
        "The blocks of the two languages differ: both need the same quizzes, lab and films in the same order."
    ),
    "lesson_quiz_unknown": gettext_noop("There is no item “%(item)s” in this unit's quiz."),
    "lesson_quiz_count": gettext_noop("The item “%(item)s” must stand exactly once in the lesson."),
    "lesson_lab_count": gettext_noop("The lab must stand exactly once in the lesson."),
    "quiz_id_twice": gettext_noop("Another item of the course has this id."),
    "quiz_single": gettext_noop("Exactly one option must be right."),
    "quiz_several": gettext_noop("At least one option must be right and one wrong."),
    "quiz_order": gettext_noop("List at least three options in the right order, none marked right."),
    "quiz_option_unexplained": gettext_noop("Say why this option is right or wrong."),
    "quiz_no_options": gettext_noop("This kind of item has no options."),
    "quiz_number": gettext_noop("The answer must be a number."),
    "quiz_no_answer": gettext_noop("There is no answer to compare with."),
    "quiz_pattern_broken": gettext_noop("This pattern is no regular expression."),
    "quiz_pattern_slow": gettext_noop(
        "This pattern may take for ever on some answers: no repetition within a repetition, at most three open ones."
    ),
    "quiz_no_code": gettext_noop("Give the program whose output is asked for."),
    "lab_syntax": gettext_noop("Python cannot read this."),
    "lab_no_solution": gettext_noop("There is no solution between BEGIN SOLUTION and END SOLUTION."),
    "lab_solution_unclosed": gettext_noop(
        "BEGIN SOLUTION and END SOLUTION do not stand in pairs from this line on."
    ),
    "lab_languages_differ": gettext_noop("Give as many Korean text cells as English ones."),
    "lab_accelerators": gettext_noop(
        "A lab of the tier gpu names its accelerators, and no other lab does: accelerators: {“gpu:h100”: 1}."
    ),
    "lab_test_twice": gettext_noop("Two tests have this id."),
    "lab_test_missing": gettext_noop("There is no function of this name without arguments."),
    "lab_test_undeclared": gettext_noop("lab.yaml does not list the test “%(test)s”."),
    "lab_no_public": gettext_noop("Give at least one public test: learners need a foothold."),
    "lab_no_hidden": gettext_noop("Give at least one hidden test: a public one can be answered by heart."),
    "lab_tests_broken": gettext_noop("With the program “%(program)s” the tests themselves fail: %(why)s."),
    "lab_reference_fails": gettext_noop("The reference solution does not pass the test “%(test)s”."),
    "lab_stub_passes": gettext_noop("The test “%(test)s” is passed by a program that solves nothing."),
    "lab_cheat_passes": gettext_noop("The test “%(test)s” is passed by the known cheat “%(program)s”."),
    "lab_no_hint": gettext_noop("A hidden test needs a hint, which learners read when it fails."),
}
