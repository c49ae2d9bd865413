"""The demo alliance's school: the courses that come with Dure, given by its instructor, a cohort of one, and labs handed in."""

from dure.foundation.access import Role
from dure.learn import shipped
from dure.learn.actions import versions
from dure.learn.cohorts import demo as cohorts
from dure.learn.labs import demo as labs
from dure.people import api as people
from dure.problems import api as problems


def load(_event: problems.DemoLoaded) -> None:
    """Put the courses that come with Dure into the demo. Harmless when run twice."""
    instructor = people.Person.objects.filter(is_demo=True, roles__contains=[Role.INSTRUCTOR]).first()
    home = people.own_organisations(instructor).first() if instructor else None
    if instructor is None or home is None:
        return
    for folder in shipped.folders():
        versions.take_shipped(folder, organisation=home, authors=[instructor])
    cohorts.load(instructor, home)
    labs.load()
