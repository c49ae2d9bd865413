"""Where the data of the three larger demo problems come from, and how they are fetched and checked.

Every file has a public address fixed to a commit, a hash, a licence and an attribution. A mirror folder (named by
`DURE_DATA_MIRROR`) serves the same files offline; there some are compressed or put together from many, so the mirror's
own bytes have a hash of their own. A table put together from many public files (`parts`) is checked by the hash of its
rows, because no two writers of Parquet agree on bytes.
"""

import gzip
import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import httpx

from dure.engines.faults import Fault, Faulty
from dure.problems.demo import flu_parts

__all__ = ["SOURCES", "Progress", "Source", "SourceFile", "fetch"]

HOST = "https://raw.githubusercontent.com"
CHUNK = 1 << 16
SECONDS = 30.0
FLU_HUB = "cdcepi/FluSight-forecast-hub/92469693f9114523f877d69edd5b9d084e7218ad"

Progress = Callable[[str, int], None]
Joined = Literal["", "forecasts", "vintages"]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file a builder reads.

    `name`: how it is called in the fetched folder. `sha256`: of the bytes at `url`; for a file joined from `parts`, of its
    rows (see `flu_parts.rows_sha256`). `mirror`: its place in the mirror folder, `mirror_sha256`: of the bytes there.
    `zipped`: the mirror holds the same bytes as the address, compressed with gzip.
    """

    name: str
    sha256: str
    mirror: str
    mirror_sha256: str
    url: str = ""
    zipped: bool = False
    joined: Joined = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The files of one demo problem with the terms they come under. `notice` must be shown wherever the data are."""

    slug: str
    files: tuple[SourceFile, ...]
    licence: str
    attribution: str
    notice: str = ""


ENGINE_LIFE = Source(
    slug="engine-life",
    licence="US government work (public domain)",
    attribution=(
        "A. Saxena and K. Goebel (2008), Turbofan Engine Degradation Simulation Data Set (C-MAPSS FD001), "
        "NASA Prognostics Center of Excellence, NASA Ames Research Center. Simulated engines."
    ),
    files=(
        SourceFile(
            name="train.csv",
            url=f"{HOST}/johnsbuck/rul/a25f8a21ab978cfef2826ed7918de6dccaaa1c22/datasets/data/cmapss_1/train.csv",
            sha256="963b5e22825b34d8b21c69e1aeb4af3e647050eb672ee8834ba4b5d91d2de0f8",
            mirror="cmapss_fd001/train.csv.gz",
            mirror_sha256="400147c8b45750a1dba0f754b461f0e1cbf169d6bbb30c0d6ac50b211780a428",
            zipped=True,
        ),
    ),
)

COVID_PROVINCES = Source(
    slug="covid-provinces",
    licence="Any use, with the notice",
    attribution="Daily cumulative cases by province, repository jooeungen/coronaboard_kr.",
    notice="Coronaboard(coronaboard.kr)",
    files=(
        SourceFile(
            name="kr_regional_daily.csv",
            url=f"{HOST}/jooeungen/coronaboard_kr/93043929989e19aa9e7ad60792ec187cca8e8ac7/kr_regional_daily.csv",
            sha256="76fe68606ba2b17b8b267279e83c864735fc3de85e9d509ef6e3adf2dee74903",
            mirror="korea_coronaboard/kr_regional_daily.csv",
            mirror_sha256="76fe68606ba2b17b8b267279e83c864735fc3de85e9d509ef6e3adf2dee74903",
        ),
    ),
)

FLU_QUANTILES = Source(
    slug="flu-quantiles",
    licence="MIT",
    attribution=(
        "US Centers for Disease Control and Prevention and the FluSight teams: FluSight Forecast Hub "
        "(repository cdcepi/FluSight-forecast-hub); model MOBS-GLEAM_FLUH by MOBS Lab, Northeastern University."
    ),
    files=(
        SourceFile(
            name="target-hospital-admissions.csv",
            url=f"{HOST}/{FLU_HUB}/target-data/target-hospital-admissions.csv",
            sha256="165f38caf0a8288d7b1aad30cd0adf113953f41d36ca4c6aeefacaabc214592f",
            mirror="flusight/target-hospital-admissions.csv.gz",
            mirror_sha256="1449b507eb7ba47efe6aab30745cdcb8b26b8ad4f9d29fb0e9488e2a47a0d131",
            zipped=True,
        ),
        SourceFile(
            name="vintages_hosp.parquet",
            joined="vintages",
            parts=tuple(f"{HOST}/{FLU_HUB}/{path}" for path in flu_parts.VINTAGE_PATHS),
            sha256="b9c28978f6f3686a748c997d6772642901a27f45128fada791adecea6fe0010d",
            mirror="flusight/vintages_hosp.parquet",
            mirror_sha256="f8f21f4bea41634071b147bb24d50d1dd6f16a0812a696d0b16f21716f28b3aa",
        ),
        SourceFile(
            name="reference_forecasts_2024_25.parquet",
            joined="forecasts",
            parts=tuple(f"{HOST}/{FLU_HUB}/{path}" for path in flu_parts.FORECAST_PATHS),
            sha256="79ee48109b0d51fbd5f6bc4b3a94de776f9fa1b8abf893e42661f63ab4e7619f",
            mirror="flusight/reference_forecasts_2024_25.parquet",
            mirror_sha256="1845e119fdfb65f2c50907ec499ef6991f660a1d1d7b2905bb4f3d84d1c9375a",
        ),
    ),
)

