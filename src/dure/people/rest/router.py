"""All operations of people."""

from ninja import Router

from dure.people.rest import account, accounts, imports, organisations, people, skills, tokens

router = Router(tags=["people"])
for part in (people, organisations, account, tokens, accounts, imports, skills):
    router.add_router("", part.router)
