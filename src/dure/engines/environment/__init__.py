"""The packages that submitted programs find: a Python environment of its own, apart from the one that Dure runs in.

Its digest names it wherever a program ran: a result can be reached again only with the same packages. Nothing here installs
anything; `dure environment` does.
"""

from dure.engines.environment.standard import INSIDE, PINS, Environment, standard

__all__ = ["INSIDE", "PINS", "Environment", "standard"]
