#!/usr/bin/env python3
"""Ask other programs' libraries whether our calendars say what our JSON says.

    python calendars.py EXPECTED.json FILE.ics...

EXPECTED.json is a list of items, or an object with a list `items`, each with `uid`, `start`, `end`, `summary` and `status`, as the
calendar's JSON form has them: a start or end is a day (`2025-02-18`; the end is the last day, included) or an exact time with its
zone (`2025-02-18T10:00:00+03:00[Asia/Riyadh]`). The files together must hold exactly these items: give one feed, or all files of
a split export.

Judges: icalendar, which must be installed; vobject and ics, where they are (PyPI: icalendar==7.3.0 vobject==0.9.9 ics==0.7.3).
Prints one line for each judge and file and one for each difference; exits with 1 if there is any, with 2 on wrong usage.
"""

import importlib.metadata
import json
import re
import sys
import warnings
from datetime import date, datetime, timedelta, timezone

from plain import one_line
from readers import by_ics, by_icalendar, by_vobject, ics_loses


def expected_time(text, is_end):
    """What a start or end of our JSON must be in a calendar: a day, or the wall clock of a zone and the instant."""
    exact = re.fullmatch(r"(\S+T\d\d:\d\d:\d\d)([+-]\d\d:\d\d)\[(\S+)\]", text)
    if exact is None:
        day = date.fromisoformat(text)
        return day + timedelta(days=1) if is_end else day
    wall, offset, zone = exact.groups()
    return datetime.fromisoformat(wall), zone, datetime.fromisoformat(wall + offset).astimezone(timezone.utc)


def agrees(expected, found):
    """Whether a time found is the one expected; in a zone the wall clock decides, in UTC the instant."""
    if isinstance(expected, date) or not isinstance(found, datetime):
        return found == expected
    wall, zone, instant = expected
    if found.tzinfo is None:
        return False
    in_utc = zone == "UTC" or found.tzname() == "UTC"
    return found.astimezone(timezone.utc) == instant if in_utc else found.replace(tzinfo=None) == wall


def short(text):
    return repr(text if len(text) <= 60 else text[:60] + "…")


def differences(expected, found, seen_as):
    """Every way in which the items found are not those expected; `seen_as` is a text as the judge can tell it from others."""
    seen = set()
    for uid, start, end, summary, status in found:
        item = expected.get(uid)
        if uid in seen:
            yield f"{uid}: twice"
        seen.add(uid)
        if item is None:
            yield f"{uid}: not expected"
            continue
        times = [("start", start, False), ("end", end, True)]
        yield from (f"{uid}: {name} is {value}, not {item[name]}" for name, value, is_end in times
                    if not agrees(expected_time(item[name], is_end), value))
        wanted = one_line(item["summary"])
        if seen_as(summary) != seen_as(wanted):
            yield f"{uid}: summary is {short(summary)}, not {short(wanted)}"
        if status != item["status"]:
            yield f"{uid}: status is {status}, not {item['status']}"


def main(arguments):
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    warnings.simplefilter("ignore")
    with open(arguments[0], encoding="utf-8") as file:
        items = json.load(file)
    items = items["items"] if isinstance(items, dict) else items
    expected = {item["uid"]: item for item in items}
    wrong = 0 if len(expected) == len(items) else 1
    for name, judge, seen_as in [("icalendar", by_icalendar, str), ("vobject", by_vobject, str), ("ics", by_ics, ics_loses)]:
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            print(f"{name}: not installed")
            wrong += name == "icalendar"
            continue
        all_found = set()
        for path in arguments[1:]:
            said = []
            try:
                with open(path, encoding="utf-8", newline="") as file:
                    found = list(judge(file.read()))
                all_found.update(item[0] for item in found)
                said = list(differences(expected, found, seen_as))
            except Exception as error:  # Whatever a judge trips over is an objection.
                said = [f"{type(error).__name__}: {error}"]
            print(f"{name} {version} {path}: {'ok' if not said else 'objects'}")
            print("".join(f"  {line}\n" for line in said), end="")
            wrong += len(said)
        missing = sorted(expected.keys() - all_found)
        print("".join(f"  {name}: {uid} is missing\n" for uid in missing), end="")
        wrong += len(missing)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
