"""The door to PDF, which is not opened before somebody prints."""

from dure.engines.documents.values import Document


def to_pdf(document: Document) -> bytes:
    """The document on A4 with its title and language, each page numbered as 3 / 12. Raises Faulty with every fault.

    The same document gives the same bytes, so that their SHA-256 can be signed; keep the bytes, for a later version of the
    software may lay them out otherwise.
    """
    from dure.engines.documents.pdf.writing import write  # noqa: PLC0415 - reportlab takes half a second to load

    return write(document)


def letters_without_shape(document: Document) -> str:
    """The letters that come out as a striped box in PDF, such as Chinese ones: to be asked before somebody signs."""
    from dure.engines.documents.pdf.writing import without_shape  # noqa: PLC0415 - same

    return without_shape(document)
