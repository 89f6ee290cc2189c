#!/usr/bin/env python3
"""Ask another library when the events of random calendars take place, and whether `daybook import` says the same.

    python agendas.py BINARY [--seed N] [--count N]

Makes calendars with series of every frequency, exceptions, moved and cancelled times, dates added and left out, in zones by IANA name, by a
VTIMEZONE of their own, in UTC and without any; and compares the presences that would be added with what recurring-ical-events (PyPI) expands
from the same bytes. Prints one line for each difference; exits with 1 if there is any, with 2 on wrong usage.
"""

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

# A place, its zone, and a zone that its calendar may name instead.
PLACES = [("Paris", "Europe/Paris"), ("Riyadh", "Asia/Riyadh"), ("New York City", "America/New_York"), ("Kathmandu", "Asia/Kathmandu"),
          ("Sydney", "Australia/Sydney"), ("Santiago, Chile", "America/Santiago")]
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
FROM, TO = date(2025, 1, 1), date(2025, 12, 31)

# Offsets as they were in Paris, under a name that nobody knows.
OWN_ZONE = """BEGIN:VTIMEZONE
TZID:Our own time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


def a_rule(dice, start, is_day):
    """A rule that its start fulfils, as RFC 5545 wants it (section 3.8.5.3)."""
    day = DAYS[start.weekday()]
    nth = (start.day - 1) // 7 + 1
    others = sorted({day, *dice.sample(DAYS, dice.randint(0, 3))}, key=DAYS.index)
    forms = [
        "FREQ=DAILY", "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR" if start.weekday() < 5 else "FREQ=DAILY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12",
        f"FREQ=WEEKLY;BYDAY={','.join(others)}", "FREQ=WEEKLY", f"FREQ=WEEKLY;WKST=SU;BYDAY={','.join(others)}",
        f"FREQ=MONTHLY;BYMONTHDAY={start.day}", f"FREQ=MONTHLY;BYDAY={nth}{day}", "FREQ=MONTHLY",
        f"FREQ=YEARLY;BYMONTH={start.month};BYMONTHDAY={start.day}", "FREQ=YEARLY",
    ]
    if (start + timedelta(days=7)).month != start.month:
        forms.append(f"FREQ=MONTHLY;BYDAY=-1{day}")
    if not is_day:
        forms += [f"FREQ=DAILY;BYHOUR={start.hour},{(start.hour + 5) % 24};BYMINUTE={start.minute}", "FREQ=HOURLY;COUNT=30"]
    rule = dice.choice(forms)
    if dice.random() < 0.5:
        rule += f";INTERVAL={dice.randint(1, 4)}"
    ends = dice.random()
    if "COUNT" in rule or ends < 0.3:
        return rule
    if ends < 0.6:
        return rule + f";COUNT={dice.randint(1, 40)}"
    until = start + timedelta(days=dice.randint(1, 500))
    return rule + (f";UNTIL={until:%Y%m%d}" if is_day else f";UNTIL={until:%Y%m%dT%H%M%S}{{zulu}}")


def a_series(dice, number):
    """The lines of a VEVENT and of those that stand for single times of it; one line in the summary tells it from others."""
    place, zone = dice.choice(PLACES)
    kind = dice.choice(["day", "named", "named", "own", "utc", "floating"])
    is_day = kind == "day"
    start = datetime(2025, 1, 1) + timedelta(days=dice.randint(-200, 300), minutes=dice.choice([0, 90, 150, 600, 1110, 1425]))
    if is_day:
        start = datetime.combine(start.date(), datetime.min.time())
    tail = {"day": ";VALUE=DATE", "named": f";TZID={zone}", "own": ";TZID=Our own time", "utc": "", "floating": ""}[kind]

    def written(at):
        return f"{at:%Y%m%d}" if is_day else f"{at:%Y%m%dT%H%M%S}" + ("Z" if kind == "utc" else "")

    def event(at, name, more):
        length = timedelta(days=dice.randint(1, 3)) if is_day else timedelta(minutes=dice.choice([30, 90, 600]))
        end = dice.choice([f"DTEND{tail}:{written(at + length)}", f"DURATION:P{length.days}D" if is_day else
                           f"DURATION:PT{length.seconds // 60}M"])
        lines = ["BEGIN:VEVENT", f"UID:{number}@test", "DTSTAMP:20250101T000000Z", f"SUMMARY:{name}", f"LOCATION:{place.replace(',', chr(92) + ',')}",
                 f"DTSTART{tail}:{written(at)}", end, *more, "END:VEVENT"]
        return "\n".join(lines) + "\n"

    more, instead = [], ""
    if dice.random() < 0.8:
        zulu = "" if kind in ("floating", "day") else "Z"
        more.append("RRULE:" + a_rule(dice, start, is_day).replace("{zulu}", zulu))
        step = re.search(r"FREQ=(\w+)", more[0])[1]
        days = {"DAILY": 1, "WEEKLY": 7}.get(step)
        interval = int((re.search(r"INTERVAL=(\d+)", more[0]) or [0, 1])[1])
        if days and "BYDAY" not in more[0] and "BYHOUR" not in more[0]:
            times = [start + timedelta(days=days * interval * n) for n in range(1, 12)]
            but = dice.sample(times, 2)
            if dice.random() < 0.5:
                more.append(f"EXDATE{tail}:" + ",".join(written(at) for at in but))
            moved = dice.choice([at for at in times if at not in but])
            if dice.random() < 0.5 and "COUNT" not in more[0] and "UNTIL" not in more[0]:
                status = dice.choice(["STATUS:TENTATIVE", "STATUS:CONFIRMED"])
                to = moved + timedelta(days=1) if is_day else moved + timedelta(hours=2)
                instead = event(to, f"{number} moved", [f"RECURRENCE-ID{tail}:{written(moved)}", status])
        if dice.random() < 0.2 and not is_day:
            more.append(f"RDATE{tail}:" + written(start + timedelta(days=3, minutes=7)))
    more.append(dice.choice(["STATUS:CONFIRMED", "STATUS:TENTATIVE", "CLASS:PUBLIC"]))
    return event(start, str(number), more) + instead


def changes_clocks(start, end):
    """Whether the clocks change between two times of the library. Then it keeps the wall clock of the end, where RFC 5545 keeps the exact
    length (section 3.8.5.3), so the end of such a night is not compared."""
    return isinstance(start, datetime) and start.tzinfo is not None and start.utcoffset() != end.utcoffset()


def a_time(value, zone):
    """A time of the library as a day or an instant."""
    if not isinstance(value, datetime):
        return value
    return (value if value.tzinfo else value.replace(tzinfo=ZoneInfo(zone))).astimezone(timezone.utc)


def expected(text):
    """Summary, start and end of every event, and whether it is tentative, as the library has them."""
    import icalendar
    import recurring_ical_events

    zones = dict(PLACES)
    calendar = icalendar.Calendar.from_ical(text)
    for event in recurring_ical_events.of(calendar).between(FROM, TO + timedelta(days=1)):
        zone = zones[str(event["LOCATION"])]
        start, end = a_time(event["DTSTART"].dt, zone), a_time(event["DTEND"].dt, zone)
        if not isinstance(start, datetime):
            end -= timedelta(days=1)
        elif changes_clocks(*(at.dt if at.dt.tzinfo else at.dt.replace(tzinfo=ZoneInfo(zone)) for at in (event["DTSTART"], event["DTEND"]))):
            end = None
        yield str(event["SUMMARY"]), start, end, str(event.get("STATUS", "")) == "TENTATIVE"


def found(binary, folder, text):
    """The same as the program has them."""
    file = folder / "agenda.ics"
    file.write_bytes(text.replace("\n", "\r\n").encode())
    log = folder / "events"
    command = [binary, "--log", log, "import", file, "--official", "envoy", "--from", FROM, "--to", TO, "--dry-run", "--json"]
    said = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if said.returncode != 0:
        raise ValueError(said.stderr)
    for event in json.loads(said.stdout)["events"]:
        when = event["when"].removesuffix("?")
        # The slash within a zone's name divides nothing.
        start, _, end = re.sub(r"\[[^]]*\]", "", when).partition("/")
        day = len(start) == 10
        ends = [date.fromisoformat(at) if day else datetime.fromisoformat(at).astimezone(timezone.utc) for at in (start, end or start)]
        yield event["summary"], *ends, event["when"].endswith("?")


def inside(event):
    """Whether an event lies well within the days asked for: what touches their ends, each may count as it likes."""
    day = event[1].date() if isinstance(event[1], datetime) else event[1]
    return FROM + timedelta(days=3) <= day <= TO - timedelta(days=3)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=40)
    arguments = parser.parse_args()
    dice = random.Random(arguments.seed)
    wrong = events = 0
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        log = str(folder / "events")
        for words in (["init"], ["log", "official", "envoy", "An Envoy"]):
            subprocess.run([arguments.binary, "--log", log, *words], check=True, capture_output=True)
        for number in range(arguments.count):
            series = "".join(a_series(dice, one) for one in range(5))
            text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n{OWN_ZONE}{series}END:VCALENDAR\n"
            theirs = sorted(filter(inside, expected(text)), key=str)
            open_ends = {one[:2] for one in theirs if one[2] is None}
            ours = [(*one[:2], None, one[3]) if one[:2] in open_ends else one for one in found(arguments.binary, folder, text)]
            ours = sorted(filter(inside, ours), key=str)
            events += len(theirs)
            for event in [one for one in theirs if one not in ours]:
                print(f"calendar {number}: missing {event}")
            for event in [one for one in ours if one not in theirs]:
                print(f"calendar {number}: not expected {event}")
            if theirs != ours:
                wrong += 1
                print(text)
    print(f"{arguments.count} calendars, {events} events, {wrong} calendars differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
