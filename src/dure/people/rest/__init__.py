"""REST of people: one router, and who calls."""

from dure.people.callers import authenticate, require_scope
from dure.people.rest.router import router

__all__ = ["authenticate", "require_scope", "router"]
