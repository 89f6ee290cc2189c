"""The peer's tables, filled from the same lines by a second, simpler reading of the rules.

`load.py FOLDER DATABASE ENTRIES`: a process of its own, for it holds what the runner must not. It knows what a made-up world holds:
reports, corrections, cancellations, dates as the simulator writes them. What an absence takes away it does not know: it writes down
when somebody was said to be absent, and answers about then are not compared.
"""

import json
import os
import re
import sqlite3
import sys
from collections import defaultdict
from datetime import date, datetime, timedelta

SCHEMA = """
CREATE TABLE officials (official TEXT PRIMARY KEY, name TEXT, title TEXT, party TEXT) WITHOUT ROWID;
CREATE TABLE places (place TEXT PRIMARY KEY, name TEXT, country TEXT, zone TEXT) WITHOUT ROWID;
CREATE TABLE stops (official TEXT, place TEXT, first INTEGER, last INTEGER, standing INTEGER, refs TEXT, outlet TEXT);
CREATE TABLE legs (official TEXT, origin TEXT, place TEXT, depart INTEGER, arrive INTEGER, ref TEXT);
CREATE TABLE meetings (meeting TEXT PRIMARY KEY, title TEXT, level TEXT, place TEXT, time TEXT, first INTEGER, last INTEGER,
    closed INTEGER, undated INTEGER, agenda TEXT, reported TEXT) WITHOUT ROWID;
CREATE TABLE participants (meeting TEXT, official TEXT, party TEXT, role TEXT, attendance TEXT, first INTEGER);
CREATE TABLE voices (meeting TEXT, party TEXT, voice TEXT, yes INTEGER);
CREATE TABLE history (meeting TEXT, place INTEGER, ref TEXT, kind TEXT, outlet TEXT, title TEXT, published TEXT, quote TEXT, time TEXT, counts INTEGER);
CREATE TABLE statements (speaker TEXT, place INTEGER, ref TEXT, text TEXT, about TEXT, topics TEXT, time TEXT, published TEXT, outlet TEXT);
"""

INDICES = """
CREATE INDEX stops_by_official ON stops (official, last);
CREATE INDEX stops_by_place ON stops (place, last);
CREATE INDEX legs_by_official ON legs (official, depart);
CREATE INDEX participants_by_meeting ON participants (meeting);
CREATE INDEX participants_by_official ON participants (official, first);
CREATE INDEX voices_by_meeting ON voices (meeting);
CREATE INDEX meetings_open ON meetings (closed, last);
CREATE INDEX history_by_meeting ON history (meeting, place);
CREATE INDEX statements_by_speaker ON statements (speaker, place);
ANALYZE;
"""

UNCERTAIN, PLANNED, OBSERVED = 1, 2, 4
EPOCH = date(1970, 1, 1)
# The zone of an exact time; its days are those of its wall clock.
ZONE = re.compile(r"\[[A-Za-z][^\]]*\]")


def number(day):
    return (date.fromisoformat(day) - EPOCH).days


def shown(day):
    return (EPOCH + timedelta(days=day)).isoformat()


def days(text):
    """First and last day, and whether that is firm; None if it is vaguer than days."""
    if text is None:
        return None
    text = ZONE.sub("", text)
    firm = not text.endswith(("~", "?"))
    text = text.rstrip("~?")
    try:
        if text.startswith("["):
            first, last = text[1:-1].split("..")
            return (number(first[:10]), number(last[:10]), False) if first and last else None
        if "/" in text:
            first, last = text.split("/")
            return (number(first[:10]), None if last == ".." else number(last[:10]), firm)
        return number(text[:10]), number(text[:10]), firm
    except ValueError:
        return None


def instant(text):
    return datetime.fromisoformat(text).timestamp()


