"""What the pages of scouting say about who reads what."""

from typing import Any

from django.utils.translation import gettext_lazy as _


def who_sees(row: Any) -> str:
    """Who reads it, down to the rival next door."""
    if row.reach == "shared":
        return str(
            _(
                "Representatives and coordinators of all members, competitors among them, the secretariat and auditors. "
                "Each meeting has its own readers; whom it was that was met, only the side that wrote it down reads."
            )
        )
    if row.organisation_id is None:
        return str(_("The secretariat and auditors alone. No member learns that it looks at this startup."))
    return str(
        _(
            "Representatives and coordinators of the organisation that wrote it down, and nobody else: neither other members "
            "nor the secretariat learn that it looks at this startup."
        )
    )
