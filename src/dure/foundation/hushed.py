"""Addresses that are secrets by themselves never stand in a log: calendars, login links, invitations."""

import logging
import re
from typing import Final

_SECRET: Final = re.compile(r"(/(?:calendar|enter|invitations)/)[^/\s?\"']+")


def hushed(text: str) -> str:
    """The text with what is secret in such addresses left out."""
    return _SECRET.sub(r"\1…", text)


class Hushed(logging.Filter):
    """A filter of log handlers: Django itself logs the addresses that it answers with an error."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if (told := hushed(said)) != said:
            record.msg, record.args = told, ()
        return True
