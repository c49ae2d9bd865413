"""Handing out what people uploaded: never as a page of ours."""

from django.http import FileResponse

from dure.foundation.files.store import open_blob


def download(sha256: str, *, filename: str) -> FileResponse:
    """The blob as an attachment that no browser may run or sniff. The caller has checked access."""
    response = FileResponse(
        open_blob(sha256), as_attachment=True, filename=filename, content_type="application/octet-stream"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["ETag"] = f'"{sha256}"'
    return response
