#!/usr/bin/env python3
"""Count days, countries, trips, kilometres and encounters from a list of journeys, and hold what `daybook` answers against them.

    python travels.py travels.tsv places.tsv STATS.json YEARS.json COUNTRIES.json ENCOUNTERS.json ITINERARY.json…

The list has a row for each stay: its inclusive local days, a cell of cities and one of the country; `places.tsv` says for each pair of cells
where its places are, written down by somebody who knew neither the program nor its gazetteer. Everything here is counted from these two:

  days        distinct days of the rows;
  countries   distinct days in each country of today;
  trips       runs of days abroad. Days without a row end one, unless they are too few to go home to Washington and out again in them: at
              10,000 km a day, before 1943 at 1,000;
  kilometres  great circles from Washington through the places of a trip and back to Washington; from a stay within the days of another
              one back to that. Where all places are cities, and in the sum of all: of bases and islands the program knows but the country;
  encounters  two officials, one country cell, one name in the cells of cities, a common day.

Nothing of the program is used but its answers. Prints the sums and each difference; exits with 1 if there is any.
"""

import csv
import json
import math
import sys
from collections import defaultdict
from datetime import date, timedelta

DAY = timedelta(days=1)
HOME = (38.9, -77.04)
# Rows without a city: the only country of the list that is one.
VATICAN = ("Vatican City", "VA", 41.90, 12.45, True)
# A base with a name that no gazetteer of towns has.
BASES = {"Argentia"}
# Gazetteers and maps put one town up to some kilometres apart: in sums of kilometres that much is no difference.
TOLERANCE = 0.02
NEAR = 40


def kilometres(one, other):
    (a, b), (c, d) = (map(math.radians, point) for point in (one, other))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(min(1.0, half)))


def days(first, last):
    while first <= last:
        yield first
        first += DAY


