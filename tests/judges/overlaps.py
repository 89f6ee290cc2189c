#!/usr/bin/env python3
"""Find what contradicts itself in the Office of the Historian's own rows, and hold the answer of `check --json` against it.

    python overlaps.py travels.tsv CHECK.json

A row is one official in one country for inclusive local days, in one or several cities. Three things are looked for, from the rows alone:

- conflict: two rows of an official share two days in a row, and each names a place that the other does not; a country holds its cities.
- likely duplicate: two rows of an official name one place for two days in a row; or for one day, if that is all that one of them covers and
  no third row has them elsewhere that day, for then they may have come back.
- companion elsewhere: a row says that a secretary accompanied a president by name, and that president, of whom there are rows in that year,
  has no row in that country on any of its days.

A finding names rows by the Office's own keys. All that is looked for must be found, once, and nothing else; any other finding is a false
alarm. Prints the counts and each difference; exits with 1 if there is any.
"""

import csv
import json
import re
import sys
from collections import Counter
from datetime import date, timedelta
from itertools import combinations

DAY = timedelta(days=1)
NAMED = re.compile(r"\b[Aa]ccompanied (?:by )?(?:the )?President ([A-Z][\w’'-]*)")


class Row:
    def __init__(self, fields):
        self.key, self.official, self.name, self.role = fields["id"], fields["official"], fields["name"], fields["role"]
        self.first, self.last = date.fromisoformat(fields["start"]), date.fromisoformat(fields["end"])
        # "Burma (Myanmar)", "China, People’s Republic of", "Korea, South": one land under several names.
        self.country = re.split(r" \(|, ", fields["country"])[0]
        cities = [city.strip() for city in fields["city"].split(",") if city.strip()]
        self.places = set(cities) or {self.country}
        self.whole_country = not cities
        self.remarks = fields["remarks"]

    def shared(self, other):
        return [day for day in (self.first + n * DAY for n in range((self.last - self.first).days + 1)) if other.first <= day <= other.last]

    def holds(self, other):
        return self.country == other.country and (self.whole_country or other.whole_country)


def conflicts(one, other):
    apart = one.places - other.places and other.places - one.places and not one.holds(other)
    return len(one.shared(other)) > 1 and bool(apart)


def repeats(one, other, rows):
    days = one.shared(other)
    if not days or not one.places & other.places:
        return False
    if len(days) > 1:
        return True
    elsewhere = any(row.first <= days[0] <= row.last and row not in (one, other) and not row.places & one.places & other.places for row in rows)
    return (one.first == one.last or other.first == other.last) and not elsewhere


def company(row, presidents):
    """The president whom a row names and whose rows do not bear it out."""
    named = NAMED.search(row.remarks)
    # A vice president, or a president of elsewhere, is not in the list.
    if not named or row.role == "president":
        return None
    surname = named.group(1)
    fits = {other.official for other in presidents if other.name.split()[-1] == surname and other.first.year <= row.first.year <= other.last.year}
    if len(fits) != 1:
        return None
    theirs = [other for other in presidents if other.official in fits]
    return None if any(other.country == row.country and row.shared(other) for other in theirs) else fits.pop()


def expected(rows):
    found = {"conflict": set(), "likely_duplicate": set(), "companion_elsewhere": set()}
    for official in {row.official for row in rows}:
        own = [row for row in rows if row.official == official]
        for one, other in combinations(own, 2):
            pair = frozenset((one.key, other.key))
            if conflicts(one, other):
                found["conflict"].add((official, pair))
            if repeats(one, other, own):
                found["likely_duplicate"].add((official, pair))
    presidents = [row for row in rows if row.role == "president"]
    for row in rows:
        if company(row, presidents):
            found["companion_elsewhere"].add((row.official, row.key))
    return found


def said(findings, rows):
    """The findings in the same form: of a companion's the row that tells of it, of the others every two rows that contradict or repeat each other.

    Where several rows tell of one stay that others contradict, one finding names them all."""
    found = {}
    by_key = {row.key: row for row in rows}
    for finding in findings:
        kind, about = finding["finding"], finding["about"]
        keys = {report["record"] for report in finding.get("reports", [])}
        these = found.setdefault(kind, [])
        if kind == "companion_elsewhere":
            these += [(about, key) for key in keys if by_key[key].official == about]
            continue
        pairs = [frozenset(keys)]
        if kind == "conflict":
            pairs = [frozenset((one.key, other.key)) for one, other in combinations([by_key[key] for key in keys], 2) if conflicts(one, other)]
            last = max((max(by_key[one].shared(by_key[other])) for one, other in pairs), default=None)
            if set().union(*pairs) != keys or f"{last.day} {last:%b} {last.year}" not in finding["says"]:
                found.setdefault("conflict that is none, or on other days", []).append((about, frozenset(keys)))
        these += [(about, pair) for pair in pairs]
    return found


def main(rows_file, answer_file):
    with open(rows_file, encoding="utf-8") as file:
        rows = [Row(fields) for fields in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    with open(answer_file, encoding="utf-8") as file:
        findings = json.load(file)["findings"]
    wanted, ours = expected(rows), said(findings, rows)
    missed = alarms = 0
    for kind in sorted(set(wanted) | set(ours)):
        want, have = wanted.get(kind, set()), Counter(ours.get(kind, []))
        lost, more = want - set(have), [one for one, count in have.items() if one not in want or count > 1]
        print(f"{kind}: {len(want)} in the rows, {sum(have.values())} found")
        for text, differing in (("not found", lost), ("false alarm", more)):
            for about, keys in sorted(differing, key=str):
                print(f"  {text}: {about} {keys if isinstance(keys, str) else ', '.join(sorted(keys))}")
        missed, alarms = missed + len(lost), alarms + len(more)
    print(f"{len(rows)} rows: {missed} not found, {alarms} false alarms")
    return 1 if missed or alarms else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
