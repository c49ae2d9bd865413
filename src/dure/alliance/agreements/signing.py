"""How a signature is proven: a signed PDF bound to the hash, or a fresh proof of who signs."""

from typing import IO, Any, Final

from django.utils.translation import gettext_lazy as _

from dure.engines.faults import Fault, Faulty
from dure.foundation import files
from dure.foundation.access import Denied, Refused

MOST_BYTES: Final = 20 * 1024 * 1024
WRONG_PASSWORD = Refused("wrong_password", _("That is not the password of your account. Nothing was signed."))
NO_PROOF = Refused(
    "no_way_to_prove",
    _(
        "Your account has neither a password nor a key here, so it cannot prove again who you are. Upload the signed PDF."
    ),
)


def by_file(stream: IO[bytes], *, filename: str, sha256: str) -> dict[str, Any]:
    """The proof by an uploaded PDF. Raises Faulty for anything that is none or is too large."""
    if stream.read(5) != b"%PDF-":
        raise Faulty([Fault("signature_not_pdf", place="file")])
    stream.seek(0)
    try:
        blob = files.put(stream, limit=MOST_BYTES)
    except files.TooLarge as large:
        raise Faulty([Fault("signature_too_large", {"limit": MOST_BYTES}, place="file")]) from large
    return {"method": "file", "blob": blob, "filename": filename[-200:], "sha256": sha256}


def by_password(person: Any, password: str, *, sha256: str) -> dict[str, Any]:
    """The proof by the account's password, sent with the signature. Raises Denied."""
    if not person.check_password(password):
        raise Denied(WRONG_PASSWORD)
    return {"method": "password", "sha256": sha256}
