"""How a call is spoken of: what comes next, who sees it."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.people import api as people

NEXT: Final[Mapping[str, str | Promise]] = {
    "draft": _("The secretariat writes its text, its rubric and its rules. Then it is published."),
    "open": _(
        "Members draft proposals together and submit them until the deadline. Drafts that are not submitted lapse with it."
    ),
    "reviewing": _(
        "The secretariat looks whether proposals are eligible and assigns reviewers, who score them by the rubric."
    ),
    "deciding": _("The proposals are discussed. The decisions are announced to all at once."),
    "announced": _(
        "What was accepted becomes projects. When an accepted proposal is withdrawn, the waiting list moves up."
    ),
    "archived": _("It is over. Its text and its proposals stay."),
    "cancelled": _("It was cancelled, and its proposals ended with it. The reason stands here."),
}


def who_sees(call: Any) -> str:
    """In words, for the reader."""
    if call.published_at is None:
        return str(_("Before it is published: the secretariat."))
    mine = str(
        _(
            "A draft of a proposal: its lead, the people named in it and representatives of its partners, not the secretariat. "
            "What is submitted: the secretariat, auditors and the reviewers who are assigned, too."
        )
    )
    return f"{people.who_sees(call.reach, None)} {mine}"
