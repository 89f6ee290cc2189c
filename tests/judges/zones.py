#!/usr/bin/env python3
"""Hold the zone rules of the program against the newest of PyPI's `tzdata`, read here byte by byte (RFC 9636), not by `zoneinfo`.

    python zones.py names                  every name that tzdata has
    python zones.py rules DUMP.json        the changes of every zone from 1970 to 2037, and the offsets of its VTIMEZONE from 2000 to 2037
    python zones.py noon DAYBOOK SCRATCH   hours that rules of 2025 get wrong, as questions and exports show them

DUMP.json has `release`, `refused` (names that the program does not know) and `zones`: by name `before` (offset in seconds, abbreviation,
whether daylight-saving time) at the end of 1969, `changes` (instant, offset, abbreviation, daylight) and `vtimezone`. A VTIMEZONE is read
by icalendar and its rules expanded by dateutil. Prints what differs; exits with 1 if anything does, with 3 if that may be because the
releases are not the same, with 2 on wrong usage.
"""

import csv
import io
import json
import re
import struct
import subprocess
import sys
from bisect import bisect_right
from datetime import date, datetime, timedelta, timezone
from importlib import resources
from pathlib import Path

import tzdata

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
UNTIL = datetime(2038, 1, 1, tzinfo=timezone.utc)
VTIMEZONE_FROM = datetime(2000, 1, 1, tzinfo=timezone.utc)
VTIMEZONE_TO = datetime(2037, 12, 30, tzinfo=timezone.utc)
MOST_SHOWN = 20

# Where tzdata's main form has clocks put back in winter (or for Ramadan) and calls that daylight-saving time, with a negative saving. The bundle
# of jiff is made from tzdata's `rearguard` form, which calls the other half of the year so, as most programs do. Offsets and abbreviations are
# the same in both, and are compared; what is called daylight-saving time is not.
NEGATIVE_SAVING = {"Africa/Casablanca", "Africa/El_Aaiun", "Africa/Windhoek", "Eire", "Europe/Dublin"}
# No place, but tzdata's word for a machine that was not told where it is.
NO_ZONE = {"Factory"}


def seconds(at):
    return int((at - EPOCH).total_seconds())


def names():
    return resources.files(tzdata).joinpath("zones").read_text(encoding="utf-8").split()


class Theirs:
    """A zone as tzdata's file has it: its changes, those of the footer's rule included, from the first to 2037."""

    def __init__(self, name):
        data = resources.files(tzdata).joinpath("zoneinfo", *name.split("/")).read_bytes()
        counts = self.counts(data, 0)
        # The first block has 32 bits; the second, with 64, begins after it.
        start = 44 + self.length(counts, 4)
        assert data[start:start + 4] == b"TZif" and data[start + 4:start + 5] >= b"2", name
        counts = self.counts(data, start)
        _, _, leaps, times, types, characters = counts
        assert leaps == 0, name
        at = start + 44
        instants = struct.unpack_from(f">{times}q", data, at)
        indices = data[at + 8 * times:at + 9 * times]
        at += 9 * times
        kinds = [struct.unpack_from(">lBB", data, at + 6 * number) for number in range(types)]
        words = data[at + 6 * types:at + 6 * types + characters]
        states = [(offset, words[index:words.index(b"\0", index)].decode(), bool(dst)) for offset, dst, index in kinds]
        self.first = states[0]
        self.changes = [(instant, *states[index]) for instant, index in zip(instants, indices)]
        footer = data[start + 44 + self.length(counts, 8):].strip(b"\n").decode()
        if footer:
            last = self.changes[-1][0] if self.changes else -(1 << 60)
            self.changes += [change for change in expanded(footer) if change[0] > last]
        self.instants = [change[0] for change in self.changes]

    @staticmethod
    def counts(data, start):
        return struct.unpack_from(">6l", data, start + 20)

    @staticmethod
    def length(counts, width):
        utc, standard, leaps, times, types, characters = counts
        return times * width + times + types * 6 + characters + leaps * (width + 4) + standard + utc

    def state(self, instant):
        """Offset, abbreviation and whether it is daylight-saving time."""
        at = bisect_right(self.instants, instant)
        return self.changes[at - 1][1:] if at else self.first

    def between(self, first, last):
        """The changes after `first` up to `last` that change anything."""
        before, found = self.state(first), []
        for change in self.changes:
            if first < change[0] < last and change[1:] != before:
                found.append(change)
            before = change[1:] if change[0] > first else before
        return found


