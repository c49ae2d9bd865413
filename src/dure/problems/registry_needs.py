"""What needs and workrooms bring to the ground floor: a searchable kind, to-dos, duties of the clock, links."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.foundation import navigation, notices, search
from dure.foundation.access import Role, has_role, is_signed_in
from dure.problems import clock_needs as _clock_needs  # noqa: F401 - importing registers its duties
from dure.problems import clock_workrooms as _clock_workrooms  # noqa: F401 - same
from dure.problems import index_needs, todos
from dure.problems.models import Problem


def register() -> None:
    """Called once when the app is ready."""
    search.register_kind(
        index_needs.KIND,
        label=_("Problems"),
        visible_uids=lambda person: Problem.objects.visible_to(person).order_by().values("uid"),
    )
    notices.register_todos(todos.todos)
    navigation.add(_("Problems"), "problems:needs", order=10)
    navigation.add(_("Workrooms"), "problems:workrooms", order=30, place="account", shown=is_signed_in)
    navigation.add(_("Triage"), "problems:triage", order=20, shown=_triages)


def _triages(person: Any) -> bool:
    return has_role(person, Role.SECRETARIAT)
