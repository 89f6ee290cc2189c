#!/usr/bin/env python3
"""Hold daybook's answers, day by day, against a list of stays that was imported into its log.

    python days.py LIST.tsv --official-column official --start start --end end --city city --country country
                   --binary PATH/daybook --log DIR [--public-by T] [--names CELLS.tsv] [--officials MAP.tsv]
                   [--sample N --seed S] [--exactly OTHER.tsv] [--strict] [--venues-near] [--quick | --by-export [N]] [--show N] [--jobs N]

An official-day is an official of the list and a local day from start to end (inclusive) of one of the official's rows. For each, the program is
asked `where --on DAY --json`, about everybody at once, and the answer is held against the rows of that official and day:

  missing   a place that a row gives is not among those answered (presumed ones do not count as answered);
  invented  a place is answered, not presumed, that no row gives.

On the days around each stay (the day before, and up to three after), and on every day that a presence or travel event of the log names for an
official of the list, nothing but presumed places may be answered where the list says nothing.
`--exactly OTHER.tsv` (the list as it stood): the rows of LIST are all that may be answered, and the official-days of OTHER are asked as well; use it
with `--public-by`.

A column named `=Text` is that text in every row; `=` alone is an empty cell. The lists are tab separated, without quoting, with a header.

What a place of the list is: CELLS.tsv (city, country, places; places are `name;ISO2;lat;lon;kind` separated by ` | `) says it for each pair of
cells. A city (any kind but venue, area, country) with coordinates is matched by an answered place at most 40 km away in the same country or of the same name (by its name and country if the log has no coordinates). A
venue or area is matched by its name, that of CELLS.tsv or of the list's cell, in the right country; with `--venues-near`, by nearness too. Without CELLS.tsv, or for a pair that it does not have, the city cell is divided at
commas and " and ", and each part is looked for by its name, in the right country. A row without a city is matched by any place in the country. A
country's own place never stands for a city in it, but for a city of the same name (Singapore); nor is it invented where a row names the country.
Nothing of the program is used but its answers and the `place` and `official` events of the log.

MAP.tsv (cell, id) names the log's official for a cell, where it is neither an id nor a name nor an alias in the log.
Exits with 0 if all is as it should be, 1 if anything differs, 2 if it could not be judged.
"""

import argparse
import collections
import concurrent.futures
import glob
import json
import math
import os
import random
import re
import subprocess
import sys
import time
import unicodedata
from datetime import date, timedelta

