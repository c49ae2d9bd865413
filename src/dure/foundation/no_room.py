"""What is raised where nothing can be kept: of a module of its own, because processes without Django say it, too."""


class StorageUnavailable(Exception):  # noqa: N818 - a state of the platform
    """The store cannot be written or read now (full, gone, refused); nothing was half kept and a retry is safe."""