SOURCES = {source.slug: source for source in (ENGINE_LIFE, COVID_PROVINCES, FLU_QUANTILES)}


def fetch(
    source: Source, folder: Path, *, mirror: Path | None = None, progress: Progress | None = None
) -> tuple[Path, ...]:
    """Puts every file of the source into `folder`, checked, and returns their paths. A file already there is kept.

    From the mirror where one is named, else from the public addresses; an interrupted download goes on where it stopped.
    `progress` is called with a file's name and the bytes it has so far.
    Raises Faulty: `source_mirror_missing`, `source_mirror_changed`, `source_unreachable`, `source_changed`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(_fetched(file, folder, mirror, progress or _silent) for file in source.files)


def _fetched(file: SourceFile, folder: Path, mirror: Path | None, progress: Progress) -> Path:
    target = folder / file.name
    if target.exists() and _is_good(file, target):
        return target
    if mirror is not None:
        _copy(file, mirror, target)
    elif file.parts:
        _join(file, target, progress)
    else:
        _download(file.url, target, sha256=file.sha256, progress=progress)
    return target


def _is_good(file: SourceFile, path: Path) -> bool:
    return _sha256(path) in {file.sha256, file.mirror_sha256} or (
        bool(file.joined) and flu_parts.rows_sha256(path) == file.sha256
    )


def _copy(file: SourceFile, mirror: Path, target: Path) -> None:
    """From the mirror, beside the target first, so that a target that exists is whole."""
    origin = mirror / file.mirror
    if not origin.is_file():
        raise Faulty([Fault("source_mirror_missing", {"file": file.mirror})])
    if _sha256(origin) != file.mirror_sha256:
        raise Faulty([Fault("source_mirror_changed", {"file": file.mirror})])
    partial = _partial(target)
    with (gzip.open if file.zipped else open)(origin, "rb") as reader, partial.open("wb") as writer:
        shutil.copyfileobj(reader, writer)
    partial.replace(target)


def _join(file: SourceFile, target: Path, progress: Progress) -> None:
    """Downloads the parts and joins their rows. Parts have no hash of their own: the joined rows have."""
    parts = target.parent / f"{target.name}.parts"
    parts.mkdir(exist_ok=True)
    paths = []
    for url in file.parts:
        paths.append(parts / url.rpartition("/")[2])
        if not paths[-1].exists():
            _download(url, paths[-1], sha256="", progress=progress)
    flu_parts.join(file.joined, paths, target)
    if flu_parts.rows_sha256(target) != file.sha256:
        target.unlink()
        shutil.rmtree(parts)
        raise Faulty([Fault("source_changed", {"file": file.name})])
    shutil.rmtree(parts)


def _download(url: str, target: Path, *, sha256: str, progress: Progress) -> None:
    partial = _partial(target)
    for chunk_end in _stream(url, partial):
        progress(target.name, chunk_end)
    if sha256 and _sha256(partial) != sha256:
        partial.unlink()
        raise Faulty([Fault("source_changed", {"file": target.name, "url": url})])
    partial.replace(target)


def _stream(url: str, partial: Path) -> Iterator[int]:
    """Appends to what an earlier try left, if the server can; yields the bytes on disk so far."""
    have = partial.stat().st_size if partial.exists() else 0
    headers = {"Range": f"bytes={have}-", "Accept-Encoding": "identity"} if have else {}
    try:
        with httpx.stream("GET", url, headers=headers, timeout=SECONDS, follow_redirects=True) as answer:
            if answer.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
                return  # all of it came before the earlier try was cut off; the hash decides
            answer.raise_for_status()
            goes_on = answer.status_code == httpx.codes.PARTIAL_CONTENT
            with partial.open("ab" if goes_on else "wb") as writer:
                for chunk in answer.iter_bytes(CHUNK):
                    writer.write(chunk)
                    yield writer.tell()
    except httpx.HTTPError as error:
        raise Faulty([Fault("source_unreachable", {"url": url, "reason": str(error)})]) from error


def _partial(target: Path) -> Path:
    return target.with_name(f"{target.name}.part")


def _sha256(path: Path) -> str:
    with path.open("rb") as reader:
        return hashlib.file_digest(reader, "sha256").hexdigest()


def _silent(_name: str, _size: int) -> None:
    """Nobody wants to know."""
