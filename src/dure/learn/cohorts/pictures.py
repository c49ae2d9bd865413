"""Pictures of addresses for phones."""

import qrcode
from django.utils.safestring import SafeString, mark_safe
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathImage


def qr_of(address: str) -> SafeString:
    """An address as a QR code, drawn as SVG. Screen readers are told nothing: the address stands beside it."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=2, image_factory=SvgPathImage)
    code.add_data(address)
    code.make(fit=True)
    drawn: str = code.make_image().to_string(encoding="unicode")
    hidden: str = drawn.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
    shown: SafeString = mark_safe(hidden)  # noqa: S308 - squares, drawn by the library from an address of ours
    return shown
