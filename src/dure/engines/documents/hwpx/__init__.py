"""Documents for Korean public bodies as HWPX, the OWPML of KS X 6101: a zip of XML, written by us (decision 37)."""

from dure.engines.documents.hwpx.package import to_hwpx

__all__ = ["to_hwpx"]
