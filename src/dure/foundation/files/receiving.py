"""Taking an upload in: each byte is hashed and written once, on the store's own disk, so that keeping it is one rename."""

import hashlib
import io
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from dure.foundation.files.spool import spool_folder


class Received(UploadedFile):  # type: ignore[type-arg]  # django-stubs has it generic, Django does not at run time
    """An upload as it came in: its hash is known, and its bytes wait in a file of their own until this is closed.

    `size` counts every byte that came. Of an upload above the limit only the first part was written: `files.put` refuses it.
    `trouble` is what the disk said when it could not take the bytes; `files.put` passes it on.
    """

    def __init__(self, file: Any, *described: Any) -> None:
        super().__init__(file, *described)
        self.path = Path(getattr(file, "name", ""))
        self.sha256 = ""
        self.trouble: OSError | None = None

    def close(self) -> None:
        with suppress(FileNotFoundError):  # the store has moved it to its place
            super().close()


class ReceivingHandler(FileUploadHandler):
    """Writes what is too large for memory to the spool folder and hashes it on the way."""

    _file: Any = None

    def new_file(self, *arguments: Any, **named: Any) -> None:
        super().new_file(*arguments, **named)
        self._digest, self._size = hashlib.sha256(), 0
        self._trouble: OSError | None = None
        self._file = io.BytesIO()
        self._try(self._open)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._size = start + len(raw_data)
        if self._size <= settings.UPLOAD_LIMIT and self._trouble is None:
            self._digest.update(raw_data)
            self._try(lambda: self._file.write(raw_data))

    def file_complete(self, file_size: int) -> Received:
        self._try(lambda: self._file.seek(0))
        received = Received(self._file, self.file_name, self.content_type, file_size, self.charset)
        received.sha256, received.trouble = self._digest.hexdigest(), self._trouble
        return received

    def upload_interrupted(self) -> None:
        if self._file is not None:
            self._file.close()

    def _open(self) -> None:
        self._file = tempfile.NamedTemporaryFile(dir=spool_folder(), prefix="upload-")  # noqa: SIM115 - closed with the request

    def _try(self, do: Any) -> None:
        """Remember what the disk says instead of raising in the middle of a request that may never look at the file."""
        try:
            if self._trouble is None:
                do()
        except OSError as error:
            self._trouble = error