NEAR = 40.0  # km
ONE = timedelta(days=1)
# Which ISO 3166 codes a country cell can mean, by its folded name: the lists write states of their time.
COUNTRIES = """
afghanistan AF; albania AL; algeria DZ; angola AO; antarctica AQ; antigua and barbuda AG; argentina AR; armenia AM; australia AU; austria AT;
azerbaijan AZ; bahamas BS; bahrain BH; bangladesh BD; barbados BB; belarus BY; byelorussia BY; belgium BE; belize BZ; benin BJ; bermuda BM; bhutan BT;
bolivia BO; bosnia BA; bosnia herzegovina BA; bosnia and herzegovina BA; botswana BW; brazil BR; brunei BN; brunei darussalam BN; bulgaria BG;
burkina faso BF; burma MM; burma myanmar MM; myanmar MM; burundi BI; cabo verde CV; cambodia KH; cameroon CM; canada CA; cape verde CV;
central african republic CF; ceylon LK; chad TD; chile CL; china CN HK MO TW; china people s republic of CN HK MO; china republic of TW CN;
republic of china TW CN; taiwan TW; colombia CO; comoros KM; congo CG CD; congo democratic republic of CD; democratic republic of the congo zaire CD;
democratic republic of the congo CD; zaire CD; congo republic of CG; republic of the congo CG; cook islands CK; costa rica CR; cote d ivoire CI;
ivory coast CI; croatia HR; cuba CU; cyprus CY; czech republic CZ; czechia CZ; czechoslovakia CZ SK; denmark DK GL FO; denmark greenland GL DK;
greenland GL; djibouti DJ; dominica DM; dominican republic DO; east timor TL; timor leste TL; ecuador EC; egypt EG; el salvador SV;
equatorial guinea GQ; eritrea ER; estonia EE; eswatini SZ; swaziland SZ; ethiopia ET; fiji FJ; finland FI;
france FR MQ GP MF BL GF RE PF NC PM YT; french polynesia PF; gabon GA; gambia GM; the gambia GM; georgia GE; germany DE;
germany federal republic of DE; german democratic republic DE; ghana GH; greece GR; grenada GD; guatemala GT; guinea GN; guinea bissau GW; guyana GY;
haiti HT; holy see VA IT; vatican city VA IT; honduras HN; hong kong HK; hungary HU; iceland IS; india IN; indonesia ID; iran IR; iraq IQ; ireland IE;
israel IL PS; italy IT; jamaica JM; japan JP; jordan JO; kazakhstan KZ; kenya KE; kirghizia KG; kyrgyz republic KG; kyrgyzstan KG; kiribati KI;
korea KR KP; korea north KP; north korea KP; korea republic of KR; korea south KR; south korea KR; kosovo XK; kuwait KW; laos LA; latvia LV;
lebanon LB; lesotho LS; liberia LR; libya LY; liechtenstein LI; lithuania LT; luxembourg LU; macedonia MK; north macedonia MK;
macedonia former yugoslav republic of MK; madagascar MG; malawi MW; malaysia MY; maldives MV; mali ML; malta MT; marshall islands MH; mauritania MR;
mauritius MU; mexico MX; micronesia FM; micronesia federated states of FM; moldova MD; monaco MC; mongolia MN; montenegro ME; morocco MA EH;
mozambique MZ; namibia NA; nauru NR; nepal NP; netherlands NL; netherlands antilles AN CW SX BQ AW; new zealand NZ; nicaragua NI; niger NE; nigeria NG;
norway NO; oman OM; pakistan PK; palau PW; palestinian authority PS IL; palestinian territories PS; palestine PS; west bank PS IL; panama PA;
papua new guinea PG; paraguay PY; peru PE; philippines PH; poland PL; portugal PT; puerto rico PR; qatar QA; romania RO; russia RU; rwanda RW; samoa WS;
western samoa WS; sao tome and principe ST; saudi arabia SA; senegal SN; serbia RS XK; serbia and montenegro RS ME XK; serbia montenegro kosovo XK RS;
seychelles SC; sierra leone SL; singapore SG; slovakia SK; slovak republic SK; slovenia SI; solomon islands SB; somalia SO; south africa ZA;
south sudan SS; southern rhodesia zimbabwe ZW; spain ES; sri lanka LK; st kitts and nevis KN; st lucia LC; saint lucia LC;
st vincent and the grenadines VC; sudan SD; suriname SR; sweden SE; switzerland CH; syria SY; tajikistan TJ; tanzania TZ; thailand TH; togo TG;
tonga TO; trinidad and tobago TT; tunisia TN; turkey TR; turkiye TR; turkmenistan TM; tuvalu TV; u s s r RU UA BY KZ KG UZ TJ TM LV LT EE GE AM AZ MD;
uganda UG; ukraine UA; united arab emirates AE; united kingdom GB BM GI BS HK GM CY MT TT; united kingdom northern ireland GB; united kingdom wales GB;
united kingom wales GB; united states US PR GU VI AS MP; united states of america US; uruguay UY; uzbekistan UZ; vanuatu VU; venezuela VE; vietnam VN; viet nam VN;
yemen YE; yugoslavia RS HR SI BA ME MK XK; yugoslavia kosovo XK RS; zambia ZM; zimbabwe ZW
"""
LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ʻ": "", "ʼ": "", "’": " ", "‘": " "})


def fold(text):
    """Lower case without accents and signs; words one blank apart."""
    text = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS)).translate(LETTERS)
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w]+", " ", text).split())


CODES = {}
for line in " ".join(COUNTRIES.split()).split(";"):
    words = line.split()
    cut = next(at for at, word in enumerate(words) if word.isupper())
    CODES[" ".join(words[:cut])] = frozenset(words[cut:])


def kilometres(one, other):
    """Great-circle distance of two (lat, lon) in degrees."""
    (a, b), (c, d) = ((math.radians(number) for number in pair) for pair in (one, other))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))


