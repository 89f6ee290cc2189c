#!/usr/bin/env python3
"""Ask a panel of other programs whether our calendars say what our rows say, and our rows what was told.

    python panel.py DAYBOOK SCRATCH [--seed N] [--count N] [--travel] [--libical PROGRAM] [--icaljs FOLDER]

Makes a log of COUNT meetings (hostile.py) in the folder SCRATCH, exports it whole and split, with stays and journeys if `--travel`, and has
every judge read both. `--libical` is the program that libical.c becomes, `--icaljs` the folder where npm installed ical.js; icalendar, vobject, ics,
khal and Radicale are those of this interpreter. Prints a line for each judge; exits with 1 if any of them objects, with 2 on wrong usage.
"""

import argparse
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
import warnings
from base64 import b64encode
from datetime import timedelta
from pathlib import Path

from hostile import ON, history
from lines import objections
from readers import Khal, by_ics, by_icalendar, by_library, by_program, by_vobject, ics_loses
from shown import shown

MOST_SHOWN = 10


class Daybook:
    def __init__(self, program, home):
        self.program, self.home = program, home

    def run(self, *arguments):
        said = subprocess.run([self.program, *arguments], cwd=self.home, capture_output=True, check=False)
        if said.returncode:
            raise SystemExit(f"daybook {' '.join(arguments[:3])}: exit {said.returncode}: {said.stderr.decode()[:2000]}")
        return said.stdout.decode("utf-8")


def short(value):
    text = str(value)
    return text if len(text) <= 160 else text[:160] + "…"


def differences(expected, found, seen_as=str):
    """Every way in which the events found are not those expected; `seen_as` is a text as the judge can tell it from others."""
    rest = dict(expected)
    for uid, start, end, summary, status in found:
        wanted = rest.pop(uid, None)
        if wanted is None:
            yield f"{uid}: {'twice' if uid in expected else 'not expected'}"
            continue
        seen = (start, end, seen_as(summary), status)
        wanted = (*wanted[:2], seen_as(wanted[2]), wanted[3])
        if seen != wanted:
            yield f"{uid}: {short(seen)}, not {short(wanted)}"
    yield from (f"{uid}: missing" for uid in rest)


def told(rows, meetings):
    """Every way in which the rows are not what was told."""
    by_id = {row["meetings"][0]: row for row in rows if row["kind"] == "meeting"}
    for name, meeting in meetings.items():
        row = by_id.pop(name)
        off = meeting["told"] == "postponed"
        if row["title"] != meeting["title"]:
            yield f"{name}: the title is {short(row['title'])}"
        if row["when"] != (None if off else meeting["when"]):
            yield f"{name}: when is {row['when']}, not {meeting['when']}"
        if row["status"] != status_told(meeting):
            yield f"{name}: {row['status']}, not {status_told(meeting)}: {meeting['told']}, {meeting['when']}"
    yield from (f"{name}: nobody told of it" for name in by_id)


def status_told(meeting):
    """Where a meeting stands by the table of statuses."""
    said, when = meeting["told"], meeting["when"]
    if said in ("held", "cancelled", "postponed"):
        return said
    if said != "lapsed" and when is not None and said != "moved":
        return said if said != "at_risk" else "at_risk"
    if when is None:
        return "at_risk" if said == "at_risk" else "proposed"
    if said == "moved":
        return "proposed"
    # Without a last day it is never over.
    open_end = re.search(r"\.\.\]?[~?]?$", when)
    return ["proposed", "scheduled", "confirmed"][meeting["yes"]] if open_end else "lapsed"


def checked(name, expected, found, seen_as=str):
    """Prints what a judge found; says whether it objects."""
    began = time.monotonic()
    try:
        said = list(differences(expected, found(), seen_as))
    except Exception as error:  # Whatever a judge trips over is an objection.
        said = [f"{type(error).__name__}: {short(error)}"]
    verdict = "ok" if not said else f"{len(said)} objections"
    print(f"{name}: {len(expected)} events: {verdict} ({time.monotonic() - began:.1f} s)")
    print("".join(f"  {line}\n" for line in said[:MOST_SHOWN]), end="", flush=True)
    return bool(said)


def plain_lines(whole, files, rows, dates):
    """Looks at the bytes themselves."""
    said = list(objections(whole.read_bytes(), rows, dates, False))
    uids = {uid.replace("@", "_"): uid for uid in rows}
    for file in files:
        uid = uids[file.stem]
        said += objections(file.read_bytes(), {uid: rows[uid]}, dates, True)
    print(f"the lines themselves: {len(rows)} events, whole and split: {'ok' if not said else f'{len(said)} objections'}")
    print("".join(f"  {short(line)}\n" for line in said[:MOST_SHOWN]), end="")
    return bool(said)


def khal_agrees(expected, khal, whole):
    """Holds all that khal has against what is expected, and what it lists for some weeks."""
    def found():
        if whole:
            # `--batch` asks nothing; what it has to say goes to standard error.
            khal.run("import", "--batch", "-a", "t", str(whole))
        yield from khal.all_of_it()

    # An end is the first day, or the first instant, after it.
    first, days = ON, 30
    last = (first + timedelta(days=days)).isoformat()
    touching = {uid: event for uid, event in expected.items() if event[0] < last and event[1] > f"{first}T00:00:00Z"[:len(event[1])]}
    name = f"khal, {'whole' if whole else 'split'}"
    wrong = checked(name, expected, found)
    return wrong | checked(f"{name}, list of {days} days", touching, lambda: khal.listed(first.isoformat(), days))


