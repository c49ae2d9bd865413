"""Labs of courses in JupyterLab: a notebook with the learner's cells, and the lab's data beside it."""

from typing import Any, Final

from django.utils.translation import get_language

from dure.farm import api as farm
from dure.foundation.access import Hidden
from dure.learn import access
from dure.learn.actions.enrolments import demand_learning
from dure.learn.models import Lab
from dure.learn.queries.labs import lab_of

KIND: Final = "course"


def register() -> None:
    """Called once when the app is ready."""
    farm.register_lab_source(KIND, work_of)


def work_of(person: Any, ref: str) -> farm.LabWork:
    """The lab that `COURSE/UNIT` names, for whoever takes the course. Raises Hidden or Denied."""
    slug, _slash, name = ref.partition("/")
    enrolment = access.access_enrolment(person, slug)
    demand_learning(person, enrolment)
    unit = enrolment.version.taught.unit(name)
    if unit is None or unit.lab is None:
        raise Hidden(ref)
    view = lab_of(enrolment, unit, str(get_language() or "ko"))
    data = Lab.objects.get(version_id=enrolment.version_id, unit=name).data_id
    return farm.LabWork(
        folder=f"{slug}-{name}",
        title=view.title,
        cells=tuple((cell.kind, cell.text) for cell in view.cells),
        files=(farm.LabFile("data", data, unpack=True),) if data else (),
    )
