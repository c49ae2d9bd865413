"""Where a bundle says what it is: the YAML at the top of an archive, or in its one folder."""

from dataclasses import dataclass
from typing import Final

from dure.problems.codabench.archive import Archive, ReadingStoppedError, copied, shown
from dure.problems.codabench.fields import Section
from dure.problems.codabench.limits import Limits
from dure.problems.codabench.notes import Notes
from dure.problems.codabench.texts import decoded
from dure.problems.codabench.yaml_safe import load_yaml

COMPETITION: Final = "competition.yaml"
TASK: Final = "task.yaml"


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest that was found, and the folder it describes (empty for the top)."""

    name: str
    root: str = ""

    @property
    def path(self) -> str:
        return f"{self.root}/{self.name}" if self.root else self.name


def find_manifest(
    archive: Archive, names: tuple[str, ...], *, notes: Notes, place: str | None = None
) -> Manifest | None:
    """The first of the names at the top, else in the one folder that repository downloads wrap around everything."""
    for name in names:
        if name in archive.files:
            return Manifest(name)
    for name in names:
        nested = [path for path in archive.files if path.count("/") == 1 and path.endswith(f"/{name}")]
        if nested:
            return _wrapped(name, nested, notes=notes, place=place)
    notes.fault("manifest_missing", place, name=" / ".join(names))
    return None


def _wrapped(name: str, nested: list[str], *, notes: Notes, place: str | None) -> Manifest | None:
    if len(nested) > 1:
        notes.fault("manifest_ambiguous", place, count=len(nested), name=name)
        return None
    root = nested[0].split("/")[0]
    notes.warn("wrapper_folder", place, folder=shown(root))
    return Manifest(name, root)


def read_manifest(
    archive: Archive, manifest: Manifest, *, limits: Limits, notes: Notes, prefix: str = ""
) -> Section | None:
    """The mapping a manifest holds, its keys named under `prefix`; None with a fault where there is none."""
    place = prefix or manifest.name
    if archive.files[manifest.path].file_size > limits.yaml_bytes:
        notes.fault("yaml_too_large", place, limit=limits.yaml_bytes)
        return None
    try:
        with copied(archive, manifest.path, limits=limits) as stream:
            raw = stream.read()
    except ReadingStoppedError:
        notes.fault("entry_damaged", place, name=manifest.name)
        return None
    before = len(notes.faults)
    value = load_yaml(decoded(raw, place=place, notes=notes), limits=limits, notes=notes, place=place)
    if isinstance(value, dict):
        return Section(value, prefix, notes)
    if len(notes.faults) == before:
        notes.fault("yaml_not_mapping", place)
    return None
