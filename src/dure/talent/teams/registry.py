"""What teams bring to the floors below."""

from dure.foundation import events
from dure.foundation.waiting import declare
from dure.talent.events import ConsentTakenBack
from dure.talent.teams import by_date, fault_sentences, following, leaving, panel, waiting  # noqa: F401 - by_date runs by the clock


def register() -> None:
    """Called once when the app is ready."""
    fault_sentences.register()
    leaving.register()
    panel.register()
    declare(waiting.ASKED)
    declare(waiting.FREE)
    declare(waiting.ENTER)
    events.subscribe(ConsentTakenBack, following.follow)
