#!/usr/bin/env python3
"""Holds `daybook changes` against the difference of the answers at both moments.

Between any two moments, by either clock: what `changes` says of a meeting must be what differs between two `summits --all`, field by field;
its stays and journeys of an official, taken from the itinerary before and added to it, must give the itinerary after; and the cause must be
an event after which the answer is what it is, and before which it was not.

  changes.py BINARY LOG                        every pair of moments of a log
  changes.py BINARY --random SEED COUNT        pairs of moments of random histories
"""

import itertools
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import date, datetime, timedelta, timezone

FIELDS = ("status", "when", "said", "place", "participants", "confirmed_by", "declined_by")
FALLEN = ("weaker", "cancelled", "retracted")


class Log:
    """A log with its answers at any moment."""

    def __init__(self, binary, path):
        self.binary, self.path, self.kept = os.path.abspath(binary), path, {}
        with open(os.path.join(path, "000001.jsonl"), encoding="utf-8") as lines:
            self.entries = [json.loads(line) for line in lines]
        self.on = max((entry["source"]["published"][:10] for entry in self.entries if "published" in entry.get("source", {})), default="2025-03-01")
        self.officials = sorted({event["official"] for entry in self.entries for event in entry["events"] if event["kind"] == "official"})

    def ask(self, *words):
        ran = subprocess.run([self.binary, "--log", self.path, *words, "--json", "--on", self.on], capture_output=True, text=True)
        if ran.returncode:
            raise AssertionError(f"{words}: exit {ran.returncode}: {ran.stderr}")
        return json.loads(ran.stdout)

    def answers(self, moment):
        """Meetings by id, and the stays and journeys of every official; `moment` is the clocks as words."""
        if moment not in self.kept:
            # An official whom the log does not know yet has no itinerary.
            told = [(one, self.ask("itinerary", one, *moment)) for one in self.officials]
            meetings = {one["meeting"]: meeting(one) for one in self.ask("summits", "--all", *moment)["meetings"]}
            self.kept[moment] = meetings, {one: movements(itinerary) for one, itinerary in told}
        return self.kept[moment]


def meeting(one):
    told = {field: one[field] for field in FIELDS}
    told["place"] = one["place"] and (one["place"], one["place_doubtful"])
    told["participants"] = [{key: seat[key] for key in ("official", "party", "role", "attendance")} for seat in one["participants"]]
    told["said"] = None if one["when"] else one["said"]
    return {field: value or None for field, value in told.items()}


def value(field, one):
    """A value as `changes` shows it, in the same shape."""
    if one is None:
        return None
    if field == "place":
        return one["place"], one["place_doubtful"]
    if field == "participants":
        return [{key: seat[key] for key in ("official", "party", "role", "attendance")} for seat in one]
    return one


def stay(one):
    return one["place"], one["from"], one["to"], one["standing"]


def journey(one):
    return one["from"], one["to"], one["depart"], one["arrive"], one["standing"]


def movements(itinerary):
    stays = []
    for stop in itinerary["stops"]:
        runs = []
        for run in stop["stretches"]:
            if runs and runs[-1][3] == run["standing"]:
                runs[-1] = (*runs[-1][:2], run["to"], run["standing"])
            else:
                runs.append((stop["place"], run["from"], run["to"], run["standing"]))
        stays += runs
    return {"stays": Counter(stays), "journeys": Counter(journey(leg) for leg in itinerary["legs"])}


def days(stays):
    """Every day at a place with its firmness."""
    firmness = ["presumed", "uncertain", "planned", "confirmed", "observed"]
    found = {}
    for place, first, last, standing in stays:
        day = date.fromisoformat(first)
        while day <= date.fromisoformat(last):
            found[place, day] = firmness.index(standing)
            day += timedelta(1)
    return found


def whole(stays):
    """Stays as whole stops: at one place, day after day."""
    stops = []
    for one in stays:
        last = stops[-1][-1] if stops else None
        if last and last[0] == one[0] and date.fromisoformat(last[2]) + timedelta(1) == date.fromisoformat(one[1]):
            stops[-1].append(one)
        else:
            stops.append([one])
    return [tuple(stop) for stop in stops]


def turns(change):
    """The directions that a change of stays may bear."""
    before, after = (days(map(stay, change[side] or [])) for side in ("before", "after"))
    if not before:
        return ("new",)
    if not after:
        return ("cancelled", "retracted")
    if all(after.get(day, -1) >= firm for day, firm in before.items()):
        return ("firmer",)
    if all(before.get(day, -1) >= firm for day, firm in after.items()):
        return ("weaker", "retracted")
    return ("moved", "retracted")