class Wanted:
    """A place that the list gives: `kind` city, bears (a name is all we have), or country."""

    def __init__(self, kind, name, countries, at=None, cell="", also=()):
        self.kind, self.name, self.countries, self.at, self.cell = kind, name, frozenset(countries), at, cell
        self.names = {fold(one) for one in [name, *also]}
        self.key = (kind, fold(name), self.countries, at)

    def __repr__(self):
        return f"{self.name} ({'/'.join(sorted(self.countries)) or '??'}{', anywhere in it' if self.kind == 'country' else ''})"


class Given:
    """A place of the log, as its `place` events say."""

    def __init__(self, place):
        self.place, self.name, self.names, self.country, self.at, self.within = place, place, {fold(place.replace("-", " "))}, None, None, None

    def amend(self, event):
        if event.get("name"):
            self.name = event["name"]
        self.names |= {fold(name) for name in [self.name, *event.get("aliases", [])]}
        self.country = event.get("country", self.country)
        self.within = event.get("within", self.within)
        if "lat" in event and "lon" in event:
            self.at = (event["lat"], event["lon"])


def days_of(when):
    """The days that a time of the log names: each of a closed interval (of at most 400 days), else those written."""
    found = [date.fromisoformat(text) for text in re.findall(r"\d{4}-\d\d-\d\d", when or "")]
    if len(found) == 2 and found[0] <= found[1] and (found[1] - found[0]).days <= 400:
        return [found[0] + n * ONE for n in range((found[1] - found[0]).days + 1)]
    return found


class Log:
    """What the log says of its places and officials."""

    def __init__(self, folder):
        self.places, self.officials, self.told = {}, collections.defaultdict(set), set()
        segments = sorted(glob.glob(os.path.join(folder, "*.jsonl")))
        if not segments:
            print(f"no log in {folder}", file=sys.stderr)
            sys.exit(2)
        for segment in segments:
            with open(segment, encoding="utf-8") as file:
                for line in file:
                    for event in json.loads(line).get("events", []):
                        if event["kind"] == "place":
                            self.places.setdefault(event["place"], Given(event["place"])).amend(event)
                        for official in event.get("officials", []) if event["kind"] in ("presence", "travel") else []:
                            self.told |= {(official, day) for field in ("when", "depart", "arrive") for day in days_of(event.get(field))}
                        if event["kind"] == "official":
                            for name in [event["official"], event.get("name", ""), *event.get("aliases", [])]:
                                self.officials[fold(name)].add(event["official"])
        self.ids = {one for those in self.officials.values() for one in those}

    def chain(self, place):
        """The place and all that it lies within."""
        seen = []
        while place in self.places and place not in [one.place for one in seen]:
            seen.append(self.places[place])
            place = seen[-1].within
        return seen

    def country(self, place, said):
        return said or next((one.country for one in self.chain(place) if one.country), None)

    def is_country(self, place):
        """A country's own place: it lies in nothing, and bears a country's name."""
        one = self.places.get(place)
        return bool(one and one.within is None and any(one.country in CODES.get(name, ()) for name in one.names))

    def official(self, cell):
        if cell in self.ids:
            return cell
        found = self.officials.get(fold(cell), set())
        return next(iter(found)) if len(found) == 1 else None


def matches(log, wanted, presence, near_venues=False, near=NEAR):
    """Whether a place of the answer is the place that the list gives."""
    place = presence["place"]
    given = log.places.get(place) or Given(place)
    country, names = log.country(place, presence.get("country")), given.names | {fold(presence["name"])}
    known = not wanted.countries or country in wanted.countries
    if wanted.kind == "country":
        return country in wanted.countries if wanted.countries else any(wanted.names & one.names for one in log.chain(place))
    closed = lambda those: {name.removeprefix("the ").replace(" ", "") for name in those}
    same = bool(closed(wanted.names) & closed(names))
    if log.is_country(place) and not same:
        return False
    if wanted.kind == "city" and given.at:
        return kilometres(wanted.at, given.at) <= near and (known or country is None or same)
    if wanted.kind == "bears":
        same = same or any(contains(one, other) or contains(other, one) for one in names for other in wanted.names)
        beside = near_venues and wanted.at and given.at and kilometres(wanted.at, given.at) <= near
        return known and (same or bool(beside))
    return known and same


def contains(long, short):
    """Whether the words of one name stand together in the other."""
    return len(short) > 3 and f" {short} " in f" {long} "


def names_country(log, rows, presence):
    """Whether the answered place is just the country that one of the rows names."""
    country = log.country(presence["place"], presence.get("country"))
    return log.is_country(presence["place"]) and any(country in row.codes for row in rows)