class Loader:
    """Reads a log once, its first `entries` entries, and writes the tables at the end."""

    def __init__(self, database, entries):
        self.entries = entries
        for leftover in (database, f"{database}-journal"):
            if os.path.exists(leftover):
                os.remove(leftover)
        self.base = sqlite3.connect(database)
        self.base.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-200000;" + SCHEMA)
        self.base.execute("CREATE TEMP TABLE claims (official, place, first, last, standing, ref, id, n, outlet, published)")
        self.base.execute("CREATE TEMP TABLE moves (official, origin, place, depart, arrive, ref, id, n)")
        self.base.execute("CREATE TEMP TABLE said (speaker, place, ref, text, about, topics, time, published, outlet, id, n)")
        self.claims, self.moves, self.said = [], [], []
        self.corrections, self.cancellations, self.absences = [], [], defaultdict(list)
        self.meetings = defaultdict(list)
        self.officials, self.places = {}, {}
        self.last_recorded = None

    def read(self, folder):
        for segment in sorted(name for name in os.listdir(folder) if name.endswith(".jsonl")):
            with open(os.path.join(folder, segment), "rb") as file:
                for line in file:
                    entry = json.loads(line)
                    if entry["seq"] <= self.entries:
                        self.entry(entry)
            self.flush()
        self.finish()

    def flush(self):
        self.base.executemany("INSERT INTO claims VALUES (?,?,?,?,?,?,?,?,?,?)", self.claims)
        self.base.executemany("INSERT INTO moves VALUES (?,?,?,?,?,?,?,?)", self.moves)
        self.base.executemany("INSERT INTO said VALUES (?,?,?,?,?,?,?,?,?,?,?)", self.said)
        self.claims, self.moves, self.said = [], [], []

    def entry(self, entry):
        source, recorded = entry.get("source", {}), entry["recorded"]
        written, published = instant(recorded), source.get("published")
        public = written
        if published is not None:
            public = instant(published) if "T" in published else min(instant(published + "T23:59:59.999Z"), written)
        if "embargo" in entry:
            public = max(public, instant(entry["embargo"]))
        self.last_recorded = recorded
        told = number((published or recorded)[:10])
        for n, event in enumerate(entry["events"], 1):
            ref = f"{entry['seq']}.{n}"
            kind = event["kind"]
            at = (entry["id"], n)
            for of in event.get("replaces", []):
                self.corrections.append((entry["seq"], n, at, [of]))
            if kind == "presence":
                self.presence(event, ref, at, told, source)
            elif kind == "travel":
                self.travel(event, ref, at, told, source)
            elif kind == "statement":
                self.said.append((event["speaker"], entry["seq"] * 100 + n, ref, event["text"], json.dumps(event.get("about", [])),
                    json.dumps(event.get("topics", [])), event.get("when"), published, source.get("outlet"), *at))
            elif kind == "retraction":
                self.corrections.append((entry["seq"], n, at, event["of"]))
            elif kind == "travel_cancelled":
                self.cancellations.append((at, event["of"], event.get("officials")))
            elif kind == "absence":
                for official in event["officials"]:
                    self.absences[official].append((at, event))
            elif kind == "official":
                self.officials.setdefault(event["official"], {}).update(event)
            elif kind == "place":
                self.places.setdefault(event["place"], {}).update(event)
            elif kind.startswith("meeting_"):
                self.meetings[event["meeting"]].append((public, entry["seq"], n, at, event, source, told))

    def presence(self, event, ref, at, told, source):
        extent = days(event.get("when"))
        if extent is None:
            return
        first, last, firm = extent
        last = max(first, told) if last is None else last
        for official in event["officials"]:
            # What was over when it was told was seen; what is to come is planned: each its own claim.
            if firm and first <= told:
                self.claim(official, event["place"], first, min(last, told), OBSERVED, ref, at, source)
            if not firm or last > told:
                standing = PLANNED if firm else UNCERTAIN
                self.claim(official, event["place"], max(first, told + 1) if firm else first, last, standing, ref, at, source)

    def travel(self, event, ref, at, told, source):
        arrive, depart = days(event.get("arrive")), days(event.get("depart"))
        extent = arrive or depart
        if extent is None or extent[1] is None:
            return
        first, last, firm = extent
        for official in event["officials"]:
            standing = UNCERTAIN if not firm else OBSERVED if last < told else PLANNED
            self.claim(official, event["to"], first, last, standing, ref, at, source)
            left = (depart or arrive)[0]
            self.moves.append((official, event.get("from"), event["to"], left, last, ref, *at))

    def claim(self, official, place, first, last, standing, ref, at, source):
        self.claims.append((official, place, first, last, standing, ref, *at, source.get("outlet"), source.get("published")))

    def counting(self):
        """What no longer counts: a retraction counts unless a later one that counts takes it back."""
        self.struck = set()
        for _, _, at, of in sorted(self.corrections, key=lambda one: one[:2], reverse=True):
            if not self.counts(at):
                continue
            for target in of:
                entry, _, n = target.partition(".")
                self.struck.add((entry, int(n) if n else 0))
        self.off = defaultdict(list)
        for at, of, officials in self.cancellations:
            if self.counts(at):
                for target in of:
                    entry, _, n = target.partition(".")
                    self.off[(entry, int(n or 0))].append(officials)

    def counts(self, at):
        return at not in self.struck and (at[0], 0) not in self.struck

    def is_off(self, at, official):
        return any(officials is None or official in officials for officials in self.off.get(at, []) + self.off.get((at[0], 0), []))

    def finish(self):
        from meetings import fold

        self.counting()
        insert = self.base.executemany
        insert("INSERT INTO officials VALUES (?,?,?,?)",
            ((key, one.get("name"), one.get("title"), one.get("party")) for key, one in self.officials.items()))
        insert("INSERT INTO places VALUES (?,?,?,?)",
            ((key, one.get("name"), one.get("country"), one.get("zone")) for key, one in self.places.items()))
        for meeting, events in self.meetings.items():
            fold(self, meeting, sorted(events, key=lambda one: one[:3]))
        self.flush()
        insert("INSERT INTO stops VALUES (?,?,?,?,?,?,?)", self.stops())
        insert("INSERT INTO legs VALUES (?,?,?,?,?,?)", (
            row[:6] for row in self.base.execute("SELECT * FROM moves") if self.counts(row[6:8]) and not self.is_off(row[6:8], row[0])))
        insert("INSERT INTO statements VALUES (?,?,?,?,?,?,?,?,?)", (
            row[:9] for row in self.base.execute("SELECT * FROM said ORDER BY place") if self.counts(row[9:11])))
        self.base.execute("CREATE TABLE absent (official TEXT, first INTEGER, last INTEGER)")
        for official, events in self.absences.items():
            for _, event in events:
                extent = days(event.get("when")) or (0, 0, True)
                self.base.execute("INSERT INTO absent VALUES (?,?,?)", (official, extent[0], extent[1]))
        self.base.execute("CREATE TABLE facts (name TEXT PRIMARY KEY, value)")
        longest = self.base.execute("SELECT max(last - first) FROM stops").fetchone()[0]
        self.base.execute("INSERT INTO facts VALUES ('longest stop', ?), ('recorded', ?)", (longest, self.last_recorded))
        self.base.executescript("DROP TABLE claims; DROP TABLE moves; DROP TABLE said;" + INDICES)
        self.base.commit()
        self.base.close()

    def stops(self):
        """Claims at one place that touch or overlap are one stop."""
        rows = self.base.execute("SELECT * FROM claims ORDER BY official, place, first, last")
        stop = None
        for official, place, first, last, standing, ref, entry, n, outlet, _ in rows:
            at = (entry, n)
            if not self.counts(at) or (standing < OBSERVED and self.is_off(at, official)):
                continue
            if stop and stop[:2] == [official, place] and first <= stop[3] + 1:
                stop[3] = max(stop[3], last)
                stop[4] = max(stop[4], standing)
                if ref not in stop[5]:
                    stop[5].append(ref)
                continue
            if stop:
                yield (*stop[:5], " ".join(stop[5]), stop[6])
            stop = [official, place, first, last, standing, [ref], outlet]
        if stop:
            yield (*stop[:5], " ".join(stop[5]), stop[6])


if __name__ == "__main__":
    Loader(sys.argv[2], int(sys.argv[3])).read(sys.argv[1])
