"""What discussions bring to the ground floor: a searchable kind, and the kinds of notices (registered on import)."""

from django.utils.translation import gettext_lazy as _

from dure.foundation import search
from dure.problems import index_talk
from dure.problems import notices_talk as _notices_talk  # noqa: F401 - importing registers its kinds


def register() -> None:
    """Called once when the app is ready."""
    search.register_kind(index_talk.KIND, label=_("Discussions"), visible_uids=index_talk.visible_uids)