class Row:
    def __init__(self, number, cells, columns, cells_file):
        take = lambda column: column[1:] if column.startswith("=") else cells[column].strip()
        self.number, self.id = number, cells.get("id", "")
        self.official, self.city, self.country = take(columns.official_column), take(columns.city), take(columns.country)
        self.first, self.last = (date.fromisoformat(take(column)) for column in (columns.start, columns.end))
        self.codes = CODES.get(fold(self.country), frozenset())
        self.by_name = False
        self.wanted = list(self.places(cells_file))

    def places(self, cells_file):
        known = cells_file.get((self.city, self.country)) or cells_file.get((fold(self.city), fold(self.country)))
        if known:
            words, whole = parts(self.city), parts(self.city, bare=False)
            for n, (name, code, at, kind) in enumerate(known):
                codes = {code} if code else self.codes
                self.codes |= codes
                also = [words[n], whole[n]] if len(words) == len(whole) == len(known) else words + whole
                if kind == "country":
                    yield Wanted("country", name, codes, None, self.city)
                elif kind in ("venue", "area") or at is None:
                    yield Wanted("bears", name, codes, at, self.city, also)
                else:
                    yield Wanted("city", name, codes, at, self.city, also)
        elif self.city:
            self.by_name = True
            for part in parts(self.city):
                yield Wanted("name", part, self.codes, None, self.city, [one for one in parts(self.city, bare=False) if part in one])
        else:
            yield Wanted("country", self.country, self.codes)

    def days(self):
        day = self.first
        while day <= self.last:
            yield day
            day += ONE


def parts(city, bare=True):
    """The places of a cell: divided at commas, semicolons and "and" that stand outside parentheses; what is in parentheses is left out, if
    bare."""
    found = [" ".join(part.split()) for part in re.split(r"(?:[,;/]|\band\b)(?![^()]*\))", city)]
    found = [" ".join(re.sub(r"\([^)]*\)", " ", part).split()) if bare else part for part in found]
    return [part for part in found if part] or [city]


def table(path):
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"))) for line in lines[1:] if line]


def cells_of(path):
    found = {}
    for row in table(path):
        places = []
        for one in filter(None, (part.strip() for part in row["places"].split("|"))):
            name, code, lat, lon, kind = (field.strip() for field in one.rsplit(";", 4))
            places.append((name, code, (float(lat), float(lon)) if lat and lon else None, kind))
        if places:
            found[row["city"], row["country"]] = places
            found.setdefault((fold(row["city"]), fold(row["country"])), places)
    return found


def stays(path, options, cells_file):
    rows, odd = [], 0
    for number, cells in enumerate(table(path), start=2):
        try:
            row = Row(number, cells, options, cells_file)
        except ValueError:
            odd += 1
            continue
        if row.first > row.last:
            odd += 1
        else:
            rows.append(row)
    return rows, odd


def by_day(rows, identify):
    """{(official, day): rows}, and the days around each stay."""
    days, around = collections.defaultdict(list), set()
    for row in rows:
        official = identify(row.official)
        for day in row.days():
            days[official, day].append(row)
        around |= {(official, row.first - ONE), *((official, row.last + n * ONE) for n in (1, 2, 3))}
    return days, around


def run(options, *words):
    """The answer of the program to one question, asked with the bound if there is one."""
    words = [options.binary, "--log", options.log, *words]
    if options.public_by:
        words += ["--public-by", options.public_by]
    done = subprocess.run(words, capture_output=True, text=True, env={**os.environ, "DAYBOOK_LOG": options.log})
    if done.returncode != 0:
        print(f"{' '.join(words)}\nexit {done.returncode}: {done.stderr.strip()}", file=sys.stderr)
        os._exit(2)
    answer = json.loads(done.stdout)
    clocks = answer["clocks"]
    if bool(clocks["public_by"]) != bool(options.public_by) or clocks["as_of"]:
        print(f"asked as public by {options.public_by}, answered for {clocks}", file=sys.stderr)
        os._exit(2)
    return answer


