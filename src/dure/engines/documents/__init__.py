"""Documents as values, and their writers: a page's HTML, PDF, HWPX, XLSX and CSV all come from the same blocks."""

from dure.engines.documents.checking import check, faults_of, without_unseen
from dure.engines.documents.fault_codes import FAULTS
from dure.engines.documents.html import to_html
from dure.engines.documents.hwpx import to_hwpx
from dure.engines.documents.paper import letters_without_shape, to_pdf
from dure.engines.documents.sheets import to_csv, to_xlsx
from dure.engines.documents.values import (
    Bar,
    Block,
    Cell,
    Clause,
    Column,
    Document,
    Figures,
    Heading,
    KeyValues,
    Language,
    Listing,
    Note,
    PageBreak,
    Paragraph,
    Prose,
    Signatory,
    SignatureSlots,
    Span,
    Subclause,
    Table,
)

__all__ = [
    "FAULTS",
    "Bar",
    "Block",
    "Cell",
    "Clause",
    "Column",
    "Document",
    "Figures",
    "Heading",
    "KeyValues",
    "Language",
    "Listing",
    "Note",
    "PageBreak",
    "Paragraph",
    "Prose",
    "Signatory",
    "SignatureSlots",
    "Span",
    "Subclause",
    "Table",
    "check",
    "faults_of",
    "letters_without_shape",
    "to_csv",
    "to_html",
    "to_hwpx",
    "to_pdf",
    "to_xlsx",
    "without_unseen",
]
