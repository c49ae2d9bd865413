"""Everything that can be wrong with a document, each with its English sentence. The place stands beside it."""

from collections.abc import Mapping
from typing import Final

from dure.engines.faults import gettext_noop

FAULTS: Final[Mapping[str, str]] = {
    "document_language": gettext_noop("A document is written in Korean (ko) or English (en)."),
    "document_empty": gettext_noop("Nothing is written here."),
    "document_too_much": gettext_noop("There are more than %(limit)s here."),
    "document_text_long": gettext_noop("The text is longer than %(limit)s characters."),
    "document_text_control": gettext_noop(
        "The text has a character that cannot be seen (%(code)s); type the text anew."
    ),
    "document_heading_level": gettext_noop("A heading has level 1, 2 or 3."),
    "document_row_width": gettext_noop("The row has %(found)s cells, the table %(expected)s columns."),
    "document_number": gettext_noop("A number must be finite."),
    "document_digits": gettext_noop("A number is written with 0 to %(limit)s decimal places."),
    "document_bar_negative": gettext_noop("A bar cannot be shorter than nothing."),
    "document_link": gettext_noop("A link begins with https://, http:// or mailto:."),
    "document_article_number": gettext_noop(
        "Articles are numbered from 1; what was inserted behind one, from 2."
    ),
    "document_article_twice": gettext_noop("The number of this article stands twice."),
}
