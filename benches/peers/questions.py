"""The questions: in daybook's words, in SQL, and what of the two answers has to be the same."""

import random
import sqlite3
from typing import Callable, NamedTuple

from load import number, shown


class Question(NamedTuple):
    """One question to both sides, and how the facts are read from each answer."""

    words: list
    sql: str
    ours: Callable
    theirs: Callable
    sure: bool = True


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


def direct(rows):
    """What reports place there; what is only carried from the day before is derived by no table."""
    return [row for row in rows if row["basis"] != "carried"]


def kept(tag, *columns):
    """The given columns of the rows that begin with a tag."""
    def read(rows):
        return sorted(tuple(row[column] for column in columns) for row in rows if row[0] == tag)
    return read


def extent(row):
    return row["from"], row["to"]


def where(official, day, longest, sure):
    o, d = quoted(official), number(day)
    sql = f"""
SELECT 'at', s.place, p.name, p.zone, date(s.first * 86400, 'unixepoch'), date(s.last * 86400, 'unixepoch'), s.standing, s.refs, s.outlet
FROM stops s LEFT JOIN places p USING (place) WHERE official = {o} AND last BETWEEN {d} AND {d + longest} AND first <= {d}
UNION ALL SELECT * FROM (SELECT 'before', s.place, p.name, p.zone, s.first, date(s.last * 86400, 'unixepoch'), s.standing, s.refs, s.outlet
FROM stops s LEFT JOIN places p USING (place) WHERE official = {o} AND last < {d} ORDER BY last DESC LIMIT 1)
UNION ALL SELECT * FROM (SELECT 'next', origin, place, '', date(depart * 86400, 'unixepoch'), date(arrive * 86400, 'unixepoch'), '', ref, ''
FROM legs WHERE official = {o} AND depart > {d} ORDER BY depart LIMIT 1)
UNION ALL SELECT * FROM (SELECT 'meets', m.meeting, m.title, m.place, m.time, a.role, a.attendance, m.closed, ''
FROM participants a JOIN meetings m USING (meeting) WHERE a.official = {o} AND a.first > {d} AND m.closed = 0 ORDER BY a.first LIMIT 1)
UNION ALL SELECT 'who', name, title, party, '', '', '', '', '' FROM officials WHERE official = {o};"""
    return Question(["where", official, "--on", day], sql,
        lambda answer: sorted((row["place"], *extent(row)) for row in direct(answer["presences"])),
        kept("at", 1, 4, 5), sure)


def itinerary(official, first, last, longest, sure):
    o, a, z = quoted(official), number(first), number(last)
    sql = f"""
SELECT 'stop', s.place, p.name, p.zone, date(s.first * 86400, 'unixepoch'), date(s.last * 86400, 'unixepoch'), s.standing, s.refs, s.outlet
FROM stops s LEFT JOIN places p USING (place) WHERE official = {o} AND last BETWEEN {a} AND {z + longest} AND first <= {z}
UNION ALL SELECT 'leg', origin, place, '', date(depart * 86400, 'unixepoch'), date(arrive * 86400, 'unixepoch'), '', ref, ''
FROM legs WHERE official = {o} AND depart BETWEEN {a} AND {z}
UNION ALL SELECT 'meets', m.meeting, m.title, m.place, m.time, a.role, a.attendance, m.closed, ''
FROM participants a JOIN meetings m USING (meeting) WHERE a.official = {o} AND a.first BETWEEN {a} AND {z}
UNION ALL SELECT 'who', name, title, party, '', '', '', '', '' FROM officials WHERE official = {o};"""
    return Question(["itinerary", official, "--from", first, "--to", last], sql,
        lambda answer: sorted((row["place"], *extent(row)) for row in direct(answer["stops"])),
        kept("stop", 1, 4, 5), sure)


def meeting(name):
    m = quoted(name)
    sql = f"""
SELECT 'meeting', meeting, title, level, place, time, closed, agenda, reported FROM meetings WHERE meeting = {m}
UNION ALL SELECT 'with', a.official, o.name, o.party, a.role, a.attendance, '', '', ''
FROM participants a LEFT JOIN officials o USING (official) WHERE meeting = {m}
UNION ALL SELECT 'voice', party, voice, yes, '', '', '', '', '' FROM voices WHERE meeting = {m}
UNION ALL SELECT 'told', ref, kind, outlet, title, published, quote, time, counts FROM history WHERE meeting = {m};"""
    return Question(["meeting", name], sql,
        lambda answer: ([(answer["title"] or "", answer["level"], answer["place"] or "", answer["when"] or "")],
            sorted((one["official"] or "", one["role"], one["attendance"]) for one in answer["participants"]),
            sorted((row["event"], str(int(row["counts"]))) for row in answer["history"])),
        lambda rows: (kept("meeting", 2, 3, 4, 5)(rows), kept("with", 1, 4, 5)(rows), kept("told", 1, 8)(rows)))