def exported(options):
    """{day: {official: presences}} from the stops of one `export json`."""
    found = collections.defaultdict(lambda: collections.defaultdict(list))
    for row in run(options, "export", "json")["rows"]:
        if row["kind"] == "stop" and row["from"]:
            presence = {"place": row["place"], "name": row["place_name"], "country": row["country"], "standing": row["standing"], "evidence": row["evidence"]}
            day, last = date.fromisoformat(row["from"]), date.fromisoformat(row["to"] or row["from"])
            while day <= last:
                for official in row["officials"]:
                    found[day][official].append(presence)
                day += ONE
    return found


def ask(options, day):
    """The presences of everybody on a day, by official."""
    answer = run(options, "where", "--on", day.isoformat(), "--json")
    if answer["clocks"]["on"] != day.isoformat():
        print(f"asked about {day}, answered for {answer['clocks']}", file=sys.stderr)
        os._exit(2)
    return {one["official"]: one["presences"] for one in answer.get("answers", [answer])}


class Verdict:
    def __init__(self, show, near_venues):
        self.counts, self.standings, self.lines, self.shared = collections.Counter(), collections.Counter(), [], collections.Counter()
        self.show, self.near_venues, self.unplaced = show, near_venues, collections.Counter()

    def differ(self, kind, official, day, what, rows, presences):
        self.counts[kind] += 1
        if len(self.lines) < self.show:
            said = "; ".join(f"{one['name']} ({one['country']}, {one['standing']})" for one in presences) or "nothing"
            where = "; ".join(f"line {row.number}{' id ' + row.id if row.id else ''}: {row.first}/{row.last} {row.city or '-'}, {row.country}" for row in rows)
            self.lines.append(f"{kind:9} {official} {day}: {what}\n          list: {where or 'nothing'}\n          said: {said}")

    def day(self, log, official, day, rows, presences):
        """Holds one answer against the rows of that official and day."""
        firm = [one for one in presences if one["standing"] != "presumed"]
        wanted = list({one.key: one for row in rows for one in row.wanted}.values())
        fits = {id(one): [n for n, presence in enumerate(firm) if matches(log, one, presence, self.near_venues)] for one in wanted}
        self.standings.update(one["standing"] for one in presences)
        self.counts["presences"] += len(presences)
        for one in wanted:
            self.counts["places"] += 1
            self.counts[f"places {one.kind}"] += 1
            if not fits[id(one)]:
                self.differ("missing", official, day, f"{one}{nearest(log, one, firm)}", rows, presences)
        for n, presence in enumerate(firm):
            if not any(n in fits[id(one)] for one in wanted) and not names_country(log, rows, presence):
                self.differ("invented", official, day, f"{presence['name']} ({presence['country']}) {' '.join(presence['evidence'])}", rows, presences)
        for one in wanted:
            if fits[id(one)] and one.kind == "city" and not any(firm[n]["place"] in log.places and log.places[firm[n]["place"]].at for n in fits[id(one)]):
                self.counts["unplaced"] += 1
                self.unplaced[repr(one)] += 1
        alone = [one for one in wanted if one.kind != "country" and fits[id(one)]]
        for left in unpaired(alone, fits):
            self.counts["shared"] += 1
            self.shared[f"{left.name} of «{left.cell}», by {', '.join(sorted({firm[n]['name'] for n in fits[id(left)]}))}"] += 1


def nearest(log, wanted, presences):
    """How far the nearest of the answered places is, for the message."""
    known = [(kilometres(wanted.at, log.places[one["place"]].at), one["name"]) for one in presences
             if wanted.at and one["place"] in log.places and log.places[one["place"]].at]
    return " [{1} is {0:.0f} km off]".format(*min(known)) if known else ""


def unpaired(wanted, fits):
    """Those for which no answered place of their own is left (bipartite matching): two places of the list were answered with one."""
    taken = {}

    def place(one, seen):
        for n in fits[id(one)]:
            if n not in seen:
                seen.add(n)
                if n not in taken or place(taken[n], seen):
                    taken[n] = one
                    return True
        return False

    return [one for one in wanted if not place(one, set())]


