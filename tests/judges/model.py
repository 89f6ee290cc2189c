#!/usr/bin/env python3
"""An independent model of daybook's derivations, written from the documents alone, and a judge that compares it with the program.

    model.py BINARY [--seed N] [--count N] [--days N] [--all]

Random small histories are imported into a new log each; `where`, `who`, `summits` and `meeting` are asked with several clocks, and every
field that the documents settle is compared. The first difference is shrunk to the smallest log that shows it and printed; exit code 1.
"""

import argparse
import copy
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
RANK = {"presumed": 0, "uncertain": 1, "planned": 2, "confirmed": 3, "observed": 4}
NAME = {rank: name for name, rank in RANK.items()}
PLANNED, UNCERTAIN, OBSERVED = RANK["planned"], RANK["uncertain"], RANK["observed"]
REGISTRY = {"official", "party", "place", "trip"}
INTRODUCES = {"meeting_proposed", "meeting_confirmed", "meeting_held"}
DESK = {"typo", "identity", "duplicate"}


# ---------------------------------------------------------------- times

def instant(text):
    """An exact time: the wall clock in the zone wins."""
    if text.endswith("]"):
        body, zone = text[:-1].split("[")
        wall = datetime.fromisoformat(body[:19])
        return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(timezone.utc)
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(timezone.utc)


def end_of_day(day, zone):
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone) + DAY
    return midnight.astimezone(timezone.utc) - timedelta(milliseconds=1)


def local_day(at, zone):
    return at.astimezone(zone).date()


