"""The lines of a feed as bytes, without anybody's library: what the table "what becomes what" says of them, and what no line may be."""

import re
from urllib.parse import quote

from plain import one_line
from shown import is_vague

# They are for mail, and make Outlook ask for an answer.
MAIL = {"ATTENDEE", "ORGANIZER", "METHOD"}
CALENDAR = {"VERSION": "2.0", "PRODID": "-//daybook//daybook//EN", "CALSCALE": "GREGORIAN", "REFRESH-INTERVAL;VALUE=DURATION": "PT1H",
            "X-PUBLISHED-TTL": "PT1H", "COLOR": "steelblue"}
OF_THE_WHOLE = {"NAME", "X-WR-CALNAME", "REFRESH-INTERVAL;VALUE=DURATION", "X-PUBLISHED-TTL", "COLOR"}


def objections(feed, rows, dates, is_split):
    """Everything about the bytes of a feed that is not as it must be. `rows` are the rows in it by UID, `dates` the date that each shows."""
    yield from about_bytes(feed)
    calendar, events = components(feed)
    expected = {name: value for name, value in CALENDAR.items() if not (is_split and name in OF_THE_WHOLE)}
    found = {name: value for name, value in calendar.items() if name in CALENDAR or name in OF_THE_WHOLE}
    name, shown = found.pop("NAME", None), found.pop("X-WR-CALNAME", None)
    if found != expected or name != shown or (name is None) != is_split:
        yield f"the calendar says {calendar}"
    seen = set()
    for event in events:
        uid = event["UID"]
        if uid in seen or uid not in rows:
            yield f"{uid}: {'twice' if uid in seen else 'not expected'}"
            continue
        seen.add(uid)
        yield from (f"{uid}: {says}" for says in about_event(event, rows[uid], dates[uid]))
    yield from (f"{uid}: missing" for uid in rows.keys() - seen)


def about_bytes(feed):
    if feed.startswith(b"\xef\xbb\xbf"):
        yield "a byte-order mark"
    if not feed.endswith(b"\r\n") or re.search(rb"(?<!\r)\n|\r(?!\n)", feed):
        yield "a line that CR LF does not end"
    for line in feed.split(b"\r\n")[:-1]:
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            yield f"a line that is folded inside a character: {line!r}"
            continue
        if len(line) > 75 or not text.strip(" "):
            yield f"a line of {len(line)} octets: {text!r}"
        if one_line(text) != text:
            yield f"a line with a control or hidden character: {text!r}"


def components(feed):
    """What stands in the calendar itself, and every VEVENT, by the whole left side of each line."""
    calendar, events, open_parts = {}, [], []
    for line in feed.decode("utf-8").replace("\r\n ", "").split("\r\n"):
        left, _, value = line.partition(":")
        if left == "BEGIN":
            open_parts.append(value)
            if value == "VEVENT":
                events.append({})
        elif left == "END":
            assert open_parts.pop() == value, line
        elif open_parts == ["VCALENDAR"]:
            assert left not in calendar, line
            calendar[left] = value
        elif open_parts == ["VCALENDAR", "VEVENT"]:
            assert left not in events[-1], line
            events[-1][left] = value
    assert not open_parts
    return calendar, events


def unescaped(text):
    return re.sub(r"\\(.)", lambda escape: "\n" if escape[1] in "nN" else escape[1], text)


def about_event(event, row, when):
    names = {left.split(";")[0] for left in event}
    if names & MAIL:
        yield f"has {names & MAIL}"
    for name in ("DTSTAMP", "CREATED", "LAST-MODIFIED"):
        if not re.fullmatch(r"\d{8}T\d{6}Z", event.get(name, "")):
            yield f"{name} is {event.get(name)}"
    if event["DTSTAMP"] != event["LAST-MODIFIED"] or not event["SEQUENCE"].isdigit():
        yield "DTSTAMP is not the last change, or there is no SEQUENCE"
    times = {left: value for left, value in event.items() if left.startswith(("DTSTART", "DTEND"))}
    forms = [";VALUE=DATE:\\d{8}", "(;TZID=[A-Za-z_]+(/[A-Za-z0-9_+-]+)*:\\d{8}T\\d{6}|:\\d{8}T\\d{6}Z)"]
    if len(times) != 2 or not any(all(re.fullmatch(f"DT(START|END){form}", f"{left}:{value}") for left, value in times.items()) for form in forms):
        yield f"the times are {times}"
    firm = event["STATUS"] == "CONFIRMED" and row["kind"] == "meeting" and not (row["kind"] == "meeting" and is_vague(when))
    if event["TRANSP"] != ("OPAQUE" if firm else "TRANSPARENT"):
        yield f"TRANSP is {event['TRANSP']}, STATUS {event['STATUS']}"
    if event["CATEGORIES"] != {"meeting": row["level"], "stop": "presence", "leg": "travel"}[row["kind"]]:
        yield f"CATEGORIES is {event['CATEGORIES']}"
    place = unescaped(event.get("LOCATION", ""))
    if row["place"] is not None and not place.startswith(one_line(row["place_name"])) or bool(place) != (row["place"] is not None):
        yield f"LOCATION is {place}"
    if row["lat"] is not None and list(map(float, event["GEO"].split(";"))) != [row["lat"], row["lon"]]:
        yield f"GEO is {event['GEO']}"
    # RFC 3986 has no other characters; the others are written in percent, as UTF-8 (RFC 3987, section 3.1).
    url = row["url"] and quote(row["url"], safe="%!*'();:@&=+$,/?#[]")
    if event.get("URL") != url:
        yield f"URL is {event.get('URL')}, not {url}"
    yield from about_description(unescaped(event["DESCRIPTION"]).split("\n"), row)


def about_description(paragraphs, row):
    """Who takes part, who confirmed it, and the reports last."""
    if "Reports:" not in paragraphs or not paragraphs[-1].startswith("- "):
        yield f"the description does not end with the reports: {paragraphs[-1]!r}"
    for participant in row["participants"]:
        if not any(line.startswith(f"- {one_line(participant['name'])}") for line in paragraphs):
            yield f"{participant['name']} is not in the description"
    if row["kind"] == "meeting" and any(line.startswith("Confirmed by: ") for line in paragraphs) != bool(row["confirmed_by"]):
        yield "the description does not say who confirmed it"
