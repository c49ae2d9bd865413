"""industry-ai-101, unit 06: daily movements between Spain's 52 provinces, put together from public files.

`python -m scripts.courses.mobility MIRROR` writes `flows.csv` again from `spain_mitma/` in MIRROR: the share of a province's
residents that is in another one, times its population, rounded. Source: GitHub Epi-Sim/episim-models at
7598c9dfe7ef2960d4c18586e083357027ade141, folder `spain-provinces_MMCACovid19` (BSD-3-Clause), after the mobility study of
the Spanish ministry of transport (MITMA) and data of the CNE.
"""

import csv
import shutil
import sys
from pathlib import Path

LAB = Path(__file__).parents[2] / "courses" / "industry-ai-101" / "units" / "06-mobility-privacy" / "lab"


def main(mirror: str) -> None:
    """Write the data folder of the lab, with the licence that must go along."""
    source, data = Path(mirror, "spain_mitma"), LAB / "data"
    data.mkdir(parents=True, exist_ok=True)
    code = {row["idx"]: row["id"] for row in _rows(source / "rosetta.csv")}
    people = {row["id"]: int(row["total"]) for row in _rows(source / "metapopulation_data.csv")}
    with (data / "flows.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("origin", "destination", "count"))
        for row in _rows(source / "R_mobility_matrix.csv"):
            origin, destination = code[row["source_idx"]], code[row["target_idx"]]
            if origin != destination:
                writer.writerow((origin, destination, round(float(row["ratio"]) * people[origin])))
    with (data / "people.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("province", "people"), *people.items()])
    shutil.copyfile(source / "LICENSE", data / "licence.txt")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    main(sys.argv[1])