class When:
    """A time as vague as its source. `first` and `last` are days, or None where there is no bound."""

    def __init__(self, text):
        self.text = text
        self.doubt = text[-1] in "~?"
        body = text[:-1] if self.doubt else text
        self.form = "day"
        if body.startswith("["):
            self.form = "range"
            self.ends = [part or None for part in body[1:-1].split("..")]
        elif "/" in body.split("[")[0] or "]/" in body:
            at = body.index("]/") + 1 if "]/" in body else body.index("/")
            self.form = "interval"
            self.ends = [body[:at], None if body[at + 1:] == ".." else body[at + 1:]]
        elif "T" in body:
            self.form = "exact"
            self.ends = [body, body]
        elif len(body) == 7:
            self.form = "month"
            year, month = map(int, body.split("-"))
            after = date(year + month // 12, month % 12 + 1, 1)
            self.ends = [f"{body}-01", (after - DAY).isoformat()]
        elif len(body) == 4:
            self.form = "year"
            self.ends = [f"{body}-01-01", f"{body}-12-31"]
        else:
            self.ends = [body, body]

    @staticmethod
    def _day(text, zone):
        if text is None:
            return None
        return local_day(instant(text), zone) if "T" in text else date.fromisoformat(text)

    def first(self, zone):
        return self._day(self.ends[0], zone)

    def last(self, zone):
        return self._day(self.ends[1], zone)

    def span(self, zone):
        return self.first(zone) or date.min, self.last(zone) or date.max

    def covers(self, day, zone):
        first, last = self.span(zone)
        return first <= day <= last

    @property
    def open(self):
        return self.form == "interval" and self.ends[1] is None

    @property
    def some_day(self):
        """Some day of it is meant, not all of them."""
        return self.form in ("range", "month", "year")

    @property
    def at_most_uncertain(self):
        return self.doubt or self.some_day

    def vague(self, zone):
        """Rule 7: places nobody."""
        if not self.some_day:
            return False
        first, last = self.first(zone), self.last(zone)
        return first is None or last is None or (last - first).days + 1 > 7

    @property
    def exact_start(self):
        return instant(self.ends[0]) if self.ends[0] and "T" in self.ends[0] else None

    @property
    def exact_span(self):
        """Rule 6: a lone exact time lasts one minute."""
        if not all(end and "T" in end for end in self.ends):
            return None
        start, end = instant(self.ends[0]), instant(self.ends[1])
        return start, end + timedelta(minutes=1) if start == end else end

    @property
    def gives_end(self):
        """Rule 19: only a closed interval of days."""
        return self.form == "interval" and all(end and "T" not in end for end in self.ends)


# ---------------------------------------------------------------- the log, as a file of entries

class Event:
    def __init__(self, seq, number, data, public, published):
        self.seq, self.number, self.data = seq, number, data
        self.kind = data["kind"]
        self.public, self.published = public, published
        self.ref = f"{seq}.{number}"
        self.key = (public, seq, number)

    def __getitem__(self, field):
        return self.data.get(field)

    def published_day(self, zone):
        """Rule 3."""
        return local_day(instant(self.published), zone) if "T" in self.published else date.fromisoformat(self.published)

    def published_at(self):
        return instant(self.published) if "T" in self.published else None


class View:
    """What counts under `as_of` (an entry number or None) and `public_by` (a text or None)."""

    def __init__(self, entries, zone_name, as_of=None, public_by=None):
        self.zone = ZoneInfo(zone_name)
        bound = None
        if public_by:
            bound = instant(public_by) if "T" in public_by else end_of_day(date.fromisoformat(public_by), self.zone)
        visible = []
        for seq, entry in enumerate(entries, 1):
            if as_of is not None and seq > as_of:
                break
            published = entry["source"]["published"]
            public = instant(published) if "T" in published else end_of_day(date.fromisoformat(published), self.zone)
            if entry.get("embargo"):
                public = max(public, instant(entry["embargo"]))
            for number, data in enumerate(entry["events"], 1):
                event = Event(seq, number, data, public, published)
                desk = event.kind in REGISTRY or (event.kind == "retraction" and data["reason"] in DESK)
                if desk or bound is None or public <= bound:
                    visible.append(event)
        self.visible = visible
        self.struck, self.counting = {}, []
        for event in reversed(visible):
            if event.ref in self.struck or str(event.seq) in self.struck:
                continue
            self.counting.append(event)
            targets = list(event["replaces"] or [])
            if event.kind == "retraction":
                targets += event["of"]
            for target in targets:
                self.struck.setdefault(target.lstrip("+"), event)
        self.counting.reverse()
        self.ordered = sorted(self.counting, key=lambda event: event.key)
        self.officials, self.places = {}, {}
        for event in self.counting:
            for kind, table in (("official", self.officials), ("place", self.places)):
                if event.kind == kind:
                    table.setdefault(event[kind], {}).update(event.data)

    def zone_of(self, place):
        if place is None:
            return self.zone
        return ZoneInfo(self.places[place]["zone"])

    def within(self, place, outer):
        """Whether a place is, or lies in, another."""
        while place is not None:
            if place == outer:
                return True
            place = self.places.get(place, {}).get("within")
        return False

    def meetings(self):
        ids = {event["meeting"] for event in self.counting if event.kind in INTRODUCES}
        return {id: Meeting(self, id) for id in sorted(ids)}


# ---------------------------------------------------------------- meetings

class Meeting:
    def __init__(self, view, id):
        self.view, self.id = view, id
        self.fields = {}
        self.doubtful = False
        self.when = None
        self.phase = "active"
        self.held = False
        self.seats = {}
        self.named = {}
        self.dated_by = self.placed_by = None
        self.yes, self.no = {}, {}
        self.denied = False
        self.previous = []
        self.events = [event for event in view.ordered if event["meeting"] == id and event.kind.startswith("meeting_")]
        for event in self.events:
            self.apply(event)

    @property
    def place(self):
        return self.fields.get("place")

    @property
    def zone(self):
        return self.view.zone_of(self.place)

    def apply(self, event):
        kind = event.kind
        for field in ("title", "level", "place", "agenda", "outcome", "trip"):
            if event[field] is not None:
                self.fields[field] = event[field]
        if event["place"]:
            self.doubtful = bool(event["place_doubtful"])
            self.placed_by = event.key
        self.participants(event)
        by = event["by"] or []
        when = When(event["when"]) if event["when"] else None
        if kind == "meeting_proposed":
            self.reopen()
            self.propose(by)
        elif kind in ("meeting_confirmed", "meeting_held"):
            self.reopen()
            self.confirm(by)
            if kind == "meeting_held":
                self.held = True
        elif kind == "meeting_changed":
            if when and self.phase == "postponed":
                self.phase = "active"
        elif kind == "meeting_declined":
            self.denied = self.denied or not by
            for party in by:
                self.yes.pop(party, None)
                self.no[party] = True
        elif self.held and kind in ("meeting_cancelled", "meeting_postponed"):
            return  # Held stays held, on its day, whatever follows.
        elif kind == "meeting_cancelled":
            self.clear()
            self.phase = "cancelled"
        elif kind == "meeting_postponed" and (when or self.phase != "cancelled"):
            # A cancelled meeting that is "postponed" to no date stays as it was; refusals since then stand too (not settled by the rules).
            self.clear()
            if when:
                self.phase = "active"
                self.propose(by)
            else:
                self.phase = "postponed"
                self.give_up(event)
        if when:
            self.date(when, event)

    def reopen(self):
        self.denied = False
        self.phase = "active"

    def clear(self):
        self.denied = False
        self.yes, self.no = {}, {}

    def propose(self, by):
        for party in by:
            refused = self.no.pop(party, None)
            self.yes.setdefault(party, "confirmed" if refused else "proposed")

    def confirm(self, by):
        for party in by:
            self.no.pop(party, None)
            self.yes[party] = "confirmed"

    def participants(self, event):
        named = event["participants"] or []
        for seat in named:
            who = seat.get("official") or "party:" + seat["party"]
            old = self.seats.get(who, {"role": "principal"})
            self.seats[who] = {"role": seat.get("role", old["role"]), "attendance": seat.get("attendance", "expected")}
            self.named[who] = event.key
        if event.kind == "meeting_held" and named:
            listed = {seat.get("official") or "party:" + seat["party"] for seat in named}
            for who in [who for who, seat in self.seats.items() if seat["attendance"] == "uncertain" and who not in listed]:
                del self.seats[who]

    def date(self, when, event):
        if self.when is not None:
            (a, b), (c, d) = self.when.span(self.zone), when.span(self.zone)
            if not (a <= c and d <= b or c <= a and b <= d):
                self.give_up(event)
        self.when = when
        self.dated_by = event.key

    def give_up(self, event):
        if self.when is not None:
            self.previous.append({"when": self.when.text, "ended_by": event.ref})
            self.when = None

    def party_of(self, who):
        if who.startswith("party:"):
            return who[6:]
        return self.view.officials[who].get("party")

    def required(self):
        """The required parties, and whether the list of them is known (rule 11)."""
        def of(role):
            return [who for who, seat in self.seats.items() if seat["role"] == role and seat["attendance"] == "expected"]
        people = of("principal")
        if len({self.party_of(who) for who in people} - {None}) < 2:
            people += of("host")
        parties = [self.party_of(who) for who in people]
        return {party for party in parties if party}, len(people) >= 2 and None not in parties

    def confirmed_by(self):
        required, _ = self.required()
        outright = {party for party, stance in self.yes.items() if stance == "confirmed"}
        return {party for party in self.yes if party in outright or (outright & required) - {party}}

    def past(self, on):
        last = self.when.last(self.zone) if self.when else None
        return last is not None and last < on

    def status(self, on):
        if self.held:
            return "held"
        if self.phase in ("cancelled", "postponed"):
            return self.phase
        past = on is not None and self.past(on)
        if (self.no or self.denied) and not past:
            return "at_risk"
        if past:
            return "lapsed"
        required, known = self.required()
        confirmed = self.confirmed_by()
        if self.when and required and required <= confirmed and (known or len(confirmed) >= 2):
            return "confirmed"
        if self.when and confirmed:
            return "scheduled"
        return "proposed"

    def occurrence(self, on):
        status = self.status(on)
        if status == "lapsed":
            status = self.status(None)
        if status == "proposed":
            return "eos3" if self.yes else "eos1"
        return {"held": "eos5", "cancelled": "eos6", "postponed": "eos1", "at_risk": "eos2", "confirmed": "eos5", "scheduled": "eos4"}[status]

    def answer(self, on):
        required, _ = self.required()
        seats = []
        for who, seat in self.seats.items():
            party = self.party_of(who)
            seats.append([None if who.startswith("party:") else who, party, seat["role"], seat["attendance"]])
        answer = {
            "title": self.fields.get("title"), "level": self.fields.get("level"), "status": self.status(on),
            "when": self.when.text if self.when else None, "place": self.place, "place_doubtful": self.doubtful,
            "participants": sorted(seats, key=str), "confirmed_by": sorted(self.confirmed_by()),
            "silent": sorted(required - set(self.yes) - set(self.no)), "declined_by": sorted(self.no),
            "previous": self.previous, "slips": len(self.previous), "eventoccurstatus": self.occurrence(on),
            "last_report": self.events[-1].published_day(self.zone).isoformat(),
        }
        for field in ("title", "level"):
            if answer[field] is None:
                del answer[field]  # what the first report leaves unsaid is completed at the door
        if self.when and self.when.form in ("day", "exact"):
            answer["days_to_go"] = (self.when.first(self.zone) - on).days
        return answer


def meeting_as_told(told):
    told = dict(told)
    told["participants"] = sorted(([seat.get("official"), seat["party"], seat["role"], seat["attendance"]] for seat in told["participants"]), key=str)
    told["confirmed_by"] = sorted(one["party"] for one in told["confirmed_by"])
    told["declined_by"] = sorted(one if isinstance(one, str) else one["party"] for one in told["declined_by"])
    told["silent"] = sorted(one if isinstance(one, str) else one["party"] for one in told["silent"])
    return told


# ---------------------------------------------------------------- whereabouts

class Claim:
    def __init__(self, basis, place, key, refs, when, days, meeting=None, seat_uncertain=False, told=None):
        # Who tells it, and for which days: a meeting's entry is the last to give its date, its place or the seat.
        self.told = (told or key)[1], min(days, default=None), max(days, default=None)
        self.basis, self.place, self.key, self.refs = basis, place, key, refs
        self.when, self.days, self.meeting, self.seat_uncertain = when, days, meeting, seat_uncertain
        self.last_given = max(days) if days and basis == "presence" and when.gives_end else None


class Leg:
    def __init__(self, event, first, last, standing, arrival, vague):
        self.event, self.first, self.last, self.standing, self.arrival, self.vague = event, first, last, standing, arrival, vague
        self.origin, self.to = event["from"], event["to"]


class Stop:
    def __init__(self, place):
        self.place, self.claims = place, []

    @property
    def days(self):
        days = {}
        for claim in self.claims:
            for day, standing in claim.days.items():
                days[day] = max(days.get(day, 0), standing)
        return days

    def close(self):
        self.standings = self.days
        self.first, self.last = min(self.standings), max(self.standings)
        self.firm = any(standing >= PLANNED for standing in self.standings.values())
        self.end_known = any(claim.last_given == self.last and self.last in claim.days for claim in self.claims)
        self.age = max(claim.key for claim in self.claims if self.last in claim.days)
        return self


def each_day(first, last):
    while first <= last:
        yield first
        first += DAY


class Whereabouts:
    def __init__(self, view, official, on, meetings, carry=3):
        self.view, self.official, self.on, self.carry = view, official, on, carry
        self.absences = [event for event in view.counting if event.kind == "absence" and official in event["officials"]]
        self.cancelled = set()
        for event in view.counting:
            # Those whom a cancellation names are the ones who stay in the plan.
            if event.kind == "travel_cancelled" and official not in (event["officials"] or []):
                self.cancelled |= {target.lstrip("+") for target in event["of"]}
        self.claims, self.legs = [], []
        for event in view.ordered:
            if event.kind == "presence" and official in event["officials"]:
                self.presence(event)
            elif event.kind == "travel" and official in event["officials"]:
                self.travel(event)
        for meeting in meetings.values():
            self.meeting(meeting)
        for claim in self.claims:
            claim.days = {day: standing for day, standing in claim.days.items() if standing == OBSERVED or not self.absent(claim, day)}
        self.legs = [leg for leg in self.legs if leg.arrival.days]
        self.stops = self.fold([claim for claim in self.claims if claim.days])

    def presence(self, event):
        place, when = event["place"], When(event["when"])
        zone = self.view.zone_of(place)
        if when.vague(zone):
            return
        published = event.published_day(zone)
        first, last = when.first(zone), when.last(zone)
        if when.open:
            last = max(first, published)
        days = {}
        for day in each_day(first, last):
            seen = day <= published
            if day == published == first and when.exact_start and event.published_at() and when.exact_start > event.published_at():
                seen = False
            standing = OBSERVED if seen else PLANNED
            days[day] = min(standing, UNCERTAIN) if when.at_most_uncertain else standing
        claim = Claim("presence", place, event.key, [event.ref], when, days)
        if event.ref in self.cancelled:
            claim.days = {day: standing for day, standing in days.items() if standing == OBSERVED}
        self.claims.append(claim)

    def travel(self, event):
        to = event["to"]
        zone, left = self.view.zone_of(to), self.view.zone_of(event["from"] or to)
        depart = When(event["depart"]) if event["depart"] else None
        arrive = When(event["arrive"]) if event["arrive"] else None
        if not depart and not arrive:
            return
        landing = arrive or depart
        if landing.vague(zone if arrive else left):
            return
        arrival_days = landing.span(zone)
        departure_days = depart.span(left) if depart else arrive.span(zone)
        published = event.published_day(zone)
        over = arrival_days[1] < published
        if arrive and arrive.form == "exact" and event.published_at():
            over = over or arrive.exact_start <= event.published_at()
        standing = OBSERVED if over else PLANNED
        there = min(standing, UNCERTAIN) if landing.at_most_uncertain else standing
        if event.ref in self.cancelled and there != OBSERVED:
            return
        days = {day: there for day in each_day(*arrival_days)}
        claim = Claim("travel", to, event.key, [event.ref], arrive, days)
        self.claims.append(claim)
        self.legs.append(Leg(event, departure_days[0], max(departure_days[0], arrival_days[1]), there, claim, depart and depart.vague(left)))

    def meeting(self, meeting):
        seat = meeting.seats.get(self.official)
        place, when = meeting.place, meeting.when
        if seat is None or seat["attendance"] == "declined" or not place or not when:
            return
        if meeting.fields.get("level") == "call" or when.vague(meeting.zone):
            return
        standing = {"held": OBSERVED, "confirmed": RANK["confirmed"], "scheduled": PLANNED, "proposed": UNCERTAIN, "at_risk": UNCERTAIN,
                    "lapsed": UNCERTAIN}.get(meeting.status(self.on))
        if standing is None:
            return
        if seat["attendance"] == "uncertain" or meeting.doubtful or when.at_most_uncertain:
            standing = UNCERTAIN
        days = {day: standing for day in each_day(*when.span(meeting.zone))}
        refs = [event.ref for event in meeting.events]
        self.claims.append(Claim("meeting", place, meeting.named[self.official], refs, when, days, meeting.id, seat["attendance"] == "uncertain",
                                 max(meeting.dated_by, meeting.placed_by, meeting.named[self.official])))

    def covers(self, absence, day, zone):
        if absence["when"] is None:
            return True
        when = When(absence["when"])
        return when.covers(day, zone)

    def absent(self, claim, day):
        for absence in self.absences:
            if absence.key <= claim.key:
                continue
            if absence["meeting"]:
                if claim.meeting == absence["meeting"] and self.covers(absence, day, self.view.zone_of(claim.place)):
                    return True
            elif self.view.within(claim.place, absence["place"]) and self.covers(absence, day, self.view.zone_of(absence["place"])):
                return True
        return False

    @staticmethod
    def fold(claims):
        """Presences at one place that touch or overlap are one stop."""
        stops = []
        for place in sorted({claim.place for claim in claims}):
            pieces = []
            for claim in claims:
                if claim.place == place:
                    # Days may have been taken from the middle of a claim.
                    run = []
                    for day in sorted(claim.days):
                        if run and day - run[-1] > DAY:
                            pieces.append((claim, run))
                            run = []
                        run.append(day)
                    pieces.append((claim, run))
            pieces.sort(key=lambda piece: piece[1][0])
            stop, last = None, None
            for claim, run in pieces:
                if stop is None or run[0] > last + DAY:
                    stop, last = Stop(place), run[-1]
                    stops.append(stop)
                last = max(last, run[-1])
                piece = copy.copy(claim)
                piece.days = {day: claim.days[day] for day in run}
                stop.claims.append(piece)
        return [stop.close() for stop in stops]

    def carried(self, day):
        if any(day in stop.standings for stop in self.stops):
            return []
        before = [stop for stop in self.stops if stop.last < day and stop.firm]
        if not before:
            return []
        last = max(stop.last for stop in before)
        return [stop for stop in before if stop.last == last and not stop.end_known and (day - last).days <= self.carry and not self.gone(stop, day)]

    def gone(self, stop, day):
        for leg in self.legs:
            if leg.vague or leg.to == stop.place or leg.first > day:
                continue
            if leg.first > stop.last or leg.first == stop.last and leg.origin in (None, stop.place):
                return True
        for absence in self.absences:
            if absence.key > stop.age and absence["place"] and self.view.within(stop.place, absence["place"]):
                zone = self.view.zone_of(absence["place"])
                if any(self.covers(absence, one, zone) for one in each_day(stop.last + DAY, day)):
                    return True
        return False

    def last_known(self, day):
        before = [stop for stop in self.stops if stop.last < day and stop.firm]
        last = max((stop.last for stop in before), default=None)
        return {(stop.place, last.isoformat(), (day - last).days) for stop in before if stop.last == last}

    def departed_from(self, leg):
        """The last known stop when the journey begins; all of them, where several are as late."""
        before = [stop for stop in self.stops if stop.place != leg.to and stop.first <= leg.first and stop.firm]
        last = max((min(stop.last, leg.first) for stop in before), default=None)
        return tuple(sorted({stop.place for stop in before if min(stop.last, leg.first) == last})) or None

    def conflict(self, stop, day):
        for other in self.stops:
            if other is stop or self.view.within(stop.place, other.place) or self.view.within(other.place, stop.place):
                continue
            # Rule 24: a night is claimed here by what is not also said of there, and the other way round.
            def told(one, night):
                def on(day):
                    return {claim.told: claim for claim in one.claims if claim.days.get(day, 0) >= PLANNED}
                evening, morning = on(night), on(night + DAY)
                through = {(claim, claim) for claim in evening if claim in morning}
                goes_on = [claim for claim in evening if claim not in morning and evening[claim].last_given != night]
                return through | {(claim, after) for claim in goes_on for after in morning if after not in evening}
            for night in (day - DAY, day):
                here, there = told(stop, night), told(other, night)
                if here - there and there - here:
                    return True
            if self.exact_overlap(stop, other, day):
                return True
        return False

    def exact_overlap(self, stop, other, day):
        """On a day that is local to the stop; at the other place the same instants may bear another date."""
        def spans(one, days):
            for claim in one.claims:
                span = claim.when and claim.when.exact_span
                if span and any(claim.days.get(one, 0) >= PLANNED for one in days(claim)):
                    yield span
        for start, end in spans(stop, lambda claim: [day]):
            for begin, stopped in spans(other, lambda claim: claim.days):
                low, high = max(start, begin), min(end, stopped)
                if low < high:
                    zone = self.view.zone_of(stop.place)
                    if local_day(low, zone) <= day <= local_day(high, zone):
                        return True
        return False

    def answer(self, day):
        presences = []
        for stop in self.stops:
            if day not in stop.standings:
                continue
            here = [claim for claim in stop.claims if day in claim.days]
            best = stop.standings[day]
            presences.append({
                "place": stop.place, "from": stop.first.isoformat(), "to": stop.last.isoformat(), "standing": NAME[best],
                "basis": {claim.basis for claim in here if claim.days[day] == best}, "conflict": self.conflict(stop, day),
                "evidence": {ref for claim in stop.claims for ref in claim.refs}, "uncertain_seat": all(claim.seat_uncertain for claim in here),
            })
        for stop in self.carried(day):
            presences.append({
                "place": stop.place, "from": stop.first.isoformat(), "to": stop.last.isoformat(), "standing": "presumed", "basis": {"carried"},
                "conflict": False, "evidence": {ref for claim in stop.claims for ref in claim.refs}, "uncertain_seat": False,
            })
        legs = {}
        for leg in self.legs:
            if leg.first <= day <= leg.last and not leg.vague:
                # The same journey told by several reports is one leg.
                same = (leg.origin or self.departed_from(leg), leg.to, leg.event["depart"], leg.event["arrive"])
                known = legs.setdefault(same, [0, []])
                known[0] = max(known[0], leg.standing)
                known[1].append(leg.event.ref)
        fields = ("from", "to", "depart", "arrive")
        legs = [dict(zip(fields, same)) | {"standing": NAME[standing], "evidence": sorted(refs)} for same, (standing, refs) in legs.items()]
        return {"presences": presences, "legs": legs, "last_known": self.last_known(day)}


def compare_where(mine, told):
    """The first difference, or None."""
    def head(presence):
        return [presence[field] for field in ("place", "from", "to", "standing", "conflict")]
    ours, theirs = (sorted(presences, key=lambda one: (one["place"], one["from"])) for presences in (mine["presences"], told["presences"]))
    if list(map(head, ours)) != list(map(head, theirs)):
        return "presences", list(map(head, ours)), list(map(head, theirs))
    for our, their in zip(ours, theirs):
        if their["basis"] not in our["basis"]:
            return "basis", sorted(our["basis"]), their["basis"]
        if not their["evidence"] or not set(their["evidence"]) <= our["evidence"]:
            return "evidence", sorted(our["evidence"]), their["evidence"]
    key = lambda leg: sorted(leg["evidence"])
    ours, theirs = [dict(leg) for leg in sorted(mine["legs"], key=key)], [dict(leg) for leg in sorted(told["legs"], key=key)]
    for leg in theirs:
        leg["evidence"] = sorted(leg["evidence"])
    for our, their in zip(ours, theirs):
        if isinstance(our["from"], tuple) and their["from"] in our["from"]:
            our["from"] = their["from"]
    fields = ("from", "to", "depart", "arrive", "standing", "evidence")
    ours, theirs = ([{field: leg[field] for field in fields} for leg in legs] for legs in (ours, theirs))
    if ours != theirs:
        return "legs", ours, theirs
    last = told["last_known"]
    last = (last["place"], last["on"], last["days_ago"]) if last else None
    if (last not in mine["last_known"]) if mine["last_known"] else last is not None:
        return "last_known", sorted(mine["last_known"]), last
    return None


# ---------------------------------------------------------------- random histories

RIYADH, MADRID, YORK, DUBAI = "Asia/Riyadh", "Europe/Madrid", "America/New_York", "Asia/Dubai"
PLACES = {"saudi-arabia": (RIYADH, None), "qalpha": (RIYADH, "saudi-arabia"), "qbeta": (DUBAI, "saudi-arabia"),
          "united-states": (YORK, None), "qgamma": (YORK, "united-states"), "qalpha-palace": (RIYADH, "qalpha")}
OFFICIALS = {"anna": "pone", "boris": "ptwo", "carla": "pthree", "dan": "ptwo"}
PARTIES = ["pone", "ptwo", "pthree"]
MEETINGS = ["mone", "mtwo"]
START = date(2025, 3, 1)


def registry():
    events = []
    for at, (place, (zone, within)) in enumerate(PLACES.items()):
        event = {"kind": "place", "place": place, "name": place.title(), "country": "US" if zone == YORK else "SA", "lat": 24.0 + at,
                 "lon": -75.0 if zone == YORK else 45.0, "zone": zone}
        if within:
            event["within"] = within
        events.append(event)
    events += [{"kind": "party", "party": party, "name": party.title()} for party in PARTIES]
    events += [{"kind": "official", "official": id, "name": f"{id.title()} Q{id}", "party": party} for id, party in OFFICIALS.items()]
    return {"uid": 0, "source": {"outlet": "desk", "published": "2025-02-01"}, "events": events}


class Generator:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.uid = 100
        self.introduced = set()
        self.past = []  # (entry, event)
        # Every history has its own leanings, so that rare cases meet each other.
        self.who = sorted(OFFICIALS)[:self.r.choice([1, 2, 4, 4])]
        self.where = self.r.sample(sorted(PLACES), self.r.choice([2, 3, 6, 6]))
        self.meetings = MEETINGS[:self.r.choice([1, 2])]
        self.length = self.r.choice([5, 9, 16, 16])
        self.exact = self.r.choice([0, 0, 0, 0.5])
        self.weights = self.r.choice([[20, 18, 5, 8, 38, 7, 1, 1], [20, 18, 5, 8, 38, 7, 1, 1], [40, 30, 8, 15, 10, 8, 1, 1], [2, 2, 1, 3, 80, 10, 1, 3]])

    def chance(self, p):
        return self.r.random() < p

    def day(self, low=0, beyond=0):
        return START + timedelta(days=self.r.randint(low, self.length + beyond))

    def moment(self, day, zone):
        wall = datetime(day.year, day.month, day.day, self.r.choice([1, 9, 10, 14, 23]), self.r.choice([0, 30]), tzinfo=ZoneInfo(zone))
        offset = wall.strftime("%z")
        return f"{wall:%Y-%m-%dT%H:%M:%S}{offset[:3]}:{offset[3:]}[{zone}]"

    def when(self, zone, interval=True, openend=True):
        r, day = self.r, self.day()
        mark = r.choice(["~", "?"]) if self.chance(0.1) else ""
        roll = r.random()
        if self.chance(self.exact):
            roll = r.choice([0.5, 0.5, 0.77]) if interval else 0.5
        if roll < 0.42 or (not interval and 0.56 <= roll < 0.88):
            return day.isoformat() + mark
        if roll < 0.56:
            return self.moment(day, zone if self.chance(0.8) else r.choice([RIYADH, YORK, MADRID])) + mark
        if roll < 0.74:
            return f"{day}/{day + timedelta(days=r.randint(0, 6))}{mark}"
        if roll < 0.80:
            a, b = sorted((self.moment(day, zone), self.moment(day + timedelta(days=r.randint(0, 2)), zone)))
            return f"{a}/{b}{mark}" if a != b else a + mark
        if roll < 0.88:
            return f"{day}/..{mark}" if openend else day.isoformat()
        if roll < 0.96:
            return f"[{day}..{day + timedelta(days=r.choice([1, 2, 3, 6, 7, 9]))}]{mark}"
        return r.choice(["2025-03", "2025", f"[{day}..]", f"[..{day}]"])

    def people(self, high=3):
        return self.r.sample(self.who, self.r.randint(1, min(high, len(self.who))))

    def seats(self):
        seats = []
        for who in self.r.sample(sorted(OFFICIALS), self.r.randint(1, 3)) + (["party:" + self.r.choice(PARTIES)] if self.chance(0.1) else []):
            seat = {"party": who[6:]} if who.startswith("party:") else {"official": who}
            if self.chance(0.35):
                seat["role"] = self.r.choice(["principal", "delegation", "host"])
            if self.chance(0.35):
                seat["attendance"] = self.r.choice(["expected", "uncertain", "declined"])
            seats.append(seat)
        return seats

    def place(self):
        return self.r.choice(self.where)

    def event(self):
        r = self.r
        kind = r.choices(["presence", "travel", "travel_cancelled", "absence", "meeting", "retraction", "statement", "official"],
                         self.weights)[0]
        event = {"kind": kind}
        if kind == "presence":
            place = self.place()
            event |= {"officials": self.people(), "place": place, "when": self.when(PLACES[place][0])}
        elif kind == "travel":
            to = self.place()
            event |= {"officials": self.people(), "to": to}
            if self.chance(0.6):
                event["from"] = r.choice([place for place in self.where if place != to])
            if self.chance(0.75):
                event["depart"] = self.when(PLACES[event.get("from", to)][0], interval=False)
                if self.chance(0.35):
                    event["arrive"] = self.after(event["depart"], PLACES[to][0])
            elif self.chance(0.9):
                event["arrive"] = self.when(PLACES[to][0], interval=False)
        elif kind == "travel_cancelled":
            targets = [e for _, e in self.past if e["kind"] in ("travel", "presence")]
            if not targets:
                return None
            event["of"] = [("event", e["uid"]) for e in r.sample(targets, min(len(targets), r.choice([1, 1, 2])))]
            if self.chance(0.4):
                event["officials"] = self.people(2)
        elif kind == "absence":
            event["officials"] = self.people(2)
            if self.introduced and self.chance(0.35):
                event["meeting"] = r.choice(sorted(self.introduced))
            else:
                event["place"] = self.place()
            if self.chance(0.7):
                event["when"] = self.when(PLACES[event.get("place", "qalpha")][0])
        elif kind == "meeting":
            self.meeting(event)
        elif kind == "retraction":
            targets = [(entry, e) for entry, e in self.past if e["kind"] not in REGISTRY or e["kind"] == "official"]
            if not targets:
                return None
            entry, target = r.choice(targets[-4:] if self.chance(0.5) else targets)
            whole = self.chance(0.25) and not any(e["kind"] in REGISTRY for e in entry["events"])
            event["of"] = [("entry", entry["uid"]) if whole else ("event", target["uid"])]
            event["reason"] = r.choice(["wrong", "source_withdrawn", "typo", "identity", "duplicate"])
        elif kind == "statement":
            event |= {"speaker": "anna", "text": "words", "about": ["boris"], "topics": ["x"]}
        else:
            event |= {"official": r.choice(sorted(OFFICIALS) + ["ewan"]), "party": r.choice(PARTIES)}
            if event["official"] == "ewan":
                event["name"] = "Ewan Qewan"
        if kind in ("presence", "travel", "absence", "meeting") and self.chance(0.1):
            def about(e):
                return e["kind"].startswith("meeting_") and e["meeting"]
            same = [e for _, e in self.past if about(e) == about(event) and e["kind"] not in REGISTRY]
            if same:
                event["replaces"] = [("event", r.choice(same)["uid"])]
        return event

    def after(self, depart, zone):
        day = date.fromisoformat(depart.lstrip("[.")[:10]) if depart[:1] != "[" and len(depart) > 7 else self.day()
        day += timedelta(days=self.r.choice([0, 1, 1, 2]))
        roll = self.r.random()
        if roll < 0.6:
            return day.isoformat()
        if roll < 0.9:
            return self.moment(day + DAY if "T" in depart else day, zone)
        return f"[{day + DAY}..{day + 2 * DAY}]"

    def meeting(self, event):
        r = self.r
        id = r.choice(self.meetings)
        kinds = ["proposed", "confirmed", "held"] if id not in self.introduced else [
            "proposed", "confirmed", "confirmed", "held", "changed", "changed", "declined", "postponed", "cancelled"]
        kind = r.choice(kinds)
        event |= {"kind": f"meeting_{kind}", "meeting": id}
        if kind == "held" and id not in self.introduced and self.chance(0.6):
            event["kind"], kind = "meeting_proposed", "proposed"
        if kind in ("proposed", "confirmed", "held"):
            self.introduced.add(id)
        first = kind == "proposed"
        if kind in ("proposed", "confirmed", "held", "changed"):
            if kind != "changed" or self.chance(0.3):
                event["title"] = f"Title {r.randint(1, 9)}"
                event["level"] = r.choices(["summit", "ministerial", "talks", "call"], [3, 3, 5, 1])[0]
            if self.chance(0.85 if first else 0.2):
                event["place"] = self.place()
                if self.chance(0.15):
                    event["place_doubtful"] = True
            if first or self.chance(0.4):
                event["participants"] = self.seats()
        if kind not in ("declined", "cancelled") and self.chance(0.75 if first else 0.45):
            event["when"] = self.when(PLACES[event.get("place", "qalpha")][0], openend=False)
        if kind == "confirmed" or kind != "changed" and self.chance(0.6):
            event["by"] = r.sample(PARTIES, r.choice([1, 1, 2]))
        if kind == "changed" and len(event) == 2:
            event["agenda"] = "x"

    def entry(self):
        self.uid += 1
        entry = {"uid": self.uid, "source": {"outlet": "x", "published": self.day(-2, 2).isoformat()}, "events": []}
        if self.chance(0.3):
            entry["source"]["published"] = self.moment(self.day(-2, 2), self.r.choice([RIYADH, MADRID, YORK]))
        if self.chance(0.06):
            entry["embargo"] = f"{self.day()}T06:00:00Z"
        fresh = []
        for _ in range(self.r.choice([1, 1, 1, 2, 3])):
            event = self.event()
            if event:
                self.uid += 1
                event["uid"] = self.uid
                entry["events"].append(event)
                fresh.append((entry, event))
                if event["kind"] == "presence" and self.chance(0.3):
                    # A report that names several places for the same days.
                    self.uid += 1
                    also = {**copy.deepcopy(event), "uid": self.uid, "place": self.r.choice([place for place in self.where if place != event["place"]])}
                    also.pop("replaces", None)
                    entry["events"].append(also)
                    fresh.append((entry, also))
        self.past += fresh
        return entry

    def history(self):
        entries = [self.entry() for _ in range(self.r.randint(2, 13))]
        return [registry()] + [entry for entry in entries if entry["events"]]


def render(history):
    """The file for `daybook import`; references to what is no longer there are dropped, and what is then empty with them."""
    where, lines = {}, []
    for entry in history:
        line = {field: value for field, value in entry.items() if field not in ("uid", "events")}
        line["events"] = []
        spots = {}
        for event in entry["events"]:
            event, uid = {field: value for field, value in event.items() if field != "uid"}, event.get("uid")
            for field in ("of", "replaces"):
                if field in event:
                    event[field] = [where[tuple(ref)] for ref in event[field] if tuple(ref) in where]
                    if not event[field]:
                        del event[field]
            if event["kind"] in ("retraction", "travel_cancelled") and "of" not in event:
                continue
            line["events"].append(event)
            spots["event", uid] = f"+{len(lines) + 1}.{len(line['events'])}"
        if line["events"]:
            where |= spots
            where["entry", entry["uid"]] = f"+{len(lines) + 1}"
            lines.append(line)
    return lines


# ---------------------------------------------------------------- the judge

class Refused(Exception):
    pass


class Judge:
    def __init__(self, binary, scratch):
        self.binary, self.scratch = os.path.abspath(binary), scratch
        self.log = os.path.join(scratch, "log")
        self.asked = 0

    def run(self, *words):
        ran = subprocess.run([self.binary, "--log", self.log, *words], capture_output=True, text=True)
        if ran.returncode not in (0, 1) or "panicked" in ran.stderr:
            raise AssertionError(f"crash: {words}: exit {ran.returncode}: {ran.stderr}")
        return ran

    def fill(self, lines, zone):
        shutil.rmtree(self.log, ignore_errors=True)
        self.run("init", "--zone", zone)
        path = os.path.join(self.scratch, "history.jsonl")
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines)
        ran = self.run("import", path)
        if ran.returncode:
            raise Refused(ran.stderr)

    def ask(self, *words):
        self.asked += 1
        return self.run(*words, "--json")

    def compare(self, lines, zone, question):
        """The difference that a question shows, or None."""
        on, as_of, public_by, carry = question
        clocks = ["--on", on.isoformat()]
        clocks += ["--carry", str(carry)] if carry != 3 else []
        clocks += ["--as-of", str(as_of)] if as_of else []
        clocks += ["--public-by", public_by] if public_by else []
        view = View(lines, zone, as_of, public_by)
        meetings = view.meetings()
        told = json.loads(self.ask("summits", "--all", *clocks).stdout)["meetings"]
        if sorted(one["meeting"] for one in told) != sorted(meetings):
            return clocks, "summits", sorted(meetings), [one["meeting"] for one in told]
        days = [meetings[one["meeting"]].when for one in told]
        days = [when.first(view.zone) or when.last(view.zone) if when and when.form != "range" else None for when in days]
        undated = [one["when"] is None for one in told]
        if undated != sorted(undated) or any(a and b and a > b + DAY for a, b in zip(days, days[1:])):
            return clocks, "summits: order", "by date, undated last", [one["when"] for one in told]
        for one in told:
            theirs, ours = meeting_as_told(one), meetings[one["meeting"]].answer(on)
            for field, value in ours.items():
                if theirs[field] != value:
                    return clocks, f"meeting {one['meeting']}: {field}", value, theirs[field]
        for id in MEETINGS:
            ran = self.ask("meeting", id, *clocks)
            if (ran.returncode == 0) != (id in meetings):
                return clocks, f"meeting {id}", id in meetings, ran.stderr
            if ran.returncode == 0:
                alone, listed = json.loads(ran.stdout), next(one for one in told if one["meeting"] == id)
                for field, value in listed.items():
                    if alone[field] != value:
                        return clocks, f"meeting {id} against summits: {field}", value, alone[field]
                counting = {event.ref for event in meetings[id].events}
                ours = sorted((event.ref, event.ref in counting) for event in view.visible if event["meeting"] == id and event.kind.startswith("meeting_"))
                theirs = sorted((one["event"], one["counts"]) for one in alone["history"])
                if ours != theirs:
                    return clocks, f"meeting {id}: history", ours, theirs
        told = {one["official"]: one for one in json.loads(self.ask("where", *clocks).stdout)["answers"]}
        if sorted(told) != sorted(view.officials):
            return clocks, "where: everybody", sorted(view.officials), sorted(told)
        present = {}
        for official in OFFICIALS:
            present[official] = Whereabouts(view, official, on, meetings, carry).answer(on)
            found = compare_where(present[official], told[official])
            if found:
                return clocks, f"where {official}: {found[0]}", *found[1:]
        place = sorted(PLACES)[on.day % len(PLACES)]
        told = json.loads(self.ask("who", place, *clocks).stdout)
        for field, seat in (("people", False), ("uncertain", True)):
            ours = sorted((official, one["place"], one["standing"]) for official, answer in present.items() for one in answer["presences"]
                          if view.within(one["place"], place) and one["uncertain_seat"] == seat)
            theirs = sorted((one["official"], one["place"], one["standing"]) for one in told[field])
            if ours != theirs:
                return clocks, f"who {place}: {field}", ours, theirs
        return None

    def judge(self, history, zone, questions):
        lines = render(history)
        self.fill(lines, zone)
        for question in questions:
            found = self.compare(lines, zone, question)
            if found:
                return question, found
        return None

    def shrink(self, history, zone, question, what):
        """The smallest history that still shows a difference of the same sort."""
        def same(found):
            return found is not None and found[1][1].split(":")[-1].strip() == what.split(":")[-1].strip()

        def fails(candidate, zone, question):
            try:
                return same(self.judge(candidate, zone, [question]))
            except (Refused, KeyError):
                return False

        for simpler in ((question[0], None, *question[2:]), (*question[:2], None, question[3]), (question[0], None, None, 3)):
            if fails(history, zone, simpler):
                question = simpler
        if fails(history, "UTC", question):
            zone = "UTC"
        again = True
        while again:
            again = False
            for candidate, dropped in smaller(history):
                earlier = dropped is not None and question[1] and dropped < question[1]
                asked = (question[0], question[1] - 1, *question[2:]) if earlier else question
                if fails(candidate, zone, asked):
                    history, question, again = candidate, asked, True
                    break
        return history, zone, question