def expanded(footer):
    """The changes of a POSIX rule (with the additions of RFC 9636, section 3.3.1) from 1970 to 2037."""
    name, offset, hours = r"([A-Za-z]{3,}|<[A-Za-z0-9+-]+>)", r"([+-]?\d+(?::\d+){0,2})", r"(?:/([+-]?\d+(?::\d+){0,2}))?"
    match = re.fullmatch(rf"{name}{offset}(?:{name}{offset}?,([^,/]+){hours},([^,/]+){hours})?", footer)
    assert match, footer
    standard, west, daylight, west_daylight, begins, begins_at, ends, ends_at = match.groups()
    if daylight is None:
        return []
    # West of Greenwich is positive there.
    offset = -clock(west)
    summer = offset + 3600 if west_daylight is None else -clock(west_daylight)
    found = []
    for year in range(1970, 2038):
        found.append((rule_day(begins, year) + clock(begins_at or "2") - offset, summer, daylight.strip("<>"), True))
        found.append((rule_day(ends, year) + clock(ends_at or "2") - summer, offset, standard.strip("<>"), False))
    return sorted(found)


def clock(text):
    sign = -1 if text.startswith("-") else 1
    parts = [int(part) for part in text.lstrip("+-").split(":")] + [0, 0]
    return sign * (parts[0] * 3600 + parts[1] * 60 + parts[2])


def rule_day(rule, year):
    """Midnight, as if in UTC, of the day of a rule."""
    if rule[0] == "M":
        month, week, weekday = map(int, rule[1:].split("."))
        first = date(year, month, 1)
        # POSIX counts from Sunday, python from Monday.
        day = first + timedelta(days=(weekday - (first.weekday() + 1)) % 7 + 7 * (week - 1))
        while day.month != month:
            day -= timedelta(days=7)
    elif rule[0] == "J":
        # 1 to 365: the 29th of February is never counted.
        day = date(2001, 1, 1) + timedelta(days=int(rule[1:]) - 1)
        day = day.replace(year=year)
    else:
        day = date(year, 1, 1) + timedelta(days=int(rule))
    return (day - date(1970, 1, 1)).days * 86400


def has_negative_saving(before, changes):
    """Whether clocks are ever put back for what is called daylight-saving time."""
    states = [before, *(change[1:] for change in changes)]
    return any(new[2] and not old[2] and new[0] < old[0] for old, new in zip(states, states[1:]))


def that_change(before, changes, told):
    """The changes of what is told of a state."""
    found = []
    for instant, *state in changes:
        if tuple(state[:told]) != before[:told]:
            found.append((instant, *state[:told]))
        before = tuple(state)
    return found


def ours_differ(name, zone, theirs):
    """Every way in which the program's changes of a zone are not those of tzdata."""
    first = seconds(EPOCH) - 1
    until_2037 = theirs.between(first, seconds(UNTIL))
    if (name in NEGATIVE_SAVING) != has_negative_saving(theirs.state(first), until_2037):
        yield f"{name}: tzdata has negative savings in other zones than it had"
    # Offset, abbreviation and daylight-saving time; of a zone with negative savings only the first two.
    told = 2 if name in NEGATIVE_SAVING else 3
    ours = that_change(tuple(zone["before"]), zone["changes"], told)
    expected = that_change(theirs.state(first), until_2037, told)
    if tuple(zone["before"])[:told] != theirs.state(first)[:told]:
        yield f"{name}: at the end of 1969 {tuple(zone['before'])}, tzdata has {theirs.state(first)}"
    for change in sorted(set(ours) ^ set(expected)):
        whose = "tzdata alone has" if change in expected else "we alone have"
        yield f"{name}: {whose} {EPOCH + timedelta(seconds=change[0]):%Y-%m-%d %H:%M:%S} UTC: {change[1:]}"


