"""A report of an audit, for the walk over all addresses."""

from typing import Any

from dure.people.models import Organisation
from tests.factories import audits

MAY_READ = {"audited": {"owner", "secretariat", "auditor"}}
"""Which role may read which hidden word of audits."""


def reported(firm: Organisation, *, title: str = "Shown") -> dict[tuple[str, str], Any]:
    """The report of an opening of this organisation that was withdrawn, which only who looks after it sees itself."""
    made = audits.decided(
        firm, groups=[({"sex": "female"}, 3, 1)], state="withdrawn", title_ko=title, title_en=title
    )
    return {("audits", "uid"): audits.report(made).uid}
