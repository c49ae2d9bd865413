"""What tests take from npm: a pinned version each, known by the hash of what must lie there. Dure itself runs without any of it."""

import hashlib
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from dure.cli.tools import root


@dataclass(frozen=True)
class Package:
    """A file of one package, or with `part` empty all of it. `sha256` is that of the file, or of all files' names and hashes."""

    name: str
    version: str
    part: str
    sha256: str

    @property
    def place(self) -> Path:
        return root() / ".cache" / self.name / (self.part or self.name)

    def is_here(self) -> bool:
        return self.place.exists() and _sha256(self.place) == self.sha256

    def install(self) -> bool:
        """Fetch it unless it is here; say what went wrong and return False."""
        if self.is_here():
            return True
        try:
            self._fetch()
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"dure test --install: {self.name}: {error}", file=sys.stderr)
            return False
        if self.is_here():
            return True
        print(f"dure test --install: {self.place} is not {self.name} {self.version}", file=sys.stderr)
        return False

    def _fetch(self) -> None:
        self.place.parent.mkdir(parents=True, exist_ok=True)
        options = ("--no-save", "--ignore-scripts", "--no-audit", "--no-fund")
        with tempfile.TemporaryDirectory(dir=self.place.parent, prefix=".npm-") as folder:
            words = ["npm", "install", "--prefix", folder, *options, f"{self.name}@{self.version}"]
            subprocess.run(words, check=True)
            if self.place.is_dir():
                shutil.rmtree(self.place)
            (Path(folder) / "node_modules" / self.name / self.part).replace(self.place)


def _sha256(place: Path) -> str:
    if place.is_file():
        return hashlib.sha256(place.read_bytes()).hexdigest()
    digest = hashlib.sha256()
    for file in sorted(path for path in place.rglob("*") if path.is_file()):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        digest.update(f"{file.relative_to(place).as_posix()} {content}\n".encode())
    return digest.hexdigest()


AXE = Package(
    "axe-core", "4.14.1", "axe.min.js", "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
)
JOSE = Package("jose", "6.2.17", "", "d0c5f24578aa55b8c03de604d579fe2b56263caf7fd561dc8dbe100eecc6e5b0")
PACKAGES = (AXE, JOSE)
