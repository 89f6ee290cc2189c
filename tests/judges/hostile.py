"""A seeded world of meetings: every status, every kind of time, and text that tries to be more than text.

`history(seed, count)` gives the lines for `daybook import` and, of every meeting, what its calendar must show. The times come from this
interpreter's own rules (the tzdata of PyPI), the statuses from the rules for people; nothing is asked of the program.
"""

import random
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

ON = date(2025, 3, 10)
ZONES = """Africa/Cairo Africa/Casablanca America/Edmonton America/Havana America/New_York America/Santiago America/St_Johns America/Vancouver
America/Winnipeg America/Argentina/Buenos_Aires Antarctica/Troll Asia/Gaza Asia/Jerusalem Asia/Kathmandu Asia/Riyadh Asia/Tehran Asia/Tokyo
Australia/Adelaide Australia/Lord_Howe Europe/Chisinau Europe/Dublin Europe/Lisbon Europe/London Europe/Madrid Pacific/Apia Pacific/Chatham
Pacific/Kiritimati UTC""".split()
PARTIES = ["us", "ru", "fr", "it", "in", "tr"]
OFFICIALS = 5  # of each party
STATUSES = ["proposed", "scheduled", "confirmed", "at_risk", "postponed", "cancelled", "held", "lapsed", "moved"]
KINDS = ["day", "days", "lone", "exact", "change", "two zones", "open day", "open hour", "half exact", "month", "year", "range", "by",
         "from", "none"]
TITLES = [
    "Talks; with, marks", "back\\slash \\n \\, \\; and \\\\", "\"quoted\" 'both' «ways»", "BEGIN:VEVENT", "END:VCALENDAR",
    "X-EVIL:1;VALUE=URI:javascript:alert(1)",
    "ATTENDEE:mailto:x@example.org", "🕊 mir 👩🏽 🇺🇳", "محادثات السلام في جنيف", "שיחות השלום", "会談、東京；再開",
    "Za" + "\u0301" * 30 + "lgo",
    "a" + "\u0323\u0307" * 15 + " marks", "^n ^^ ^' caret", "tab\\tbed", "=1+1", "@SUM(A1)", "-2+3",
    "%00%0d%0aX:1", "'", "…ends with a backslash\\", "x" * 75, "é" * 74,
    "ق\U0001F54A" * 40, ",;:", "[tentative] CANCELLED: twice", "DTSTART:19700101", "<script>alert(1)</script>", "a  b   c", "nbsp\u00a0between",
]
TEXTS = [
    "two\r\nlines", "BEGIN:VEVENT\r\nUID:evil@example.org\r\nEND:VEVENT",
    "\u2028line\u2029paragraph\x85next", "\x1b[31mred\x07\x08", "\x01\x02\x1f\x7f", "\u202eturned\u202c \u2066isolated\u2069",
    "\r\n FOLDED: no", "\ttab\t", "\\r\\n", "A,B;C:D", "\"", "\ufeffmark", "nothing odd", "over\rtyped", "\n\n\n", "END:VCALENDAR\nBEGIN:VCALENDAR",
    "🕊\ufe0f 👩\u200d👩\u200d👧", "Za" + "\u0301" * 200 + "lgo", "soft\u00adhyphen zero\u200bwidth", "x" * 5000, "ق🕊 " * 700,
]
URLS = ["https://example.org/a?b=c,d;e", "javascript:alert(1)", "https://example.org/\r\nATTENDEE:x", "data:text/html,x", "http://münchen.example/ü",
        "https://example.org/" + "a" * 300, "HTTPS://EXAMPLE.ORG/(x)'y'", "https://example.org/\"><b>", "file:///etc/passwd", "https://example.org/\u202egpj.exe"]


