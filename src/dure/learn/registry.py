"""What learn brings to the ground floor: its links in the header, exports, and sentences for what can be wrong."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from dure.farm import api as farm
from dure.foundation import events, navigation
from dure.foundation.access import is_signed_in
from dure.learn import demo, fault_sentences, index, leaving
from dure.learn.cohorts import registry as sessions
from dure.learn.cohorts import registry_coached
from dure.learn.cohorts import registry_making as cohorts
from dure.learn.credentials import fault_sentences as credential_sentences
from dure.learn.credentials import leaving as credentials_leaving
from dure.learn.labs import checking, following, sources
from dure.learn.partners import registry as partners
from dure.learn.paths import registry as paths
from dure.problems import api as problems

OF_ONE: Final = (
    (_("What I can do now"), "learn:skills"),
    (_("Transcript"), "learn:transcript"),
    (_("My calendar"), "learn:my_calendar"),
)
"""What a person reads of their own learning, in the order of the menu."""


def register() -> None:
    """Called once when the app is ready."""
    fault_sentences.register()
    index.register()
    sessions.register()
    credential_sentences.register()
    credentials_leaving.register()
    paths.register()
    partners.register()
    leaving.register()
    registry_coached.register()
    sources.register()
    cohorts.register()
    events.subscribe(farm.JobDone, following.follow)
    events.subscribe(farm.JobDone, checking.follow)
    events.subscribe(problems.DemoLoaded, demo.load)
    navigation.add(_("Learn"), "learn:courses", order=15)
    for order, (label, url_name) in enumerate(OF_ONE, start=11):
        navigation.add(label, url_name, order=order, place="account", group="learning", shown=is_signed_in)
