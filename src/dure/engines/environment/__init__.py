"""Packages of their own, apart from those that Dure runs on: for submitted programs, for labs, and for the labs' hub.

The digest of what programs find names it wherever a program ran: a result can be reached again only with the same packages. Nothing
here installs anything; `dure environment` and `dure labs` do.
"""

from dure.engines.environment.offered import FOR_PROGRAMS, INSIDE, Environment, hub, labs, named, standard

__all__ = ["FOR_PROGRAMS", "INSIDE", "Environment", "hub", "labs", "named", "standard"]
