"""Things that really break: a disk that is full, an object store that can go away."""

import logging
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer


@contextmanager
def small_disk(folder: Path, *, megabytes: int = 4) -> Iterator[Path]:
    """Mount a disk of that size on a new folder; skips the test where only root could."""
    folder.mkdir()
    options = f"size={megabytes}m"
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("only root can mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill_up(disk: Path, *, leave: int = 0) -> Path:
    """Write a file that leaves so many bytes of the disk free; taking it away makes room again."""
    filler = disk / "filler"
    free = os.statvfs(disk)
    filler.write_bytes(b"\0" * (free.f_bavail * free.f_frsize - leave))
    return filler


@dataclass(frozen=True)
class ObjectStore:
    """An S3 server of moto on this machine."""

    endpoint: str

    def client(self) -> Any:
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            aws_access_key_id="key",
            aws_secret_access_key="secret",
            region_name="us-east-1",
        )

    def bucket(self, name: str) -> str:
        """Make a bucket and return its DURE_STORAGE_URL."""
        self.client().create_bucket(Bucket=name)
        return f"s3://key:secret@{name}?endpoint={self.endpoint}&region=us-east-1"


@contextmanager
def object_store() -> Iterator[ObjectStore]:
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        yield ObjectStore(f"http://{host}:{port}")
    finally:
        server.stop()
