"""What a calendar must show of the rows of `daybook export json`: start, end, summary and status of every event, by the rules for people."""

import re
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from plain import one_line

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
LONG_MONTHS = "January February March April May June July August September October November December".split()


def shown(row, last_date=None):
    """`(start, end, summary, status)` of a row, or None for one without a time; `last_date` is the date that a meeting had before it was
    put off. Days end with the day after the last, times are instants in UTC."""
    if row["kind"] == "meeting":
        when = row["when"] or (last_date if row["status"] in ("postponed", "cancelled") else None)
        if when is None:
            return None
        vague = is_vague(when)
        status = meeting_status(row, vague)
        start, end = span(when, row["zone"])
        mark = {"postponed": "POSTPONED: ", "cancelled": "CANCELLED: ", "lapsed": "UNVERIFIED: "}.get(row["status"], "")
    elif row["from"] is None:
        return None
    else:
        vague = next((time for time in (row["depart"], row["arrive"]) if time and is_vague(time)), None)
        status = "CONFIRMED" if row["standing"] in ("observed", "confirmed") and not vague else "TENTATIVE"
        start, end = row["from"], plus(row["to"])
        if row["start"] and row["end"]:
            start, end = instant(row["start"]), instant(row["end"])
        mark, when = "", vague
    tentative = "[tentative] " if status == "TENTATIVE" else ""
    words = f" ({in_words(when, row['zone'])})" if vague else ""
    return start, end, one_line(f"{mark}{tentative}{row['title']}{words}"), status


def meeting_status(row, vague):
    """The table of statuses; what lapsed keeps the one that it had, which its IPTC value tells."""
    if row["status"] in ("cancelled", "postponed"):
        return "CANCELLED"
    if row["status"] == "held":
        return "CONFIRMED"
    firm = row["status"] == "confirmed" or row["status"] == "lapsed" and row["eventoccurstatus"] == "eos5"
    return "CONFIRMED" if firm and not vague else "TENTATIVE"


def is_vague(when):
    """Whether only some time of it is meant: a month, a year, a range of which some day is meant, `~` or `?`."""
    return when[-1] in "~?" or when[0] == "[" or re.fullmatch(r"\d{4}(-\d\d)?", when) is not None


def instant(text):
    """An exact time as an instant; its offset says which."""
    at = datetime.fromisoformat(re.sub(r"\[[^\]]*\]$", "", text))
    return f"{at.astimezone(timezone.utc):%Y-%m-%dT%H:%M:%SZ}"


def plus(day, days=1):
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def ends(when):
    """Both ends of an interval or a range, as told; an open one is None."""
    plain = when.rstrip("~?")
    if plain[0] == "[" and plain[-1] == "]" and ".." in plain:
        ends = plain[1:-1].split("..")
    else:
        ends = re.split(r"/(?![^\[]*\])", plain)
    return [end if end not in ("", "..") else None for end in ends]


def local_day(end, zone):
    """The day of an end of an interval, local to a zone."""
    if "T" not in end or end.endswith(f"[{zone}]"):
        return end[:10]
    return datetime.fromisoformat(end.split("[")[0]).astimezone(ZoneInfo(zone)).date().isoformat()


def span(when, zone):
    """Start and end of what a calendar shows of a time; days are those of the zone."""
    plain = when.rstrip("~?")
    if re.fullmatch(r"\d{4}", plain):
        return f"{plain}-01-01", f"{int(plain) + 1}-01-01"
    if re.fullmatch(r"\d{4}-\d\d", plain):
        year, month = map(int, plain.split("-"))
        return f"{plain}-01", date(year + month // 12, month % 12 + 1, 1).isoformat()
    first, last = ends(when)[0], ends(when)[-1]
    exact = all(end is None or "T" in end for end in ends(when))
    if exact and not is_vague(when):
        # Nobody said when it ends: an hour is shown.
        alone = len(ends(when)) == 1 or last is None
        start = datetime.strptime(instant(first), "%Y-%m-%dT%H:%M:%SZ")
        return instant(first), f"{start + timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}" if alone else instant(last)
    first, last = local_day(first or last, zone), local_day(last or first, zone)
    return first, plus(max(first, last))


def short(day, year=False):
    at = date.fromisoformat(day[:10])
    return f"{at.day} {MONTHS[at.month - 1]}" + (f" {at.year}" if year else "")


def between(first, last):
    """`10–16 Feb`; the year only where it is not the same."""
    if first[:10] == last[:10]:
        return short(last)
    if first[:4] != last[:4]:
        return f"{short(first, True)} – {short(last)}"
    if first[:7] != last[:7]:
        return f"{short(first)} – {short(last)}"
    return f"{int(first[8:10])}–{short(last)}"


def in_words(when, zone):
    """A vague time for people: `some day 10–16 Feb`, `about 18 Feb`, `perhaps some day in 2026`."""
    plain = when.rstrip("~?")
    prefix = {"~": "about ", "?": "perhaps "}.get(when[-1], "")
    if re.fullmatch(r"\d{4}", plain):
        return f"{prefix}some day in {plain}"
    if re.fullmatch(r"\d{4}-\d\d", plain):
        return f"{prefix}some day in {LONG_MONTHS[int(plain[5:]) - 1]}"
    first, last = ends(when)[0], ends(when)[-1]
    if plain[0] == "[":
        if first is None:
            return f"{prefix}by {short(last)}"
        if last is None:
            return f"{prefix}not before {short(first)}"
        return prefix + ("some day " if first != last else "") + between(first, last)
    if last is None:
        return f"{prefix}from {short(local_day(first, zone))}"
    if len(ends(when)) == 1 and "T" in plain:
        return f"{prefix}{plain[11:16]} on {short(plain)}"
    first, last = local_day(first, zone), local_day(last, zone)
    return prefix + between(first, max(first, last))