class Radicale:
    """A CalDAV server for the time of a `with`, on a port of its own."""

    def __init__(self, scratch):
        self.scratch = Path(scratch)
        self.scratch.mkdir(parents=True, exist_ok=True)

    def __enter__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        config = self.scratch / "radicale.conf"
        config.write_text(f"[server]\nhosts = 127.0.0.1:{self.port}\n[auth]\ntype = none\n[rights]\ntype = owner_only\n"
                          f"[storage]\nfilesystem_folder = {self.scratch / 'collections'}\n[logging]\nlevel = warning\n", encoding="utf-8")
        self.said = open(self.scratch / "radicale.txt", "wb")
        self.server = subprocess.Popen([sys.executable, "-m", "radicale", "-C", config], stdout=self.said, stderr=self.said)
        for _ in range(200):
            with socket.socket() as there:
                if there.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.05)
        raise RuntimeError("Radicale does not answer")

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait()
        self.said.close()

    def connection(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, connection, method, path, body=b"", kind="text/calendar; charset=utf-8"):
        """The code and the body of an answer."""
        headers = {"Authorization": "Basic " + b64encode(b"u:x").decode(), "Content-Type": kind}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()


def radicale_accepts(expected, files, scratch):
    """Puts every file of a split export on the server, and reads them back in one."""
    def found():
        with Radicale(scratch) as server:
            connection = server.connection()
            backs = []
            # It looks at all of a collection for each file that comes, so there are several.
            for at in range(0, len(files), 100):
                path, back = f"/u/c{at}/", Path(scratch) / f"back-{at}.ics"
                made, _ = server.ask(connection, "MKCALENDAR", path)
                if made != 201:
                    raise ValueError(f"MKCALENDAR: {made}")
                for file in files[at:at + 100]:
                    code, said = server.ask(connection, "PUT", path + file.name, file.read_bytes())
                    if code != 201:
                        raise ValueError(f"PUT {file.name}: {code} {said[:200]}")
                # It writes what it read with vobject.
                back.write_bytes(server.ask(connection, "GET", path)[1])
                backs.append(back)
        yield from by_library(by_icalendar, backs)
    return checked("Radicale, split", expected, found)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("daybook")
    parser.add_argument("scratch", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--travel", action="store_true")
    parser.add_argument("--libical")
    parser.add_argument("--icaljs")
    parser.add_argument("--node", default="node")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    scratch = arguments.scratch.resolve()
    daybook = Daybook(arguments.daybook, scratch)
    lines, meetings = history(arguments.seed, arguments.count)
    (scratch / "log.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    daybook.run("init")
    daybook.run("import", "log.jsonl")
    rows = json.loads(daybook.run("export", "json", "--on", ON.isoformat()))["rows"]
    said = list(told(rows, meetings))
    print(f"{len(meetings)} meetings told, {len(rows)} rows: {'ok' if not said else f'{len(said)} objections'}")
    print("".join(f"  {line}\n" for line in said[:MOST_SHOWN]), end="")
    wrong = bool(said)
    wrong |= judged(daybook, rows, meetings, arguments, scratch)
    return 1 if wrong else 0


def judged(daybook, rows, meetings, arguments, scratch):
    """Has all judges read a feed, and the same split."""
    whole, split = scratch / "feed.ics", scratch / "split"
    asked = ["export", "ics", "--on", ON.isoformat(), *(["--with", "travel"] if arguments.travel else [])]
    daybook.run(*asked, "-o", str(whole))
    daybook.run(*asked, "--split", str(split))
    expected = {}
    for row in rows:
        if row["kind"] == "meeting" or arguments.travel:
            last = meetings[row["meetings"][0]]["when"] if row["kind"] == "meeting" else None
            one = shown(row, last)
            expected.update({row["uid"]: one} if one else {})
    files = sorted(split.glob("*.ics"))
    print(f"{'with' if arguments.travel else 'without'} travel: {len(expected)} events expected, {len(files)} files")
    dates = {row["uid"]: meetings[row["meetings"][0]]["when"] if row["kind"] == "meeting" else None for row in rows}
    wrong = len(files) != len(expected)
    wrong |= plain_lines(whole, files, {row["uid"]: row for row in rows if row["uid"] in expected}, dates)
    judges = [("icalendar", lambda paths: by_library(by_icalendar, paths), str), ("vobject", lambda paths: by_library(by_vobject, paths), str),
              ("ics", lambda paths: by_library(by_ics, paths), ics_loses)]
    if arguments.libical:
        judges.append(("libical", lambda paths: by_program([arguments.libical], paths), str))
    if arguments.icaljs:
        script = Path(__file__).with_name("icaljs.mjs")
        judges.append(("ical.js", lambda paths: by_program([arguments.node, script, arguments.icaljs], paths), str))
    for name, read, seen_as in judges:
        wrong |= checked(f"{name}, whole", expected, lambda: read([whole]), seen_as)
        wrong |= checked(f"{name}, split", expected, lambda: read(files), seen_as)
    wrong |= khal_agrees(expected, Khal(scratch / "khal-whole"), whole)
    wrong |= khal_agrees(expected, Khal(scratch / "khal-split", split), None)
    wrong |= radicale_accepts(expected, files, scratch / "radicale")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