def read(rows_file, places_file):
    """The stays of each official: (first day, last day, order, name, country code, position, whether a city), and the rows."""
    with open(places_file, encoding="utf-8") as file:
        places = {}
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            cells = [place.split(";") for place in row["places"].split(" | ")]
            places[row["city"], row["country"]] = [
                (name, code, float(lat), float(lon), kind == "city" and name not in BASES) for name, code, lat, lon, kind in cells
            ]
    with open(rows_file, encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    stays = defaultdict(list)
    for number, row in enumerate(rows):
        row["start"], row["end"] = date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
        row["stays"] = places.get((row["city"], row["country"]), [VATICAN])
        # Of rows about the same days the one that was written down first goes first.
        order = (row["modified"] or row["created"], number)
        for place, (name, code, lat, lon, is_city) in enumerate(row["stays"]):
            stays[row["official"]].append((row["start"], row["end"], (*order, place), name, code, (lat, lon), is_city))
    return rows, stays


def merged(stays):
    """Stays at one place that touch or overlap, as one; in order."""
    found = []
    for first, last, order, name, code, *rest in sorted(stays, key=lambda stay: (stay[3:5], stay[0], stay[1])):
        if found and found[-1][3:5] == (name, code) and first <= found[-1][1] + DAY:
            known = found[-1]
            found[-1] = (known[0], max(known[1], last), min(known[2], order), *known[3:])
        else:
            found.append((first, last, order, name, code, *rest))
    return sorted(found, key=lambda stay: stay[:3])


def trips(stays):
    """Runs of stays with no return home."""
    found, latest = [], None
    for stay in merged(stays):
        blank = (stay[0] - latest[1]).days - 1 if latest else None
        if blank is not None and blank > 0:
            a_day = 1_000 if latest[1].year < 1943 else 10_000
            home = kilometres(latest[5], HOME) + kilometres(HOME, stay[5]) <= a_day * blank
        else:
            home = blank is None
        if home:
            found.append([])
        found[-1].append(stay)
        if home or stay[1] >= latest[1]:
            latest = stay
    return found


def is_measured(trip):
    return all(stay[6] for stay in trip)


def length(trip):
    """Kilometres of a trip, with the year in which each way ends."""
    ways, lasting = [(trip[0][0], kilometres(HOME, trip[0][5]))], []
    for stay in trip:
        while len(lasting) > 1 and stay[0] > lasting[-1][1] + DAY:
            inner = lasting.pop()
            ways.append((inner[1], kilometres(inner[5], lasting[-1][5])))
        if lasting:
            ways.append((stay[0], kilometres(lasting[-1][5], stay[5])))
        lasting = [outer for outer in lasting if stay[1] < outer[1]] + [stay]
    while len(lasting) > 1:
        inner = lasting.pop()
        ways.append((inner[1], kilometres(inner[5], lasting[-1][5])))
    return ways + [(lasting[0][1], kilometres(lasting[0][5], HOME))]


class Judge:
    def __init__(self):
        self.differences = 0
        self.measured = 0

    def same(self, what, expected, said):
        if expected != said:
            self.differences += 1
            print(f"{what}: expected {expected}, said {said}")

    def near(self, what, expected, said, is_measured):
        self.measured += is_measured
        if is_measured and abs(expected - said) > max(TOLERANCE * expected, 30):
            self.differences += 1
            print(f"{what}: expected about {expected:.0f}, said {said}")


def by_official(judge, stays, stats):
    ours = {one["official"]: one for one in stats["people"]}
    judge.same("officials", sorted(stays), sorted(ours))
    sums = defaultdict(float)
    for official, own in sorted(stays.items()):
        abroad, countries = set(), defaultdict(set)
        for first, last, _, _, code, *_ in own:
            abroad.update(days(first, last))
            countries[code].update(days(first, last))
        said = ours[official]
        judge.same(f"{official}: days", len(abroad), said["days_away"]["observed"])
        judge.same(f"{official}: trips", len(trips(own)), said["trips"]["observed"])
        found = {one["id"]: one["days"]["observed"] for one in said["countries"]}
        judge.same(f"{official}: countries", {code: len(there) for code, there in sorted(countries.items())}, dict(sorted(found.items())))
        far = sum(km for trip in trips(own) for _, km in length(trip))
        judge.near(f"{official}: kilometres", far, sum(said["kilometres"].values()), is_measured(own))
        for what, many in (("days", len(abroad)), ("trips", len(trips(own))), ("kilometres", far)):
            sums[what] += many
    print(f"{len(stays)} officials: {sums['days']:.0f} days away, {sums['trips']:.0f} trips, {sums['kilometres']:.0f} km")
    judge.same("all: days", int(sums["days"]), stats["totals"]["days_away"]["observed"])
    judge.same("all: trips", int(sums["trips"]), stats["totals"]["trips"]["observed"])
    judge.near("all: kilometres", sums["kilometres"], sum(stats["totals"]["kilometres"].values()), True)


def by_year(judge, stays, years):
    ours = {int(one["id"]): one for one in years["rows"]}
    abroad, began, far, away = defaultdict(set), defaultdict(int), defaultdict(float), defaultdict(set)
    rough = set()
    for official, own in stays.items():
        for first, last, *_ in own:
            for day in days(first, last):
                abroad[day.year].add((official, day))
                away[day.year].add(official)
        for trip in trips(own):
            began[trip[0][0].year] += 1
            for day, km in length(trip):
                far[day.year] += km
                if not is_measured(trip):
                    rough.add(day.year)
    judge.same("years", sorted(abroad), sorted(ours))
    for year in sorted(abroad):
        said = ours[year]
        judge.same(f"{year}: days", len(abroad[year]), said["days_away"]["observed"])
        judge.same(f"{year}: trips", began[year], said["trips"]["observed"])
        judge.same(f"{year}: officials", len(away[year]), said["officials"])
        judge.near(f"{year}: kilometres", far[year], sum(said["kilometres"].values()), year not in rough)


def by_country(judge, stays, countries):
    there = defaultdict(set)
    for official, own in stays.items():
        for first, last, _, _, code, *_ in own:
            there[code].update((official, day) for day in days(first, last))
    said = {one["id"]: (one["days_away"]["observed"], one["officials"]) for one in countries["rows"]}
    expected = {code: (len(found), len({official for official, _ in found})) for code, found in there.items()}
    judge.same("countries", dict(sorted(expected.items())), dict(sorted(said.items())))


def by_encounter(judge, rows, encounters):
    """What the rows say in the same words must be there; what is there beyond that must be one place of the two rows by the other list."""
    spelt, there = defaultdict(set), defaultdict(list)
    for row in rows:
        names = {name.strip() for name in row["city"].split(",")} - {""} or {row["country"]}
        for day in days(row["start"], row["end"]):
            for name in names:
                spelt[name, row["country"], day].add(row["official"])
            there[row["official"], day].extend(row["stays"])
    expected = {(a, b, key[2]) for key, there in spelt.items() for a in there for b in there if a < b}
    said = set()
    for one in encounters["encounters"]:
        a, b = sorted(who["official"] for who in one["people"])
        said.update((a, b, day) for day in days(date.fromisoformat(one["from"]), date.fromisoformat(one["to"])))
    for a, b, day in sorted(expected - said, key=lambda one: one[2]):
        judge.same(f"{day}: {a} and {b}", "together", "not together")
    for a, b, day in sorted(said - expected, key=lambda one: one[2]):
        near = any(one[1] == other[1] and kilometres(one[2:4], other[2:4]) <= NEAR for one in there[a, day] for other in there[b, day])
        judge.same(f"{day}: {a} and {b}", near, True)
    print(f"{len(encounters['encounters'])} encounters on {len(said)} days of two officials, {len(expected)} of them in the same words")


def by_itinerary(judge, stays, itinerary):
    """The trips of one official, one by one."""
    official = itinerary["official"]
    judge.same(f"{official}: days away", len({day for first, last, *_ in stays[official] for day in days(first, last)}), itinerary["days_away"]["observed"])
    expected = trips(stays[official])
    judge.same(f"{official}: trips", len(expected), len(itinerary["trips"]))
    for trip, said in zip(expected, itinerary["trips"]):
        first, last = trip[0][0], max(stay[1] for stay in trip)
        what = f"{official}: {first} to {last}"
        judge.same(f"{what}: days", (str(first), str(last)), (said["from"], said["to"]))
        abroad = {day for stay in trip for day in days(stay[0], stay[1])}
        judge.same(f"{what}: days away", len(abroad), said["days"]["observed"])
        judge.same(f"{what}: countries", sorted({stay[4] for stay in trip}), sorted(said["countries"]))
        # Of small towns, too, the program may know but the country, and then it says so.
        measured = is_measured(trip) and not any(way["rough"] for way in said["ways"])
        judge.near(f"{what}: kilometres", sum(km for _, km in length(trip)), sum(said["kilometres"].values()), measured)
        stops = [itinerary["stops"][at] for at in said["stops"]]
        expected_stops = {(str(stay[0]), str(stay[1]), stay[4]) for stay in trip}
        judge.same(f"{what}: stops", expected_stops, {(stop["from"], stop["to"], stop["country"]) for stop in stops})
    print(f"{official}: {len(expected)} trips, one by one")


def main(rows_file, places_file, *answers):
    rows, stays = read(rows_file, places_file)
    stats, years, countries, encounters, *itineraries = (json.load(open(answer, encoding="utf-8")) for answer in answers)
    judge = Judge()
    by_official(judge, stays, stats)
    by_year(judge, stays, years)
    by_country(judge, stays, countries)
    by_encounter(judge, rows, encounters)
    for itinerary in itineraries:
        by_itinerary(judge, stays, itinerary)
    print(f"{judge.measured} distances measured")
    return 1 if judge.differences else 0


if __name__ == "__main__":
    if len(sys.argv) < 7:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
