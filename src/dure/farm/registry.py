"""What the farm brings to the ground floor: its link in the header, to-dos, exports, and sentences for what can be wrong."""

from django.utils.translation import gettext_lazy as _

from dure.farm import exports, todos_sharing
from dure.farm import fault_sentences_asking as asking
from dure.farm import notices_jobs as _notices_jobs  # noqa: F401 - importing registers its kind
from dure.farm.actions import emptying
from dure.farm.fault_sentences_sharing import SENTENCES
from dure.farm.labs import leaving, sources
from dure.foundation import events, faults, navigation, notices
from dure.foundation.access import is_signed_in
from dure.people import api as people


def register() -> None:
    """Called once when the app is ready."""
    faults.register_sentences(asking.SENTENCES, in_bytes=asking.IN_BYTES)
    faults.register_sentences(SENTENCES)
    exports.register()
    events.subscribe(people.AccountDeleted, emptying.forget_person)
    notices.register_todos(todos_sharing.todos)
    leaving.register()
    sources.register_lab_source("empty", sources.empty)
    navigation.add(_("Labs"), "farm:lab", order=31, place="account", shown=is_signed_in)
    navigation.add(_("Farm"), "farm:now", order=30, shown=is_signed_in)
