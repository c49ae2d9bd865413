"""What the labs' JupyterHub is told: sign-in through Dure, servers through Dure's farm, and no open door on this machine."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from dure.farm.labs.hub import service
from dure.farm.labs.hub.dure import Dure
from dure.farm.labs.hub.proxy import LabProxy
from dure.farm.labs.hub.spawner import LabSpawner

GROUP = "labs"
"""Whom Dure lets into labs; everybody else is turned away at the hub's door."""
CLIENT = "labs"
ACTIVITY_S = 60


@dataclass(frozen=True, slots=True)
class Place:
    """`folder` is the labs' own in the data folder; `bind` is where the proxy listens, `url` how people reach it."""

    folder: Path
    bind: str
    url: str
    dure: str

    @classmethod
    def of(cls, env: Mapping[str, str]) -> Self:
        return cls(
            Path(env["DURE_LABS_FOLDER"]),
            env["DURE_LABS_BIND"],
            env["DURE_LABS_URL"].rstrip("/"),
            env["DURE_LABS_HOME_URL"].rstrip("/"),
        )


def configure(c: Any, place: Place) -> None:
    """Fill JupyterHub's configuration."""
    keys = json.loads((place.folder / "keys.json").read_text())
    _hub(c, place)
    _sign_in(c, place, keys["client"])
    service.configure(c, keys["door"])
    c.JupyterHub.spawner_class = LabSpawner
    LabSpawner.dure = Dure(place.dure, keys["door"])
    LabSpawner.hub_socket = str(place.folder / "hub.sock")
    c.Spawner.environment = {"JUPYTERHUB_ACTIVITY_INTERVAL": str(ACTIVITY_S)}


def _hub(c: Any, place: Place) -> None:
    """The hub itself listens on a Unix socket in the closed data folder; of TCP there is the proxy's port alone.

    A hub that ends leaves the labs alone: they belong to the farm, and the next hub finds them again.
    """
    address = f"http+unix://{quote(str(place.folder / 'hub.sock'), safe='')}"
    c.JupyterHub.bind_url = place.bind
    c.JupyterHub.public_url = place.url + "/"
    c.JupyterHub.hub_bind_url = c.JupyterHub.hub_connect_url = address
    c.JupyterHub.proxy_class = LabProxy
    c.JupyterHub.cleanup_servers = False
    c.JupyterHub.cookie_secret_file = str(place.folder / "cookie_secret")
    c.JupyterHub.db_url = f"sqlite:///{place.folder / 'hub.sqlite'}"
    c.JupyterHub.concurrent_spawn_limit = 8
    c.JupyterHub.redirect_to_server = True
    c.JupyterHub.implicit_spawn_seconds = 1.0  # who goes to a lab that is off wants it on
    c.JupyterHub.shutdown_on_logout = False
    c.JupyterHub.template_paths = [str(Path(__file__).with_name("templates"))]
    c.JupyterHub.template_vars = {"dure_url": place.dure}


def _sign_in(c: Any, place: Place, secret: str) -> None:
    c.JupyterHub.authenticator_class = "generic-oauth"
    sign_in = c.GenericOAuthenticator
    sign_in.client_id, sign_in.client_secret = CLIENT, secret
    sign_in.oauth_callback_url = f"{place.url}/hub/oauth_callback"
    sign_in.authorize_url = f"{place.dure}/identity/o/authorize"
    sign_in.token_url = f"{place.dure}/identity/o/api/token"
    sign_in.userdata_url = f"{place.dure}/identity/o/api/userinfo"
    sign_in.username_claim = "person"
    sign_in.scope = ["openid", "profile"]
    sign_in.enable_pkce = sign_in.auto_login = sign_in.manage_groups = True
    sign_in.auth_state_groups_key = "oauth_user.groups"
    sign_in.allowed_groups = {GROUP}
