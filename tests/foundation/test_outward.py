"""Reading what stands at an address: bounded in size and time, over TLS, and never in our own network."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dure.foundation import outward
from tests.foundation.receiver import Receiver, certificate, receiving


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def receiver(pem: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Receiver]:
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    settings.WEBHOOK_HOSTS = ["127.0.0.1"]
    with receiving(pem) as running:
        running.pages["/keys"] = b'{"keys": []}'
        yield running


def code(url: str, *, most: int = 100) -> str:
    with pytest.raises(outward.OutwardError) as refused:
        outward.fetch(url, most=most)
    return refused.value.code


def test_what_stands_there_is_read_to_its_end(receiver: Receiver) -> None:
    assert outward.fetch(receiver.at("/keys"), most=12) == b'{"keys": []}'


def test_more_than_was_asked_for_is_not_read(receiver: Receiver) -> None:
    assert code(receiver.at("/keys"), most=11) == "too_large"
    receiver.pages["/keys"] = b"x" * 50_000_000
    assert code(receiver.at("/keys"), most=1000) == "too_large"


def test_half_an_answer_is_none(receiver: Receiver) -> None:
    receiver.promised = 5
    assert code(receiver.at("/keys")) == "cut_off"


@pytest.mark.parametrize(("answer", "said"), [(302, "redirected"), (404, "refused"), (500, "refused")])
def test_an_answer_that_is_no_yes_is_not_read(receiver: Receiver, answer: int, said: str) -> None:
    receiver.answer, receiver.location = answer, "https://example.org/"
    assert code(receiver.at("/elsewhere")) == said


def test_one_who_drips_is_left_in_time(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outward, "SECONDS", 0.6)
    receiver.dripping = 0.2
    begun = time.monotonic()
    assert code(receiver.at("/elsewhere")) == "timeout"
    assert time.monotonic() - begun < 5


def test_our_own_network_is_not_asked(receiver: Receiver, settings: Any) -> None:
    settings.WEBHOOK_HOSTS = []
    assert code(receiver.at("/keys")) == "not_public"
    assert code("http://example.org/keys") == "no_address"
    assert receiver.got == []
