"""What topics bring to the floors below."""

from django.utils.translation import gettext_lazy as _

from dure.alliance.topics import becoming, fault_sentences, leaving, waiting
from dure.foundation import navigation
from dure.foundation.access import is_signed_in


def register() -> None:
    """Called once when the app is ready."""
    fault_sentences.register()
    leaving.register()
    waiting.register()
    becoming.register()
    navigation.add(_("Topics"), "alliance:topics", order=32, place="account", shown=is_signed_in)
