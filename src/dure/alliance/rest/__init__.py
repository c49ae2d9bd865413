"""REST of the alliance: one router per concept, the same actions and queries as the pages."""

from ninja import Router

router = Router(tags=["alliance"])
