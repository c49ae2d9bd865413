"""`dure site`: programs come to data that stays with its owner, on the owner's machine (decision 21).

It talks to Dure over outbound HTTPS alone. It needs no database server: a folder holds its key, its journal and its work.
"""

from dure.cli.site.commands import add_arguments, run

__all__ = ["add_arguments", "run"]
