"""How much an archive handed in may cost us to read."""

from dataclasses import dataclass
from typing import Final

MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one bundle; all sizes are bytes, and decoded sizes count archives inside the archive too."""

    archive_bytes: int = 1024 * MIB
    decoded_bytes: int = 2048 * MIB
    member_bytes: int = 1024 * MIB
    entries: int = 20_000
    entries_in_all: int = 60_000
    """Of the bundle and of every archive inside it that is opened."""
    name_length: int = 512
    ratio: int = 200
    ratio_floor_bytes: int = 16 * MIB
    """Below this decoded size the ratio of an entry is not looked at: small tables of zeros are honest."""
    directory_bytes_per_entry: int = 1024
    text_bytes: int = MIB
    yaml_bytes: int = 256 * 1024
    yaml_nodes: int = 50_000
    """Nodes after aliases are written out, a long text counting as one for every 64 characters."""
    yaml_depth: int = 40


DEFAULT_LIMITS: Final = Limits()
