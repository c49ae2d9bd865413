"""The blob store keeps content once, whole or not at all."""

import errno
import hashlib
import io
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.test import RequestFactory

from dure.foundation import files
from dure.foundation.models import Blob

pytestmark = pytest.mark.django_db


def stored_files() -> list[Path]:
    return [path for path in Path(storages["blobs"].location).rglob("*") if path.is_file()]  # type: ignore[attr-defined]  # local storage


def test_equal_content_is_kept_once_under_its_hash() -> None:
    content = b"concrete,strength\n1,41.2\n"
    first, second = files.put_bytes(content), files.put_bytes(content)
    assert first == second
    assert first.sha256 == hashlib.sha256(content).hexdigest()
    with files.open_blob(first.sha256) as stream:
        assert stream.read() == content
    assert files.verify(first.sha256)


def test_one_byte_too_many_is_refused_and_leaves_nothing() -> None:
    before = stored_files()
    with pytest.raises(files.TooLarge):
        files.put(io.BytesIO(b"x" * 101), limit=100)
    assert stored_files() == before
    assert list((settings.DATA / "uploads").iterdir()) == []


def received(content: bytes) -> "UploadedFile[bytes]":
    """The upload as a view gets it, too large for memory, taken apart by Django's own parser."""
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("p.csv", content)})
    upload = request.FILES["file"]
    assert isinstance(upload, UploadedFile)
    return upload


def waiting() -> list[Path]:
    return list((settings.DATA / "uploads").iterdir())


LARGE = b"0123456789abcdef" * 200_000


def test_a_large_upload_is_written_once_and_moved_to_its_place() -> None:
    upload = received(LARGE)
    (spooled,) = waiting()
    inode = spooled.stat().st_ino
    blob = files.put(upload)
    assert (blob.sha256, blob.size) == (hashlib.sha256(LARGE).hexdigest(), len(LARGE))
    assert files.verify(blob.sha256)
    assert files.local_path(blob.sha256).stat().st_ino == inode
    assert files.put(upload) == blob
    upload.close()
    assert waiting() == []
    assert files.verify(blob.sha256)


def test_a_large_upload_that_nobody_keeps_is_gone_with_its_request() -> None:
    upload = received(LARGE)
    assert len(waiting()) == 1
    upload.close()
    assert waiting() == []


def test_an_upload_above_the_limit_fills_no_disk(settings: Any) -> None:
    settings.UPLOAD_LIMIT = len(LARGE) // 2
    upload = received(LARGE)
    assert waiting()[0].stat().st_size <= settings.UPLOAD_LIMIT
    with pytest.raises(files.TooLarge):
        files.put(upload)
    upload.close()
    assert waiting() == []


def test_a_disk_that_fills_while_an_upload_comes_in_is_a_clear_state(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.BytesIO):
        def write(self, _bytes: Any) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", lambda **_options: Full())
    upload = received(LARGE)
    with pytest.raises(files.StorageUnavailable, match="No space left"):
        files.put(upload)
    upload.close()


def test_what_a_limited_child_wrote_is_kept_where_it_lies() -> None:
    with files.scratch() as path:
        path.write_bytes(b"a table of ours")
        inode = path.stat().st_ino
        blob = files.put_scratch(path)
    assert files.verify(blob.sha256)
    assert files.local_path(blob.sha256).stat().st_ino == inode
    with files.scratch() as path:
        path.write_bytes(b"a table of ours")
        assert files.put_scratch(path) == blob
    assert waiting() == []


def test_a_full_disk_is_a_clear_state_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: Any, **_kwargs: Any) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(storages["blobs"], "save", full)
    with pytest.raises(files.StorageUnavailable, match="No space left"):
        files.put_bytes(b"never kept")
    assert not Blob.objects.filter(sha256=hashlib.sha256(b"never kept").hexdigest()).exists()


def test_lost_content_is_said_so() -> None:
    with pytest.raises(files.StorageUnavailable):
        files.open_blob("0" * 64)


def test_a_changed_file_is_noticed() -> None:
    blob = files.put_bytes(b"as it was")
    path = Path(storages["blobs"].path(f"{blob.sha256[:2]}/{blob.sha256[2:4]}/{blob.sha256}"))
    path.chmod(0o600)
    path.write_bytes(b"changed")
    assert not files.verify(blob.sha256)


def test_an_upload_is_handed_out_as_an_attachment_no_browser_runs() -> None:
    blob = files.put_bytes(b"<script>alert(1)</script>")
    response = files.download(blob.sha256, filename="page.html")
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    response.close()
