"""Which language the terminal speaks. Django's translations would cost a second of start-up here."""

import os
import unicodedata


def korean() -> bool:
    """Say whether the person's terminal is set to Korean (LC_ALL, LC_MESSAGES, LANG, in that order)."""
    chosen = next(
        (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), ""
    )
    return chosen.lower().startswith("ko")


def either(en: str, ko: str) -> str:
    """Return the text in the terminal's language."""
    return ko if korean() else en


def padded(text: str, width: int) -> str:
    """Return the text filled up to `width` columns of a terminal, where a Hangul syllable takes two."""
    columns = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
    return text + " " * max(0, width - columns)
