"""REST of problems."""

from ninja import Router

router = Router(tags=["problems"])
