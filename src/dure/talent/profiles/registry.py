"""What profiles bring to the floors below."""

from django.utils.translation import gettext_lazy as _

from dure.foundation import events, navigation
from dure.foundation.access import is_signed_in
from dure.foundation.waiting import declare
from dure.learn import api as learn
from dure.problems import api as problems
from dure.talent.profiles import checking, gathering, leaving, profiling, retention, waiting  # noqa: F401 - retention deletes by the clock


def register() -> None:
    """Called once when the app is ready."""
    checking.register()
    profiling.register()
    leaving.register()
    declare(waiting.CONTESTED)
    declare(waiting.ASKED)
    navigation.add(
        _("My evidence"), "talent:evidence", order=11, place="account", group="learning", shown=is_signed_in
    )
    events.subscribe(problems.ResultRecorded, _hear)
    events.subscribe(learn.SkillsChanged, _hear)
    events.subscribe(learn.CertificateRecognised, _hear)
    events.subscribe(learn.CertificateUnrecognised, _hear)


def _hear(
    event: problems.ResultRecorded
    | learn.SkillsChanged
    | learn.CertificateRecognised
    | learn.CertificateUnrecognised,
) -> None:
    gathering.hear(event.person)
