"""All operations of people."""

from ninja import Router

from dure.people.rest import tokens

router = Router(tags=["people"])
router.add_router("", tokens.router)
