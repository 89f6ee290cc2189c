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
import re
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

FIELDS = ("status", "when", "said", "place", "participants", "confirmed_by", "declined_by")
ZONE = re.compile(r"\[[A-Za-z][^]]*]")
FALLEN = ("weaker", "cancelled", "retracted")


class Log:
    """A log with its answers at any moment."""

    def __init__(self, binary, path):
        self.binary, self.path, self.kept = os.path.abspath(binary), path, {}
        with open(os.path.join(path, "000001.jsonl"), encoding="utf-8") as lines:
            self.entries = [json.loads(line) for line in lines]
        self.on = max((entry["source"]["published"][:10] for entry in self.entries if "published" in entry.get("source", {})), default="2025-03-01")
        with open(os.path.join(path, "log.json"), encoding="utf-8") as card:
            self.zone = json.load(card)["zone"]
        self.places = {}
        for event in (event for entry in self.entries for event in entry["events"] if event["kind"] == "place"):
            self.places.setdefault(event["place"], {}).update(event)
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
    told |= {field: in_order(told[field]) for field in ("participants", "confirmed_by", "declined_by")}
    told["said"] = None if one["when"] else one["said"]
    return {field: value or None for field, value in told.items()}


def in_order(listed):
    """A list of which the order says nothing, as far as it matters here."""
    seat = ("official", "party", "role", "attendance")
    listed = [{key: one[key] for key in seat} if isinstance(one, dict) and "attendance" in one else one for one in listed or []]
    return sorted(listed, key=lambda one: json.dumps(one, sort_keys=True))


def value(field, one):
    """A value as `changes` shows it, in the same shape."""
    if one is None:
        return None
    if field == "place":
        return one["place"], one["place_doubtful"]
    if field in ("participants", "confirmed_by", "declined_by"):
        return in_order(one)
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


def outwards(log, place):
    """A place and those around it, the nearest first."""
    found = []
    while place and place not in found:
        found.append(place)
        place = log.places.get(place, {}).get("within")
    return found


def zone_of(log, meeting):
    place = meeting["place"] and meeting["place"][0]
    return ZoneInfo(next((zone for one in outwards(log, place) if (zone := log.places.get(one, {}).get("zone"))), log.zone))


def read_when(text, zone):
    """The first and the last day possible, the exact times if there are any, and how plainly it is said."""
    text = ZONE.sub("", text)
    plain = {"~": 1, "?": 0}.get(text[-1], 2)
    text = text.rstrip("~?")
    exact = []

    def ends(part):
        if part in ("", ".."):
            return None
        if "T" in part:
            exact.append(datetime.fromisoformat(part).astimezone(timezone.utc))
            return (exact[-1].astimezone(zone).date(),) * 2
        year, month, day = (*map(int, part.split("-")), None, None)[:3]
        first = date(year, month or 1, day or 1)
        last = date(year + (month in (None, 12)), (month or 12) % 12 + 1, 1) - timedelta(1) if day is None and (year, month) < (9999, 12) else first
        return first, last

    is_range = text.startswith("[") or "/" in text
    parts = text[1:-1].split("..") if text.startswith("[") else text.split("/", 1) if "/" in text else [text, text]
    first, last = ends(parts[0]), ends(parts[1] if is_range else text)
    return first and first[0] or date.min, last and last[1] or date.max, tuple(dict.fromkeys(exact)), plain


def direction(more, less):
    """Of what became more and what became less: more alone is firmer, less alone is weaker; both is another."""
    return ("moved",) if more and less else ("firmer",) if more else ("weaker",) if less else ()


def turn_of_when(before, after, zones):
    first, last, exact, plain = read_when(before, zones[0])
    new_first, new_last, new_exact, new_plain = read_when(after, zones[1])
    inner = first <= new_first and new_last <= last
    outer = new_first <= first and last <= new_last
    if not (inner or outer) or (exact and new_exact and exact != new_exact):
        return ("moved",)
    # What lasts over all its days is not said more closely by fewer days: either reading holds.
    are_lasting = all("/" in ZONE.sub("", text) for text in (before, after))
    lasting = {"moved"} if are_lasting and not (inner and outer) else set()
    more = not outer or (new_exact and not exact) or new_plain > plain
    less = not inner or (exact and not new_exact) or new_plain < plain
    return (*direction(more, less), *lasting)


def turn_of_place(log, before, after):
    (place, doubtful), (new, new_doubtful) = before, after
    narrower, wider = place in outwards(log, new), new in outwards(log, place)
    if not (narrower or wider):
        return ("moved",)
    return direction((narrower and not wider) or (doubtful and not new_doubtful), (wider and not narrower) or (new_doubtful and not doubtful))


def meeting_turns(log, field, before, after, meetings):
    """The directions that a change of a meeting's field may bear; `meetings` is the meeting at both moments."""
    if field == "participants":
        return ("participants",)
    if field in ("confirmed_by", "declined_by"):
        gone, came = ([json.dumps(one, sort_keys=True) for one in side or []] for side in (before, after))
        more, less = any(one not in gone for one in came), any(one not in came for one in gone)
        if field == "declined_by":
            more, less = less, more
        # One voice for another is neither more nor less: the words of the directions do not say which it is.
        return ("moved", "firmer", "weaker") if more and less else direction(more, less)
    if before is None or after is None:
        return direction(after is not None, before is not None)
    if field == "when":
        return turn_of_when(before, after, [zone_of(log, one) for one in meetings])
    return turn_of_place(log, before, after)


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
            if field in ("when", "place", "participants", "confirmed_by", "declined_by") and key[0] in old_meetings and key[0] in new_meetings:
                turns_then = meeting_turns(log, field, *given[key], (old_meetings[key[0]], new_meetings[key[0]]))
                if what not in (*turns_then, "retracted"):
                    yield f"{key}: said to be {what}, not {' or '.join(turns_then) or 'a change'}: {change['before']} -> {change['after']}"
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
