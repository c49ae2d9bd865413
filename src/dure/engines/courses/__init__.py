"""Courses as folders: read with all faults at once, judged answer by answer, packed so that equal content has an equal hash.

The form is in docs/reference/course-folder; decision 22 says why it is made so. Nothing here runs a lab's code.
"""

from dure.engines.courses.answering import Judged, is_whole, judged, shown_options
from dure.engines.courses.cells import Cell, cells_of, code_of, program_of, without_solutions
from dure.engines.courses.fault_codes import FAULTS
from dure.engines.courses.packing import PARTS, WHOLE, pack_course, take, take_folder
from dure.engines.courses.reading import LICENCES, RESERVED, read
from dure.engines.courses.rendering import render
from dure.engines.courses.values import Block, Course, Item, Lab, Option, Test, Text, Unit

__all__ = [
    "FAULTS",
    "LICENCES",
    "PARTS",
    "RESERVED",
    "WHOLE",
    "Block",
    "Cell",
    "Course",
    "Item",
    "Judged",
    "Lab",
    "Option",
    "Test",
    "Text",
    "Unit",
    "cells_of",
    "code_of",
    "is_whole",
    "judged",
    "pack_course",
    "program_of",
    "read",
    "render",
    "shown_options",
    "take",
    "take_folder",
    "without_solutions",
]
