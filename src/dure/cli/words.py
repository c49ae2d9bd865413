"""Which language the terminal speaks. Django's translations would cost a second of start-up here."""

import os


def korean() -> bool:
    """Say whether the person's terminal is set to Korean (LC_ALL, LC_MESSAGES, LANG, in that order)."""
    chosen = next(
        (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), ""
    )
    return chosen.lower().startswith("ko")


def either(en: str, ko: str) -> str:
    """Return the text in the terminal's language."""
    return ko if korean() else en