def smaller(history):
    """Histories with one thing less, and the index of the entry that was dropped, if one was."""
    for at in range(len(history) - 1, 0, -1):
        yield history[:at] + history[at + 1:], at
    for at in range(1, len(history)):
        def changed(change):
            candidate = copy.deepcopy(history)
            change(candidate[at])
            return candidate, None
        entry = history[at]
        if entry.get("embargo"):
            yield changed(lambda one: one.pop("embargo"))
        if "T" in entry["source"]["published"]:
            yield changed(lambda one: one["source"].update(published=one["source"]["published"][:10]))
        for number, event in enumerate(entry["events"]):
            if len(entry["events"]) > 1:
                yield changed(lambda one: one["events"].pop(number))
            for field in event:
                if field in ("kind", "uid", "reason", "text", "topics"):
                    continue
                yield changed(lambda one: one["events"][number].pop(field))
                if isinstance(event[field], list) and len(event[field]) > 1:
                    for item in range(len(event[field])):
                        yield changed(lambda one: one["events"][number][field].pop(item))
            for seat, given in enumerate(event.get("participants", [])):
                for field in ("role", "attendance"):
                    if field in given:
                        yield changed(lambda one: one["events"][number]["participants"][seat].pop(field))


def questions(generator, lines, count):
    for _ in range(count):
        r = generator.r
        as_of = r.randint(1, len(lines)) if r.random() < 0.25 else None
        public_by = None
        if r.random() < 0.4:
            public_by = generator.day(-2, 2).isoformat()
            if r.random() < 0.3:
                public_by += f"T{r.choice(['00', '06', '12', '21'])}:00:00Z"
        yield generator.day(-1, 4), as_of, public_by, r.choice([3, 3, 3, 3, 0, 7])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("binary")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100, help="histories")
    parser.add_argument("--days", type=int, default=10, help="questions for each history")
    parser.add_argument("--all", action="store_true", help="do not stop at the first difference")
    given = parser.parse_args()
    compared = refused = differences = 0
    with tempfile.TemporaryDirectory() as scratch:
        judge = Judge(given.binary, scratch)
        for seed in range(given.seed, given.seed + given.count):
            generator = Generator(seed)
            history = generator.history()
            zone = generator.r.choice(["UTC", "UTC", MADRID, YORK])
            asked = list(questions(generator, render(history), given.days))
            try:
                found = judge.judge(history, zone, asked)
            except Refused as refusal:
                refused += 1
                if given.all:
                    print(f"seed {seed} refused: {refusal}", file=sys.stderr)
                continue
            compared += 1
            if not found:
                continue
            differences += 1
            question, difference = found
            history, zone, question = judge.shrink(history, zone, question, difference[1])
            _, (clocks, what, ours, theirs) = judge.judge(history, zone, [question])
            print(f"seed {seed}, log zone {zone}: {' '.join(clocks)}\n{what}\n  the documents: {ours}\n  the program:   {theirs}")
            for line in render(history)[1:]:
                print("  " + json.dumps(line))
            sys.stdout.flush()
            if not given.all:
                break
    print(f"{compared} histories, {judge.asked} questions, {refused} refused, {differences} differences")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
