"""What is said of a foreign certificate."""

from django.utils.translation import gettext as _

from dure.learn.models import Recognition


def recognised_by(row: Recognition) -> str:
    """By whom it was recognised, or an empty text."""
    by = row.decided_by.name if row.decided_by else ""
    return recognised_as(row.state, row.issuer_name if row.state == "verified" else by)


def recognised_as(state: str, by: str) -> str:
    """The same of a certificate in this state, recognised by an issuer or a reviewer of this name."""
    if state == "verified":
        return _("verified by its signature: %(issuer)s") % {"issuer": by}
    return _("by %(person)s") % {"person": by} if state == "accepted" and by else ""


def after(row: Recognition) -> str:
    """What is said once it is handed in."""
    if row.state == "verified":
        return _("Its signature was verified: it is recognised, and its skills count.")
    return _("It is handed in. A reviewer decides, and you are told.")
