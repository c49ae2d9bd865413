"""Who gives the credentials of this installation."""

from django.conf import settings

from dure.engines import credentials as ob
from dure.learn.credentials import addresses


def issuer_of(address: str) -> ob.Issuer:
    """The alliance under one of its addresses."""
    return ob.Issuer(url=addresses.issuer(address), name=settings.ALLIANCE_NAME, home=address)
