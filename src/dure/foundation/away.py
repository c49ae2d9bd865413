"""What Django says when the database is gone, or was during the last word."""

from typing import Final

from django.db import InterfaceError, OperationalError

AWAY: Final = (OperationalError, InterfaceError)
