"""Where a blob lies in the store."""


def name_of(sha256: str) -> str:
    """Two levels of folders keep any one folder small."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
