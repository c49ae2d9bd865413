"""The sentences of what can be wrong with a course folder."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from dure.engines import bounded_yaml, courses
from dure.engines.courses import notebook
from dure.foundation.faults import register_sentences

IN_BYTES: Final = frozenset(
    {"cells_too_large", "course_file_too_large", "course_too_large", "nbgrader_too_large"}
)
TABLES: Final = (courses.FAULTS, bounded_yaml.SENTENCES, notebook.FAULTS, notebook.REMARKS)
OWN: Final = {
    "no_answer": _("Choose or write an answer first."),
    "cells_too_large": _("The cells are too many or too long: at most %(cells)s cells and %(limit)s in all."),
    "no_course_file": _("Choose the course as a zip first."),
}


def register() -> None:
    """Make every code speak; called once when the app is ready."""
    for table in TABLES:
        register_sentences({code: _(sentence) for code, sentence in table.items()}, in_bytes=IN_BYTES)
    register_sentences(OWN, in_bytes=IN_BYTES)
