"""Make the tutorial's files: 1,000 invented parcels, some of which come late. Needs Python alone."""

import csv
import math
import random

random.seed(7)
parcels = []
for number in range(1, 1001):
    km, kilos, rain, day = (
        random.randint(1, 60),
        random.randint(1, 20),
        random.random() < 0.3,
        random.randrange(7),
    )
    risk = 0.08 * (km - 35) + 1.5 * rain + (day == 0)
    late = random.random() < 1 / (1 + math.exp(-risk))
    parcels.append(
        {"id": f"P{number:04}", "km": km, "kilos": kilos, "rain": int(rain), "day": day, "late": int(late)}
    )


def write(name: str, rows: list[dict[str, object]]) -> None:
    with open(name, "w", newline="") as file:
        table = csv.DictWriter(file, rows[0].keys())
        table.writeheader()
        table.writerows(rows)


train, test = parcels[:600], parcels[600:]
ids = [{"id": parcel["id"]} for parcel in test]
write("train.csv", train)
write("test.csv", [{name: value for name, value in parcel.items() if name != "late"} for parcel in test])
write("answers.csv", [{"id": parcel["id"], "late": parcel["late"]} for parcel in test])
write(
    "corrected.csv",
    [{"id": parcel["id"], "late": parcel["late"] if parcel["day"] != 6 else 0} for parcel in test],
)
write("sample_submission.csv", [{**row, "late": 0.5} for row in ids])
write("distance.csv", [{**row, "late": parcel["km"]} for row, parcel in zip(ids, test, strict=True)])
write(
    "weather.csv",
    [{**row, "late": parcel["km"] + 19 * parcel["rain"]} for row, parcel in zip(ids, test, strict=True)],
)
risks = [parcel["km"] + 19 * parcel["rain"] + 12 * (parcel["day"] == 0) for parcel in test]
write("monday.csv", [{**row, "late": risk} for row, risk in zip(ids, risks, strict=True)])
