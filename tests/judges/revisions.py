#!/usr/bin/env python3
"""Follow meetings through their revisions, as a client that subscribed at the first of them sees it.

    python revisions.py khal DAYBOOK SCRATCH       a vdir that `--split` writes anew at each step, listed by khal
    python revisions.py radicale DAYBOOK SCRATCH   a CalDAV server, fed from the served feed by vdirsyncer

At each step a report is logged, the calendar exported and the client asked; what it must show is written here beside the report. Prints a
line for each step; exits with 1 where a client shows anything else.
"""

import http.server
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

from panel import Daybook, Radicale
from readers import Khal, by_icalendar, by_library

ON = "2025-03-10"
HALL = [{"kind": "place", "place": "hall", "name": "Hall", "zone": "Europe/Rome"}, {"kind": "party", "party": "fr", "name": "France"},
        {"kind": "party", "party": "it", "name": "Italy"}, {"kind": "official", "official": "macron", "name": "Macron", "party": "fr"},
        {"kind": "official", "official": "meloni", "name": "Meloni", "party": "it"}]
WHO = {"participants": [{"official": "macron"}, {"official": "meloni"}], "place": "hall"}


def summit(kind, **more):
    return {"kind": f"meeting_{kind}", "meeting": "summit", **more}


# What is reported, and what a calendar shows from then on: start, end, summary and status of every meeting.
LUNCH = ("2025-03-05", "2025-03-06", "UNVERIFIED: [tentative] Lunch", "TENTATIVE")
HELD = ("2025-03-05", "2025-03-06", "Lunch", "CONFIRMED")
STEPS = [
    ("proposed", [*HALL, summit("proposed", title="Summit", when="2025-09-10/2025-09-12", **WHO),
                  {"kind": "meeting_proposed", "meeting": "lunch", "title": "Lunch", "when": "2025-03-05", **WHO}],
     {"summit": ("2025-09-10", "2025-09-13", "[tentative] Summit", "TENTATIVE"), "lunch": LUNCH}),
    ("confirmed", [summit("confirmed", by=["fr", "it"])],
     {"summit": ("2025-09-10", "2025-09-13", "Summit", "CONFIRMED"), "lunch": LUNCH}),
    # Ten o'clock in Rome is eight in Greenwich in October before the clocks change. A change of date keeps the confirmations.
    ("moved", [summit("changed", when="2025-10-14T10:00/2025-10-14T12:30")],
     {"summit": ("2025-10-14T08:00:00Z", "2025-10-14T10:30:00Z", "Summit", "CONFIRMED"), "lunch": LUNCH}),
    ("postponed", [summit("postponed", by=["it"], reason="an election")],
     {"summit": ("2025-10-14T08:00:00Z", "2025-10-14T10:30:00Z", "POSTPONED: Summit", "CANCELLED"), "lunch": LUNCH}),
    ("held, another one", [{"kind": "meeting_held", "meeting": "lunch", "when": "2025-03-05"}],
     {"summit": ("2025-10-14T08:00:00Z", "2025-10-14T10:30:00Z", "POSTPONED: Summit", "CANCELLED"), "lunch": HELD}),
    # One side's word alone, and in winter.
    ("announced again", [summit("confirmed", by=["it"], when="2025-11-20T09:00/2025-11-20T10:00")],
     {"summit": ("2025-11-20T08:00:00Z", "2025-11-20T09:00:00Z", "[tentative] Summit", "TENTATIVE"), "lunch": HELD}),
    ("nothing new", [], {"summit": ("2025-11-20T08:00:00Z", "2025-11-20T09:00:00Z", "[tentative] Summit", "TENTATIVE"), "lunch": HELD}),
    ("cancelled", [summit("cancelled", by=["it"])],
     {"summit": ("2025-11-20T08:00:00Z", "2025-11-20T09:00:00Z", "CANCELLED: Summit", "CANCELLED"), "lunch": HELD}),
]
# The lunch was reported as held after it.
PUBLISHED = ["2025-01-10", "2025-01-20", "2025-02-10", "2025-03-01", "2025-03-06", "2025-03-07", None, "2025-03-09"]


