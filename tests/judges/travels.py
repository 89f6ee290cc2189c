#!/usr/bin/env python3
"""Count days away, trips and countries from the Office of the Historian's own rows, and hold the answer of `stats --json` against it.

    python travels.py travels.tsv STATS.json

The rows are inclusive local days in one country each; a trip is a run of days abroad one after the other. Written from the rows alone: it
uses nothing of ours but the answer. Prints one line for each official and each difference; exits with 1 if there is any.
"""

import csv
import json
import sys
from datetime import date, timedelta

DAY = timedelta(days=1)


def main(rows_file, answer_file):
    with open(rows_file, encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    with open(answer_file, encoding="utf-8") as file:
        answer = {one["official"]: one for one in json.load(file)["people"]}
    differences = 0
    for official in sorted({row["official"] for row in rows}):
        days, countries = set(), {}
        for row in (row for row in rows if row["official"] == official):
            day, last = date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
            while day <= last:
                days.add(day)
                countries.setdefault(row["country"], set()).add(day)
                day += DAY
        trips = sum(1 for day in days if day - DAY not in days)
        expected = (len(days), trips, len(countries), sorted(map(len, countries.values()), reverse=True))
        ours = answer[official]
        said = (
            ours["days_away"]["observed"],
            ours["trips"]["observed"],
            len(ours["countries"]),
            [one["days"]["observed"] for one in ours["countries"]],
        )
        print(f"{official}: {expected[0]} days away, {expected[1]} trips, {expected[2]} countries")
        if said != expected:
            differences += 1
            print(f"  expected {expected}\n  said     {said}")
    return 1 if differences else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
