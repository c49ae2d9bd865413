"""An issuer elsewhere, over real TLS."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.factories.partners import Elsewhere
from tests.foundation.receiver import certificate, receiving


@pytest.fixture(scope="session")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def elsewhere(tls: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Elsewhere]:
    """This process trusts its certificate, and is allowed to speak to it."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tls))
    settings.WEBHOOK_HOSTS = ["127.0.0.1"]
    with receiving(tls) as running:
        yield Elsewhere(running)
