"""Where the courses that come with Dure lie: beside the code in a checkout, within the package where it is installed."""

from pathlib import Path

import dure

PACKAGE = Path(dure.__file__).resolve().parent


def folders() -> list[Path]:
    """The folder of each, in the order of their names."""
    places = (PACKAGE / "_courses", PACKAGE.parents[1] / "courses")
    found = next((place for place in places if place.is_dir()), None)
    return sorted(path for path in found.iterdir() if (path / "course.yaml").is_file()) if found else []
