"""Text from bytes of a bundle."""

from dure.problems.codabench.notes import Notes


def decoded(raw: bytes, *, place: str, notes: Notes) -> str:
    """Text from bytes: UTF-8, else CP949 (said); empty with a fault where it is neither."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = raw.decode("cp949")
    except UnicodeDecodeError:
        notes.fault("text_undecodable", place)
        return ""
    notes.warn("text_recoded", place, encoding="cp949")
    return text
