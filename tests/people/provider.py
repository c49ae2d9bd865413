"""A tiny OpenID Connect provider on loopback: discovery, token and user info, for one user it is told about."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import jwt

from tests.background import in_background

CLIENT = {"client_id": "dure", "secret": "provider-secret-of-at-least-32-bytes"}


class Provider(ThreadingHTTPServer):
    """`claims` is what it says of whoever signs in; `asked` records the token requests it got."""

    claims: dict[str, Any]
    asked: list[dict[str, list[str]]]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def answer(self, path: str) -> dict[str, Any]:
        if path == "/token":
            about = {"iss": self.address, "aud": CLIENT["client_id"], "exp": int(time.time()) + 60}
            token = jwt.encode({**about, **self.claims}, CLIENT["secret"], algorithm="HS256")
            return {"access_token": "at", "token_type": "Bearer", "expires_in": 60, "id_token": token}
        if path == "/userinfo":
            return self.claims
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }


class _Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        self._send()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append(parse_qs(body))
        self._send()

    def _send(self) -> None:
        body = json.dumps(self.server.answer(self.path)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        """Stay quiet."""


@contextmanager
def running(**claims: Any) -> Iterator[Provider]:
    with Provider(("127.0.0.1", 0), _Handler) as provider:
        provider.claims, provider.asked = claims, []
        with in_background(provider.serve_forever, stop=provider.shutdown):
            yield provider


def settings_for(provider: Provider) -> dict[str, Any]:
    """SOCIALACCOUNT_PROVIDERS as settings makes it from DURE_OIDC."""
    app = {
        "provider_id": "campus",
        "name": "Campus Login",
        **CLIENT,
        "settings": {"server_url": provider.address},
    }
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
