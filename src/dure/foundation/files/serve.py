"""Handing out what people uploaded: never as a page of ours."""

import re

from django.http import FileResponse

from dure.foundation.files.store import open_blob

_REST = re.compile(r"bytes=(\d{1,15})-")


def download(sha256: str, *, filename: str, asked: str = "", size: int = 0) -> FileResponse:
    """The blob as an attachment that no browser may run or sniff. The caller has checked access.

    `asked` is a Range header: `bytes=N-` with N < `size` (the blob's) gives the rest with status 206; any other gives all of it.
    """
    content, found = open_blob(sha256), _REST.fullmatch(asked)
    start = int(found[1]) if found and int(found[1]) < size else 0
    if start:
        content.seek(start)
    response = FileResponse(
        content, as_attachment=True, filename=filename, content_type="application/octet-stream"
    )
    response["Accept-Ranges"] = "bytes"
    if start:
        response.status_code = 206
        response["Content-Range"] = f"bytes {start}-{size - 1}/{size}"
        response["Content-Length"] = str(size - start)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["ETag"] = f'"{sha256}"'
    return response