def onsets(vtimezone):
    """The instants from which a VTIMEZONE has an offset, until 2038: read by icalendar, expanded by dateutil."""
    import icalendar
    from dateutil.rrule import rrulestr

    component = icalendar.cal.Component.from_ical(vtimezone)
    assert not component.errors, component.errors
    found = []
    for part in component.subcomponents:
        assert not part.errors, part.errors
        start = part["DTSTART"].dt
        before, after = (int(part[name].td.total_seconds()) for name in ("TZOFFSETFROM", "TZOFFSETTO"))
        walls = {start}
        if "RRULE" in part:
            rule = part["RRULE"].to_ical().decode()
            until = part["RRULE"].get("UNTIL")
            if until:
                # UNTIL is UTC (RFC 5545, section 3.3.10), and dateutil compares wall clocks.
                wall = until[0].replace(tzinfo=None) + timedelta(seconds=before)
                rule = re.sub(r"UNTIL=[^;]*", f"UNTIL={wall:%Y%m%dT%H%M%S}", rule)
            walls |= set(rrulestr(rule, dtstart=start).between(start, UNTIL.replace(tzinfo=None), inc=True))
        for wall in walls:
            found.append((seconds(wall.replace(tzinfo=timezone.utc)) - before, after))
    return sorted(found)


def vtimezone_differs(name, zone, theirs):
    """Every instant looked at for which a VTIMEZONE gives another offset than tzdata: all changes, a second before each, and every tenth day."""
    found = onsets(zone["vtimezone"])
    instants = [instant for instant, _ in found]
    first, last = seconds(VTIMEZONE_FROM), seconds(VTIMEZONE_TO)
    changes = [change[0] for change in theirs.between(first, last)]
    for at in sorted({*range(first, last, 10 * 86400), last, *changes, *(change - 1 for change in changes)}):
        index = bisect_right(instants, at)
        offset = found[index - 1][1] if index else None
        if offset != theirs.state(at)[0]:
            yield f"{name}: its VTIMEZONE has {offset} at {EPOCH + timedelta(seconds=at):%Y-%m-%d %H:%M:%S} UTC, tzdata {theirs.state(at)[0]}"
            return


def rules(path):
    dump = json.loads(Path(path).read_text(encoding="utf-8"))
    wrong, changes, looked_at = [f"{name}: tzdata has it, we refuse it" for name in dump["refused"] if name not in NO_ZONE], 0, 0
    known = set(names())
    for name, zone in sorted(dump["zones"].items()):
        if name not in known:
            wrong.append(f"{name}: accepted, and no name of tzdata")
            continue
        theirs = Theirs(name)
        changes += len(theirs.between(seconds(EPOCH) - 1, seconds(UNTIL)))
        said = [*ours_differ(name, zone, theirs), *vtimezone_differs(name, zone, theirs)]
        looked_at += 1
        wrong += said[:3]
    print(f"ours {dump['release']}, tzdata {tzdata.IANA_VERSION}: {looked_at} zones, {changes} changes: {'ok' if not wrong else 'they differ'}")
    print("".join(f"  {line}\n" for line in wrong[:MOST_SHOWN]), end="")
    if len(wrong) > MOST_SHOWN:
        print(f"  … and {len(wrong) - MOST_SHOWN} more")
    if wrong and dump["release"] != tzdata.IANA_VERSION:
        return 3
    return 1 if wrong else 0


# Noon on days of which rules of 2025 and older ones tell other offsets, and one long past.
NOONS = [(zone, "2026-12-15") for zone in ("Africa/Casablanca", "America/Edmonton", "America/Vancouver", "America/Winnipeg",
                                           "America/Havana", "Europe/Chisinau")]
