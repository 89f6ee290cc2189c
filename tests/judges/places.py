#!/usr/bin/env python3
"""Count the cells of a list of journeys that were found to be the right places.

    python places.py travels.tsv places.tsv LOG

`places.tsv` (city, country, places) says of each pair of cells which places it names, as `name;ISO 3166 code;lat;lon;kind` with ` | ` between them. A
city is found if a place of the row's entry lies within 40 km of it and in its country; a city that the log knows by name only is found if it bears
that name in that country, and so are venues and areas, that may also lie within 40 km. A cell counts if all its places are found. Prints the counts, and
each cell that is not right; exits with 1 if fewer than 95 of 100 rows that name a city are.
"""

import csv
import glob
import json
import math
import sys
import unicodedata


def fold(text):
    plain = unicodedata.normalize("NFKD", text.lower())
    return " ".join("".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split())


def km(lat, lon, other_lat, other_lon):
    a, b, c, d = map(math.radians, (lat, lon, other_lat, other_lon))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742 * math.asin(math.sqrt(h))


def is_found(expected, cell, got):
    name, country, lat, lon, kind = expected
    for place in got:
        if place.get("country") != country:
            continue
        if "lat" in place and km(float(lat), float(lon), place["lat"], place["lon"]) <= 40:
            # A whole country is no city in it, unless it bears its name.
            if place.get("within") or kind == "country" or fold(place["name"]) == fold(name):
                return True
        own = fold(place["name"].split("(")[0])
        if own and ("lat" not in place or kind != "city") and (own in fold(name) or fold(name) in own or own in fold(cell)):
            return True
    return False


def main(list_file, places_file, log):
    read = lambda file, **how: list(csv.DictReader(open(file, encoding="utf-8", newline=""), delimiter="\t", **how))
    rows = read(list_file)
    expected = {}
    for row in read(places_file, quoting=csv.QUOTE_NONE):
        expected[row["city"], row["country"]] = [place.strip().split(";") for place in row["places"].split(" | ")]
    places, entries = {}, {}
    for file in sorted(glob.glob(f"{log}/*.jsonl")):
        for line in open(file, encoding="utf-8"):
            entry = json.loads(line)
            for event in entry["events"]:
                if event["kind"] == "place":
                    places[event["place"]] = event
            at = [event["place"] for event in entry["events"] if event["kind"] == "presence"]
            entries[entry["source"].get("record")] = at
    named = [row for row in rows if row["city"]]
    right, wrong = 0, {}
    for row in named:
        cell = row["city"], row["country"]
        got = [places[place] for place in entries[row["id"]]]
        lost = [place for place in expected[cell] if not is_found(place, row["city"], got)]
        right += not lost
        if lost:
            wrong[cell] = (lost, [place["name"] for place in got])
    for cell, (lost, got) in sorted(wrong.items()):
        print(f"{', '.join(cell)}: not {'; '.join(place[0] for place in lost)}, but {', '.join(got)}")
    share = right / len(named)
    print(f"{right} of {len(named)} rows that name a city are right: {share:.2%}")
    return 0 if share >= 0.95 else 1


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