class World:
    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.meetings = {}
        self.lines = []

    def title(self, number):
        hostile = self.dice.choice(TITLES)
        if self.dice.random() < 0.03:
            hostile = (hostile + " ") * (1 + 5000 // (len(hostile.encode()) + 1))
        # A name has no white space at its ends and is no white space alone.
        return f"{hostile.strip()} {number}" if self.dice.random() < 0.5 else f"{number} {hostile.strip()}"

    def log(self, published, *events):
        dice = self.dice
        source = {"outlet": dice.choice(TEXTS), "published": published.isoformat(), "record": str(len(self.lines)), "url": dice.choice(URLS),
                  "title": dice.choice(TEXTS + TITLES), "author": dice.choice(TEXTS)}
        if dice.random() < 0.3:
            del source["url"]
        self.lines.append({"source": source, "events": list(events)})

    def official(self, party):
        return f"of-{party}-{self.dice.randrange(OFFICIALS)}"

    # Times: the text that is told, the first and the last local day that it can mean, and how the calendar shows it.

    def day(self, past):
        return ON - timedelta(days=self.dice.randint(20, 140)) if past else ON + timedelta(days=self.dice.randint(1, 260))

    def moment(self, past, zone):
        wall = datetime.combine(self.day(past), datetime.min.time()) + timedelta(minutes=self.dice.randrange(0, 1440, 5))
        return existing(wall.replace(tzinfo=zone))

    def at_change(self, past, zone):
        found = changes(zone, ON - timedelta(days=150) if past else ON + timedelta(days=2),
                        ON - timedelta(days=20) if past else ON + timedelta(days=260))
        if not found:
            return self.moment(past, zone)
        step = self.dice.choice([-5400, -3600, -1800, -60, 0, 60, 1800, 3600, 5400])
        return (self.dice.choice(found) + timedelta(seconds=step)).astimezone(zone)

    def when(self, kind, past, zone):
        first = self.day(past)
        last = first + timedelta(days=self.dice.randint(1, 9))
        if kind == "none":
            return None
        if kind == "day":
            return first.isoformat()
        if kind == "days":
            return f"{first}/{last}"
        if kind == "open day":
            return f"{first}/.."
        if kind == "range":
            return f"[{first}..{last}]"
        if kind == "by":
            return f"[..{first}]"
        if kind == "from":
            return f"[{first}..]"
        if kind == "month":
            return f"{first:%Y-%m}"
        if kind == "year":
            return "2024" if past else "2025"
        moment = self.at_change(past, zone) if kind == "change" else self.moment(past, zone)
        later = (moment.astimezone(timezone.utc) + timedelta(minutes=self.dice.randint(1, 3000))).astimezone(zone)
        if kind == "lone" or kind == "change" and self.dice.random() < 0.5:
            return written(moment)
        if kind == "open hour":
            return f"{written(moment)}/.."
        if kind == "half exact":
            return f"{written(moment)}/{moment.date() + timedelta(days=2)}"
        if kind == "two zones":
            later = later.astimezone(ZoneInfo(self.dice.choice(ZONES)))
        return f"{written(moment)}/{written(later)}"

    def meeting(self, number):
        dice = self.dice
        status, kind = STATUSES[number % len(STATUSES)], KINDS[number // len(STATUSES) % len(KINDS)]
        past = status in ("held", "lapsed")
        name = dice.choice(ZONES)
        zone = ZoneInfo(name)
        when = self.when(kind, past, zone)
        if when and dice.random() < 0.12:
            when += dice.choice("~?")
        ours, theirs = dice.sample(PARTIES, 2)
        told = {"meeting": f"m-{number}",
                "participants": [{"official": self.official(ours)}, {"official": self.official(theirs)}], "title": self.title(number),
                "agenda": dice.choice(TEXTS), "note": dice.choice(TEXTS)}
        if when is None or dice.random() < 0.8 or "T" in when:
            told["place"] = place(name)
        if when:
            told["when"] = when
        published = date(2024, 1, 1) + timedelta(days=number % 100)
        step = timedelta(days=1)
        self.log(published, {"kind": "meeting_proposed", **told})
        first = status if status != "lapsed" else dice.choice(["proposed", "scheduled", "confirmed"])
        yes = [] if first == "proposed" else [ours] if first == "scheduled" else [ours, theirs]
        if yes:
            self.log(published + step, {"kind": "meeting_confirmed", "meeting": f"m-{number}", "by": yes, "said_by": dice.choice(TEXTS)})
        shown = when
        if status == "at_risk":
            self.log(published + 2 * step, {"kind": "meeting_declined", "meeting": f"m-{number}", "by": [theirs]})
        elif status == "postponed":
            self.log(published + 2 * step, {"kind": "meeting_postponed", "meeting": f"m-{number}", "by": [ours], "reason": dice.choice(TEXTS)})
        elif status == "moved":
            shown = self.when("lone" if kind == "none" else kind, False, zone)
            self.log(published + 2 * step, {"kind": "meeting_postponed", "meeting": f"m-{number}", "by": [ours], "when": shown})
        elif status == "cancelled":
            self.log(published + 2 * step, {"kind": "meeting_cancelled", "meeting": f"m-{number}", "by": [ours], "reason": dice.choice(TEXTS)})
        elif status == "held":
            self.log(ON - 2 * step, {"kind": "meeting_held", "meeting": f"m-{number}", "outcome": dice.choice(TEXTS)})
        self.meetings[f"m-{number}"] = {"title": told["title"], "when": shown, "told": status, "yes": len(yes), "zone": name}

    def movements(self, count):
        """Stays and journeys, which a feed has `--with travel`."""
        for number in range(count):
            dice = self.dice
            one, name = self.official(dice.choice(PARTIES)), dice.choice(ZONES)
            zone, past = ZoneInfo(name), dice.random() < 0.5
            if number % 2:
                when = self.when(dice.choice(["day", "days", "exact", "range", "open day"]), past, zone)
                self.log(date(2024, 6, 1), {"kind": "presence", "officials": [one], "place": place(name), "when": when,
                                            "purpose": dice.choice(TEXTS)})
                continue
            depart = self.moment(past, zone)
            arrive = (depart.astimezone(timezone.utc) + timedelta(hours=dice.randint(1, 30))).astimezone(ZoneInfo(dice.choice(ZONES)))
            exact = dice.random() < 0.6
            self.log(date(2024, 6, 1), {"kind": "travel", "officials": [one], "to": place(arrive.tzinfo.key), "from": place(name),
                                        "depart": written(depart) if exact else depart.date().isoformat(),
                                        "arrive": written(arrive) if exact else max(arrive.date(), depart.date()).isoformat()})


def existing(moment):
    """The moment, moved on where the clocks skip it."""
    return moment.astimezone(timezone.utc).astimezone(moment.tzinfo)


def changes(zone, first, last):
    """The instants at which the zone's offset changes, to the minute."""
    found = []
    at = datetime(first.year, first.month, first.day, tzinfo=timezone.utc)
    while at.date() < last:
        then = at + timedelta(hours=6)
        if at.astimezone(zone).utcoffset() != then.astimezone(zone).utcoffset():
            found.append(next(at + timedelta(minutes=minute) for minute in range(361)
                              if (at + timedelta(minutes=minute)).astimezone(zone).utcoffset() == then.astimezone(zone).utcoffset()))
        at = then
    return found


def written(moment):
    return f"{moment.replace(tzinfo=None).isoformat()}{moment.isoformat()[-6:]}[{moment.tzinfo.key}]"


def place(zone):
    return "at-" + zone.lower().replace("/", "-").replace("_", "-")


def history(seed, count):
    """The lines of a log, and its meetings."""
    world = World(seed)
    ground = [{"kind": "party", "party": party, "name": name} for party, name in zip(PARTIES,
              ["US; of, A", "Rus\\sia", "France", "It\"aly", "भारत", "Türkiye"])]
    ground += [{"kind": "official", "official": f"of-{party}-{one}", "name": f"Minister {one}, of; {party} \\ “{party}”", "party": party,
                "title": "Minister\\, foreign"} for party in PARTIES for one in range(OFFICIALS)]
    ground += [{"kind": "place", "place": place(zone), "name": f"{zone}; hall, \\1", "zone": zone,
                "lat": -33.25 + at, "lon": 170.5 - 10 * at} for at, zone in enumerate(ZONES)]
    world.lines.append({"events": ground})
    for number in range(count):
        world.meeting(number)
    world.movements(count // 5)
    return world.lines, world.meetings
