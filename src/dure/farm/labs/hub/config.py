"""JupyterHub reads this file as its settings; `dure up --labs` says through the environment where everything is."""

import os

from dure.farm.labs.hub.setting import Place, configure

configure(c, Place.of(os.environ))  # type: ignore[name-defined]  # noqa: F821 - JupyterHub puts it there
