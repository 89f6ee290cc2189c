"""Other programs as readers of calendars: each gives `(uid, start, end, summary, status)` of every event, or raises.

A start or end is a day (the end is the day after the last) or an instant in UTC, as text: `2025-02-18`, `2025-02-18T07:00:00Z`.
"""

import json
import os
import re
import subprocess
import sys
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo


def plain_time(time):
    """A python day or time as text; a time without a zone stays without, and so is no instant that anybody expects."""
    if not isinstance(time, datetime):
        return time.isoformat()
    if time.tzinfo is None:
        return time.isoformat() + " floating"
    return f"{time.astimezone(timezone.utc):%Y-%m-%dT%H:%M:%SZ}"


def by_icalendar(text):
    import icalendar

    calendar = icalendar.Calendar.from_ical(text)
    for component in calendar.walk():
        for error in getattr(component, "errors", []):
            raise ValueError(f"{component.name}: {error}")
    if calendar.get_missing_tzids():
        raise ValueError(f"no VTIMEZONE for {', '.join(calendar.get_missing_tzids())}")
    for event in calendar.walk("VEVENT"):
        yield str(event["UID"]), event.start, event.end, str(event["SUMMARY"]), str(event["STATUS"])


def by_vobject(text):
    import vobject

    # It keeps the first VTIMEZONE of a name for as long as the process lives, and a file brings its own.
    vobject.icalendar.__tzidMap.clear()
    for calendar in vobject.readComponents(text):
        calendar.validate(raiseException=True)
        for event in getattr(calendar, "vevent_list", []):
            start = event.dtstart.value
            end = event.dtend.value if hasattr(event, "dtend") else start
            yield event.uid.value, start, end, event.summary.value, event.status.value


def by_ics(text):
    import ics

    def shown(at):
        # It asks dateutil, which takes the negative summer time of Dublin for none in the hour after a change.
        dublin = re.search("Europe/Dublin|Eire", repr(at.tzinfo))
        return at.datetime.replace(tzinfo=ZoneInfo("Europe/Dublin")) if dublin else at.datetime

    for event in ics.Calendar(text).events:
        start, end = shown(event.begin), shown(event.end)
        if event.all_day:
            start, end = start.date(), end.date()
        yield event.uid, start, end, event.name, event.status


def ics_loses(text):
    """A text without what ics 0.7.3 mixes up: it reads an escaped backslash before an n as one backslash and a line break."""
    return re.sub(r"\\+n|\\|\n", "", text)


def by_library(read, paths):
    """What a library of python reads from files."""
    for path in paths:
        text = Path(path).read_bytes().decode("utf-8")
        for uid, start, end, summary, status in read(text):
            yield uid, plain_time(start), plain_time(end), summary, status


def by_program(command, paths):
    """What a program of ours around a library reads from files: a line of JSON for each."""
    said = subprocess.run([*command, *paths], capture_output=True, check=True).stdout.decode("utf-8")
    for line in said.splitlines():
        file = json.loads(line)
        if file["errors"]:
            raise ValueError(f"{Path(file['file']).name}: {'; '.join(file['errors'][:3])}")
        yield from map(tuple, file["events"])


class Khal:
    """khal with one calendar: a vdir of its own, or one that is there."""

    FIELDS = ["uid", "start-date-long-full", "start-time-full", "end-date-long-full", "end-time-full", "all-day", "status", "title"]
    FORM = "\x1e" + "\x1f".join(f"{{{field}}}" for field in FIELDS)

    def __init__(self, scratch, calendar=None):
        self.home = Path(scratch)
        (self.home / "calendar").mkdir(parents=True)
        self.config = self.home / "khal.conf"
        self.config.write_text(
            f"[calendars]\n[[t]]\npath = {calendar or self.home / 'calendar'}\n"
            "[locale]\ntimeformat = %H:%M:%S\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M:%S\n"
            "longdatetimeformat = %Y-%m-%d %H:%M:%S\nlocal_timezone = UTC\ndefault_timezone = UTC\n"
            f"[default]\ndefault_calendar = t\n[sqlite]\npath = {self.home / 'khal.db'}\n", encoding="utf-8")

    def run(self, *arguments):
        """What it prints; whatever it objects to, it says on standard error."""
        environment = {**os.environ, "LC_ALL": "C.UTF-8", "COLUMNS": "1000000", "XDG_DATA_HOME": str(self.home), "HOME": str(self.home)}
        command = [sys.executable, "-m", "khal", "--no-color", "-c", self.config, *arguments]
        said = subprocess.run(command, capture_output=True, env=environment, check=False)
        if said.returncode or said.stderr.strip():
            raise ValueError(f"khal {arguments[0]}: exit {said.returncode}: {said.stderr.decode()[:500]}")
        return said.stdout.decode("utf-8")

    def listed(self, first, days):
        """Its events that touch some days."""
        return self.read("list", "--once", "--day-format", "", "--format", self.FORM, first, f"{days}d")

    def all_of_it(self):
        """All its events: those with a text that every event has. Listing makes an event anew for each of its days, which takes long."""
        return self.read("search", "--format", self.FORM, "BEGIN:VEVENT")

    def read(self, *arguments):
        for event in self.run(*arguments).split("\x1e")[1:]:
            uid, start_day, start_time, end_day, end_time, all_day, status, title = event.rstrip("\n").split("\x1f")
            # The end of a day is that day, and all times are in UTC, as we told it.
            end = (date.fromisoformat(end_day) + timedelta(days=1)).isoformat() if all_day == "True" else f"{end_day}T{end_time}Z"
            yield uid, start_day if all_day == "True" else f"{start_day}T{start_time}Z", end, title, status.strip()