def summits(day):
    sql = f"""
SELECT m.meeting, m.title, m.level, m.place, p.name, m.time, m.reported,
(SELECT group_concat(a.official || ' ' || o.name || ' ' || a.role || ' ' || a.attendance, ';')
 FROM participants a LEFT JOIN officials o USING (official) WHERE a.meeting = m.meeting),
(SELECT group_concat(party || ' ' || yes || ' ' || ifnull(voice, ''), ';') FROM voices v WHERE v.meeting = m.meeting)
FROM meetings m LEFT JOIN places p USING (place) WHERE closed = 0 AND (last >= {number(day)} OR last IS NULL) ORDER BY undated, m.first;"""
    return Question(["summits", "--on", day], sql,
        lambda answer: sorted((row["meeting"], row["place"] or "", row["when"] or "") for row in answer["meetings"] if row["status"] != "lapsed"),
        lambda rows: sorted((row[0], row[3], row[5]) for row in rows))


def who(place, day, longest):
    d = number(day)
    sql = f"""
SELECT 'here', s.official, o.name, o.party, date(s.first * 86400, 'unixepoch'), date(s.last * 86400, 'unixepoch'), s.standing, s.refs, s.outlet
FROM stops s LEFT JOIN officials o USING (official) WHERE place = {quoted(place)} AND last BETWEEN {d} AND {d + longest} AND first <= {d};"""
    return Question(["who", place, "--on", day], sql,
        lambda answer: sorted((row["official"], *extent(row)) for row in direct(answer["people"]) + direct(answer["uncertain"])
            if row["place"] == place),
        kept("here", 1, 4, 5))


def statements(official):
    sql = f"SELECT ref, text, about, topics, time, published, outlet FROM statements WHERE speaker = {quoted(official)} ORDER BY place;"
    return Question(["statements", "--by", official], sql,
        lambda answer: sorted(row["evidence"][0] for row in answer["statements"]), lambda rows: sorted(row[0] for row in rows))


class Draw:
    """Questions drawn from a world by a seed, spread over its officials, days, places and meetings."""

    def __init__(self, database, seed, many):
        base = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        dice, self.many = random.Random(seed), many
        officials = [row[0] for row in base.execute("SELECT official FROM officials ORDER BY official")]
        places = [row[0] for row in base.execute("SELECT DISTINCT place FROM stops ORDER BY place")]
        meetings = [row[0] for row in base.execute("SELECT meeting FROM meetings ORDER BY meeting")]
        self.longest = base.execute("SELECT value FROM facts WHERE name = 'longest stop'").fetchone()[0]
        end = number(base.execute("SELECT value FROM facts WHERE name = 'recorded'").fetchone()[0][:10])
        first = number("2005-01-01")
        day = lambda: shown(dice.randint(first, end))
        self.officials = [(dice.choice(officials), day()) for _ in range(many)]
        absent = base.execute("SELECT official, first, last FROM absent").fetchall()
        self.absent = {}
        for official, begin, last in absent:
            self.absent.setdefault(official, []).append((begin, last))
        self.places = [(dice.choice(places), day()) for _ in range(many)]
        self.meetings = dice.sample(meetings, min(many, len(meetings)))
        self.recent = [shown(dice.randint(max(first, end - 60), end)) for _ in range(many)]
        base.close()

    def sure(self, official, first, last):
        """Nobody was said to be absent about then: what that takes away is for rules that the tables do not know."""
        return all(last < begin - 7 or first > end + 7 for begin, end in self.absent.get(official, []))

    def month(self, official, day):
        first = day[:8] + "01"
        last = shown(number(shown(number(first) + 31)[:8] + "01") - 1)
        return itinerary(official, first, last, self.longest, self.sure(official, number(first), number(last)))

    def questions(self):
        return {
            "where": [where(o, d, self.longest, self.sure(o, number(d), number(d))) for o, d in self.officials],
            "itinerary": [self.month(o, d) for o, d in self.officials],
            "meeting": [meeting(m) for m in self.meetings],
            "summits": [summits(d) for d in self.recent],
            "who": [who(p, d, self.longest) for p, d in self.places],
            "statements": [statements(o) for o, _ in self.officials],
        }