NOONS += [("America/Havana", "2004-12-15"), ("Europe/Chisinau", "1991-01-15"), ("Europe/Lisbon", "1993-07-01")]


def noon(program, scratch):
    """Logs an arrival and a meeting at each of these noons, and looks at what is shown of them."""
    def run(*arguments):
        said = subprocess.run([program, *arguments], cwd=scratch, capture_output=True, check=False)
        assert said.returncode == 0, (arguments, said.stderr.decode())
        return said.stdout.decode("utf-8")

    run("init")
    events = [{"kind": "party", "party": "xa", "name": "A side"}]
    for at, (zone, day) in enumerate(NOONS):
        events += [{"kind": "place", "place": f"hall-{at}", "name": f"Hall {at}", "zone": zone},
                   {"kind": "official", "official": f"one-{at}", "name": f"Minister {at}", "party": "xa"}]
        # As they are typed: the program finds the offset.
        events += [{"kind": "travel", "officials": [f"one-{at}"], "from": f"hall-{at}", "to": f"hall-{at}",
                    "depart": f"{day}T11:00", "arrive": f"{day}T12:00"},
                   {"kind": "meeting_confirmed", "meeting": f"noon-{at}", "title": f"Noon {at}", "place": f"hall-{at}",
                    "when": f"{day}T12:00", "by": ["xa"], "participants": [{"official": f"one-{at}"}]}]
    line = {"source": {"outlet": "Wire", "published": "2025-01-01"}, "events": events}
    (Path(scratch) / "noon.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    run("import", "noon.jsonl")
    asked = ("--on", "2025-01-01")
    table = {row["uid"].split("@")[0]: row for row in csv.DictReader(io.StringIO(run("export", "csv", *asked)))}
    rows = {row["uid"].split("@")[0]: row for row in json.loads(run("export", "json", *asked))["rows"]}
    (Path(scratch) / "noon.ics").write_text(run("export", "ics", *asked), encoding="utf-8", newline="")
    from readers import by_library, by_vobject
    feed = {uid.split("@")[0]: start for uid, start, *_ in by_library(by_vobject, [Path(scratch) / "noon.ics"])}
    wrong = 0
    for at, (zone, day) in enumerate(NOONS):
        theirs, wall = Theirs(zone), f"{day}T12:00:00"
        local = seconds(datetime.fromisoformat(wall + "+00:00"))
        [offset] = {offset for offset in (change[1] for change in [(0, *theirs.first), *theirs.changes]) if theirs.state(local - offset)[0] == offset}
        utc = EPOCH + timedelta(seconds=local - offset)
        sign, hours = "-" if offset < 0 else "+", f"{abs(offset) // 3600:02}:{abs(offset) // 60 % 60:02}"
        text = f"{wall}{sign}{hours}"
        there = json.loads(run("where", f"one-{at}", "--on", day, "--json"))
        in_words = run("where", f"one-{at}", "--on", day, "--tz", "UTC")
        shown = {
            "where --json": there["legs"][0]["arrive"] == f"{text}[{zone}]", "where --tz UTC": f"{utc:%H:%M}" in in_words,
            "export csv": table[f"noon-{at}"]["start"] == text, "export json": rows[f"noon-{at}"]["start"] == text,
            "export ics": feed[f"noon-{at}"] == f"{utc:%Y-%m-%dT%H:%M:%SZ}",
        }
        for where, right in shown.items():
            if not right:
                print(f"{zone}: {where} does not show {text} (tzdata {tzdata.IANA_VERSION})")
                wrong += 1
    print(f"{len(NOONS)} noons: {'ok' if not wrong else f'{wrong} shown wrongly'}")
    return 1 if wrong else 0


def main(arguments):
    if arguments == ["names"]:
        print("\n".join(names()))
        return 0
    if len(arguments) == 2 and arguments[0] == "rules":
        return rules(arguments[1])
    if len(arguments) == 3 and arguments[0] == "noon":
        return noon(arguments[1], arguments[2])
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