def options_of(words):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("list")
    for name, default in (("official-column", "official"), ("start", "start"), ("end", "end"), ("city", "city"), ("country", "country")):
        parser.add_argument(f"--{name}", default=default)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--log", required=True)
    parser.add_argument("--public-by")
    parser.add_argument("--names")
    parser.add_argument("--officials")
    parser.add_argument("--exactly", metavar="OTHER.tsv")
    parser.add_argument("--sample", type=int)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--strict", action="store_true", help="two places of the list that were answered with one are a difference")
    parser.add_argument("--venues-near", action="store_true", help="a venue or area is matched by any place of its country within 40 km too")
    parser.add_argument("--quick", action="store_true", help="of the days on which the list has nobody at all, ask only 300, by --seed")
    parser.add_argument("--by-export", type=int, nargs="?", const=300, metavar="N",
                        help="take the stops of all days from one `export json`, and ask `where` on N days only (300), by --seed")
    parser.add_argument("--show", type=int, default=50, metavar="N", help="how many differences are printed")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    return parser.parse_args(words)


def main(words):
    began, options = time.time(), options_of(words)
    log = Log(options.log)
    cells_file = cells_of(options.names) if options.names else {}
    by_hand = {row["cell"]: row["id"] for row in table(options.officials)} if options.officials else {}
    unknown = set()

    def identify(cell):
        found = by_hand.get(cell) or log.official(cell)
        if found is None:
            unknown.add(cell)
        return found or cell

    rows, odd = stays(options.list, options, cells_file)
    days, around = by_day(rows, identify)
    asked, listed = set(days) | around, {official for official, _ in days}
    if options.exactly:
        others, _ = stays(options.exactly, options, cells_file)
        more, beside = by_day(others, identify)
        asked |= set(more) | beside
        listed |= {official for official, _ in more}
    asked |= {one for one in log.told if one[0] in listed}
    if options.sample is not None and options.sample < len(asked):
        asked = set(random.Random(options.seed).sample(sorted(asked), options.sample))
    stops = {}
    if options.by_export is not None:
        stops = exported(options)
        asked |= {(official, day) for day, those in stops.items() for official in those if official in listed}
    if options.quick:
        needed = {day for _, day in days} | {day for official, day in log.told if official in listed}
        idle = sorted({day for _, day in asked} - needed)
        kept = needed | set(random.Random(options.seed).sample(idle, min(300, len(idle))))
        asked = {one for one in asked if one[1] in kept}
    per_day = collections.defaultdict(set)
    for official, day in asked:
        per_day[day].add(official)
    verdict, ordered = Verdict(options.show, options.venues_near), sorted(per_day)
    through_where = set(ordered)
    if options.by_export is not None:
        through_where = set(random.Random(options.seed).sample(ordered, min(options.by_export, len(ordered))))
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for day, answer in zip(ordered, pool.map(lambda day: ask(options, day) if day in through_where else stops.get(day, {}), ordered)):
            verdict.counts["people beyond the list"] += sum(bool(those) for one, those in answer.items() if one not in per_day[day]
                                                            and (one, day) not in days and any(p["standing"] != "presumed" for p in those))
            for official in sorted(per_day[day]):
                verdict.counts["official-days" if (official, day) in days else "empty days"] += 1
                verdict.day(log, official, day, days.get((official, day), []), answer.get(official, []))
    counts = verdict.counts
    print(f"{len(rows)} rows, {odd} with no or reversed days, {len({row.official for row in rows})} officials; "
          f"{sum(row.by_name for row in rows)} rows judged by names alone")
    if unknown:
        print(f"{len(unknown)} officials that the log does not know: {', '.join(sorted(unknown)[:10])}")
    print(f"{len(ordered)} days judged, {len(through_where)} of them asked with where{', the others from export json' if options.by_export is not None else ''}{' as public by ' + options.public_by if options.public_by else ''}, {time.time() - began:.1f} s")
    print(f"official-days {counts['official-days']}, days without a row {counts['empty days']}, places {counts['places']} "
          f"(by coordinates {counts['places city']}, venues and areas {counts['places bears']}, by name {counts['places name']}, countries "
          f"{counts['places country']})")
    print(f"answered {counts['presences']} presences: {dict(verdict.standings)}; officials elsewhere that day whom the list does not name then: {counts['people beyond the list']}")
    print(f"missing {counts['missing']}, invented {counts['invented']}, two places answered with one {counts['shared']}, "
          f"cities held by their names only, for the log has no coordinates of them {counts['unplaced']} ({len(verdict.unplaced)} cities)")
    for what, times in verdict.shared.most_common(20):
        print(f"  one for two, {times} days: {what}")
    for line in verdict.lines:
        print(line)
    wrong = counts["missing"] + counts["invented"] + (counts["shared"] if options.strict else 0)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
