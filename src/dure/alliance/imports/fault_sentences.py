"""What can be wrong with a list that is entered from a spreadsheet, in words."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.faults import register_sentences

SENTENCES = {
    "list_column_missing": _("The column “%(value)s” is missing."),
    "list_no_choice": _("This cannot be chosen here. One of: %(choices)s."),
    "list_cell_refused": _("%(why)s"),
    "list_line_refused": _("%(why)s"),
}


def register() -> None:
    """Called once when the app is ready."""
    register_sentences(SENTENCES)