def steps(daybook):
    """Logs one report after another; gives its name, what must be shown then, and what the step changed."""
    daybook.run("init")
    before = {}
    for published, (name, events, shown) in zip(PUBLISHED, STEPS, strict=True):
        if events:
            line = {"source": {"outlet": "Wire", "published": published}, "events": events}
            (daybook.home / "step.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
            daybook.run("import", "step.jsonl")
        yield name, shown, {meeting for meeting in shown if before.get(meeting) != shown[meeting]}
        before = shown


def differs(name, found, expected):
    if found != expected:
        print(f"{name}: shown is {found}, not {expected}")
        return True
    print(f"{name}: ok")
    return False


def by_khal(daybook, scratch):
    vdir, wrong, uids, times = scratch / "vdir", False, set(), {}
    khal = Khal(scratch / "khal", vdir)
    for name, shown, changed in steps(daybook):
        daybook.run("export", "ics", "--on", ON, "--split", str(vdir))
        events = list(khal.listed("2025-01-01", 365))
        found = {uid.split("@")[0]: event for uid, *event in events}
        uids |= {event[0] for event in events}
        wrong |= differs(f"khal, {name}", {meeting: tuple(event) for meeting, event in found.items()}, shown)
        now = {path.name.split("_")[0]: path.stat().st_mtime_ns for path in vdir.glob("*.ics")}
        touched = {meeting for meeting in now if times.get(meeting) != now[meeting]}
        wrong |= touched != changed and differs(f"{name}: files touched", touched, changed)
        times = now
    return wrong or differs("khal, one UID each throughout", len(uids), 2)


class Feed:
    """The feed on a web server, as it was last exported."""

    def __init__(self, path):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body = path.read_bytes()
                self.send_response(200)
                self.send_header("Content-Type", "text/calendar; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/feed.ics"


def vdirsyncer(scratch, *arguments):
    """What it says of what it does."""
    environment = {**os.environ, "VDIRSYNCER_CONFIG": str(scratch / "vdirsyncer.conf"), "LC_ALL": "C.UTF-8", "HOME": str(scratch)}
    command = [sys.executable, "-m", "vdirsyncer", *arguments]
    said = subprocess.run(command, capture_output=True, env=environment, check=False, stdin=subprocess.DEVNULL)
    text = said.stdout.decode() + said.stderr.decode()
    if said.returncode:
        raise SystemExit(f"vdirsyncer {arguments[0]}: exit {said.returncode}: {text[-2000:]}")
    return text


def by_radicale(daybook, scratch):
    feed, wrong = scratch / "feed.ics", False
    served = Feed(feed)
    with Radicale(scratch / "radicale") as server:
        connection = server.connection()
        server.ask(connection, "MKCALENDAR", "/u/c/")
        (scratch / "vdirsyncer.conf").write_text(
            f'[general]\nstatus_path = "{scratch / "status"}"\n'
            f'[pair feed]\na = "web"\nb = "server"\ncollections = null\nconflict_resolution = "a wins"\n'
            f'[storage web]\ntype = "http"\nurl = "{served.url}"\n'
            f'[storage server]\ntype = "caldav"\n'
            f'url = "http://127.0.0.1:{server.port}/u/c/"\nusername = "u"\npassword = "x"\n', encoding="utf-8")
        for at, (name, shown, changed) in enumerate(steps(daybook)):
            daybook.run("export", "ics", "--on", ON, "-o", str(feed))
            if at == 0:
                vdirsyncer(scratch, "discover")
            said = vdirsyncer(scratch, "sync")
            back = scratch / "back.ics"
            back.write_bytes(server.ask(server.connection(), "GET", "/u/c/")[1])
            # It gives an event from the web a hash of its content for a UID.
            found = sorted(event[1:] for event in by_library(by_icalendar, [back]))
            wrong |= differs(f"Radicale, {name}", found, sorted(shown.values()))
            copied = sum(line.startswith("Copying") for line in said.splitlines())
            wrong |= copied != len(changed) and differs(f"{name}: events copied", copied, len(changed))
            again = [line for line in vdirsyncer(scratch, "sync").splitlines() if line.startswith(("Copying", "Deleting"))]
            wrong |= bool(again) and differs(f"{name}: the same feed again", again, [])
    return wrong


def main(arguments):
    ways = {"khal": by_khal, "radicale": by_radicale}
    if len(arguments) != 3 or arguments[0] not in ways:
        print(__doc__, file=sys.stderr)
        return 2
    scratch = Path(arguments[2]).resolve()
    return 1 if ways[arguments[0]](Daybook(arguments[1], scratch), scratch) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
