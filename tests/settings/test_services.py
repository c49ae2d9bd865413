"""Mail and files with real servers at the other end: a small SMTP server, and moto's S3."""

import io
import socket
import socketserver
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from django.core.files.storage import storages
from django.core.mail import EmailMessage
from django.test import override_settings

from dure.foundation import files
from dure.foundation.files import StorageUnavailable
from dure.foundation.models import Blob
from dure.settings import env
from tests.faulty import ObjectStore, object_store

CONTENT = b"age,strength\n28,41.2\n" * 100


class Smtp(socketserver.StreamRequestHandler):
    """Takes every mail, says who sent what to whom, and knows no more SMTP than that."""

    def handle(self) -> None:
        self.answer("220 ready")
        while line := self.rfile.readline().decode().strip():
            word = line.split(maxsplit=1)[0].upper()
            if word == "DATA":
                self.answer("354 go on")
                self.server.mails.append(b"".join(iter(self.rfile.readline, b".\r\n")).decode())  # type: ignore[attr-defined]  # set where the server is made
            self.answer("221 bye" if word == "QUIT" else "250 well")
            if word == "QUIT":
                return

    def answer(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def smtp() -> Iterator[tuple[int, list[str]]]:
    """The port of a mail server, and the mails it has taken."""
    with socketserver.TCPServer(("127.0.0.1", 0), Smtp) as server:
        mails: list[str] = []
        server.mails = mails  # type: ignore[attr-defined]  # read by the handler above
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1], mails
        server.shutdown()


def test_mail_reaches_the_server_that_is_named(
    smtp: tuple[int, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, mails = smtp
    monkeypatch.setenv("DURE_MAIL_URL", f"smtp://127.0.0.1:{port}")
    with override_settings(**env.mail()):
        EmailMessage("새 알림", "본문입니다", "dure@example.org", ["kim@example.org"]).send()
    (mail,) = mails
    assert "To: kim@example.org" in mail
    assert "From: dure@example.org" in mail


def test_without_a_server_mail_becomes_files_an_operator_can_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DURE_DATA", str(tmp_path))
    with override_settings(**env.mail()):
        EmailMessage("Hello", "Body", "dure@example.org", ["kim@example.org"]).send()
    (written,) = (tmp_path / "mail").iterdir()
    assert "To: kim@example.org" in written.read_text()


@pytest.fixture(scope="module")
def s3() -> Iterator[ObjectStore]:
    with object_store() as store:
        yield store


def storage_at(url: str, monkeypatch: pytest.MonkeyPatch) -> override_settings:
    monkeypatch.setenv("DURE_STORAGE_URL", url)
    return override_settings(STORAGES={**storages.backends, "blobs": env.blob_storage()})


@pytest.fixture
def bucket(s3: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    url = s3.bucket("dure-files")
    with storage_at(url, monkeypatch):
        yield url


@pytest.mark.django_db
def test_a_bucket_keeps_content_once_and_gives_it_back(bucket: str) -> None:
    first, second = files.put_bytes(CONTENT), files.put(io.BytesIO(CONTENT))
    assert first == second
    with files.open_blob(first.sha256) as stream:
        assert stream.read() == CONTENT
    assert files.verify(first.sha256)
    assert files.local_path(first.sha256).read_bytes() == CONTENT


@pytest.mark.django_db
def test_a_bucket_hands_out_downloads(bucket: str) -> None:
    blob = files.put_bytes(CONTENT)
    response = files.download(blob.sha256, filename="데이터.csv", size=blob.size)
    assert b"".join(response) == CONTENT
    response.close()


@pytest.mark.django_db
def test_content_changed_in_the_bucket_is_noticed(bucket: str) -> None:
    blob = files.put_bytes(CONTENT + b"as it was")
    store = storages["blobs"]
    name = f"{blob.sha256[:2]}/{blob.sha256[2:4]}/{blob.sha256}"
    store.delete(name)
    store.save(name, io.BytesIO(b"changed"))
    assert not files.verify(blob.sha256)


@pytest.mark.django_db
def test_a_bucket_that_is_lost_midway_is_a_clear_state_and_comes_back(
    bucket: str, s3: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = files.put_bytes(CONTENT + b"kept")
    with storage_at(bucket.replace(s3.endpoint, f"http://127.0.0.1:{_closed_port()}"), monkeypatch):
        _hurry()
        with pytest.raises(StorageUnavailable):
            files.put_bytes(b"never kept")
        with pytest.raises(StorageUnavailable):
            files.open_blob(kept.sha256).read()
    assert Blob.objects.count() == 1
    with storage_at(bucket, monkeypatch):
        assert files.verify(kept.sha256)
        assert files.put_bytes(b"kept now").size == 8


def _closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _hurry() -> None:
    """Botocore tries a refused connection again several times; once is enough to see it."""
    config = storages["blobs"].client_config  # type: ignore[attr-defined]  # S3Storage
    config.retries = {"max_attempts": 0}
    config.connect_timeout = 1
