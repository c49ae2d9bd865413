"""How a proposal is spoken of: what comes next, who sees it."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NEXT: Final[Mapping[str, str | Promise]] = {
    "draft": _(
        "Its lead writes it, its partners confirm that they take part, and it is submitted. A draft lapses at the deadline."
    ),
    "submitted": _(
        "The secretariat looks whether it is eligible. Until the deadline its lead may take it back."
    ),
    "under_review": _("Reviewers without a conflict of interest score it by the rubric of the call."),
    "revision_requested": _("Its lead answers a question by the day that stands there; then reviews go on."),
    "discussion": _("It is discussed. All decisions of the call are announced at once."),
    "waitlisted": _("It waits until money is freed, at most sixty days after the announcement."),
    "accepted": _("It is accepted. The secretariat makes a project of it."),
    "awarded": _("It has become a project."),
    "declined": _("It was declined. What was said about it stands here."),
    "withdrawn": _("It is over: withdrawn, or never submitted."),
}


def who_sees(proposal: Any) -> str:
    """In words, for the reader."""
    own = str(
        _(
            "Its lead, the people named in it and representatives of the organisations that were asked to take part."
        )
    )
    if proposal.submitted_at is None:
        return own + " " + str(_("As long as it is a draft the secretariat does not read it."))
    others = str(
        _("The secretariat, auditors, and reviewers who are assigned to it and have no conflict of interest.")
    )
    return f"{own} {others}"