def judge(log, since, clock, before, after):
    """What is wrong with the changes between two moments, in sentences."""
    told = log.ask("changes", "--since", since, "--clock", clock, *after)
    (old_meetings, old), (new_meetings, new) = log.answers(before), log.answers(after)
    wanted = {}
    for id in sorted(old_meetings.keys() | new_meetings.keys()):
        a, b = old_meetings.get(id), new_meetings.get(id)
        if a is None or b is None:
            wanted[id, None] = (a, b)
        else:
            wanted |= {(id, field): (a[field], b[field]) for field in FIELDS if a[field] != b[field]}
    given = {}
    moved = {official: {field: [Counter(), Counter()] for field in ("stays", "journeys")} for official in log.officials}
    for change in told["changes"]:
        field, subject = change["field"], change["subject"]
        if "meeting" in subject:
            key = subject["meeting"], field
            if key in given:
                yield f"twice: {key}"
            given[key] = tuple((meeting(one) if field is None else value(field, one)) if (one := change[side]) is not None else None for side in ("before", "after"))
            what = change["what"]
            if (what == "new") != (field is None and change["before"] is None) or (field is None and change["after"] is None and what != "retracted"):
                yield f"{key}: said to be {what}"
            if field == "status" and change["after"] in ("held", "cancelled") and what != change["after"]:
                yield f"{key}: said to be {what}"
        else:
            shape = stay if field == "stays" else journey
            for side, one in enumerate(("before", "after")):
                moved[subject["official"]][field][side].update(map(shape, change[one] or []))
            if field == "stays" and change["what"] not in turns(change):
                yield f"{subject}: said to be {change['what']}: {change}"
        yield from cause(log, change, clock, before, after)
    if given != wanted:
        keys = [key for key in given.keys() | wanted.keys() if given.get(key) != wanted.get(key)]
        yield "; ".join(f"{key}: told {given.get(key)}, differs by {wanted.get(key)}" for key in sorted(keys, key=str))
    for official, fields in moved.items():
        for field, (gone, came) in fields.items():
            if old[official][field] - gone + came != new[official][field] or gone - old[official][field]:
                yield f"{official}: {field} before {old[official][field]}, gone {gone}, came {came}, after {new[official][field]}"


def instants(log):
    """When each entry became public, by its number; an entry without a source by when it was recorded."""
    return {entry["seq"]: public(entry) for entry in log.entries}


def public(entry):
    recorded = datetime.fromisoformat(entry["recorded"])
    published = entry.get("source", {}).get("published")
    if published is None:
        at = recorded
    elif len(published) == 10:
        end = datetime.combine(date.fromisoformat(published), datetime.min.time(), timezone.utc) + timedelta(days=1, milliseconds=-1)
        at = min(end, recorded)
    else:
        at = datetime.fromisoformat(published)
    embargo = entry.get("embargo")
    return max(at, datetime.fromisoformat(embargo)) if embargo else at


def cause(log, change, clock, before, after):
    """By the recorded clock: before the entry of the cause the value was another, and from it on it is what it is."""
    seq = int(change["cause"].split(".")[0])
    kind = log.entries[seq - 1]["events"][int(change["cause"].split(".")[1]) - 1]["kind"]
    if change["what"] == "retracted" and change["field"] is not None and kind != "retraction":
        yield f"retracted by a {kind}: {change}"
    if kind in ("official", "party", "place", "trip"):
        return
    if clock == "published":
        at, known = instants(log)[seq], dict(zip(before[::2], before[1::2]))
        if not datetime.fromisoformat(known["--public-by"]) < at:
            yield f"known before: {change}"
        return
    then, now = log.answers(("--as-of", str(seq - 1))) if seq > 1 else ({}, None), log.answers(("--as-of", str(seq)))

    def holds(answers):
        meetings, officials = answers
        if "meeting" in change["subject"]:
            told = meetings.get(change["subject"]["meeting"])
            if change["field"] is None:
                return (told is not None) == (change["after"] is not None)
            return told is not None and told[change["field"]] == value(change["field"], change["after"])
        if officials is None:
            return False
        there = officials[change["subject"]["official"]][change["field"]]
        gone, came = change["before"] or [], change["after"] or []
        if change["field"] == "stays":
            there, gone, came = whole(there), whole(map(stay, gone)), whole(map(stay, came))
        else:
            gone, came = list(map(journey, gone)), list(map(journey, came))
        return all(one in there for one in came) and not any(one in there for one in gone if one not in came)

    if not holds(now):
        yield f"not so after its cause: {change}"
    if seq > 1 and holds(then):
        yield f"so before its cause: {change}"


def pairs(log, pick=None):
    """Pairs of moments by both clocks: the words for --since, the clock, and the clocks of both answers."""
    found = [(str(a), "recorded", ("--as-of", str(a)), ("--as-of", str(b)))
             for a, b in itertools.combinations(range(1, len(log.entries) + 1), 2)]
    points = sorted(set(instants(log).values()))
    points = [(at + timedelta(milliseconds=shift)).astimezone(timezone.utc) for at in points for shift in (-1, 0)]
    written = [at.isoformat(timespec="milliseconds").replace("+00:00", "Z") for at in points]
    found += [(a, "published", ("--public-by", a), ("--public-by", b)) for a, b in itertools.combinations(written, 2)]
    return found if pick is None or len(found) <= pick else random.sample(found, pick)


def main():
    binary, *rest = sys.argv[1:]
    asked = wrong = 0

    def hold(log, name, pick=None):
        nonlocal asked, wrong
        for since, clock, before, after in pairs(log, pick):
            asked += 1
            for sentence in judge(log, since, clock, before, after):
                wrong += 1
                print(f"{name}, {clock} since {since} to {after}: {sentence}")

    if rest[0] != "--random":
        hold(Log(binary, rest[0]), rest[0])
    else:
        import model
        first, count = map(int, rest[1:])
        with tempfile.TemporaryDirectory() as scratch:
            filler = model.Judge(binary, scratch)
            for seed in range(first, first + count):
                random.seed(seed)
                try:
                    filler.fill(model.render(model.Generator(seed).history()), "UTC")
                except model.Refused:
                    continue
                hold(Log(binary, filler.log), f"seed {seed}", 12)
    print(f"{asked} pairs of moments, {wrong} differences")
    return 1 if wrong or not asked else 0


if __name__ == "__main__":
    sys.exit(main())
