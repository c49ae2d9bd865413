"""A notebook that was made for nbgrader is taken in as a course; what remains to be done by hand is told."""

from typing import IO, Any

from dure.engines.courses import notebook
from dure.foundation import faults, files
from dure.foundation.access import demand
from dure.foundation.faults import Fault
from dure.foundation.limited import child
from dure.learn import rules
from dure.learn.actions import versions
from dure.learn.models import CourseVersion
from dure.people import api as people


def take_notebook(
    *,
    by: Any,
    stream: IO[bytes],
    name: str,
    organisation: people.Organisation | None,
    licence: str,
    skill: str = notebook.USUAL_SKILL,
) -> tuple[CourseVersion, list[Fault]]:
    """A new course of the notebook called `name`, or a new version of one's own that was made of it before.

    The same notebook again is the same version, with the same remarks. Raises Denied, Faulty with every fault, StorageUnavailable.
    """
    demand(rules.may_make_courses(by, organisation))
    blob = versions.kept(stream)
    with files.scratch() as packed:
        left = child.call(
            "dure.engines.courses.notebook:take_notebook",
            path=str(files.local_path(blob.sha256)),
            out=str(packed),
            name=name,
            licence=licence,
            skill=skill,
        )
        with packed.open("rb") as stream_of_folder:
            version = versions.take(by=by, stream=stream_of_folder, organisation=organisation)
    return version, [faults.of_json(one) for one in left]
