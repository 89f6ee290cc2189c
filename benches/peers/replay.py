"""DuckDB reading a log with typed columns: `replay.py FOLDER` prints how many entries and events it holds.

Every column is typed and used by an aggregate, so that none is skipped.
"""

import glob
import sys

import duckdb

TEXT, LIST, MAP = "VARCHAR", "VARCHAR[]", "MAP(VARCHAR, VARCHAR)"
SOURCE = {"outlet": TEXT, "title": TEXT, "author": TEXT, "url": TEXT, "published": TEXT, "grade": TEXT}
PARTICIPANT = {"official": TEXT, "party": TEXT, "role": TEXT, "attendance": TEXT}
EVENT = {
    "kind": TEXT, "official": TEXT, "name": TEXT, "aliases": LIST, "title": TEXT, "party": TEXT, "rank": TEXT, "base": TEXT,
    "place": TEXT, "country": TEXT, "lat": "DOUBLE", "lon": "DOUBLE", "zone": TEXT, "within": TEXT, "trip": TEXT, "officials": LIST,
    "from": TEXT, "to": TEXT, "depart": TEXT, "arrive": TEXT, "purpose": TEXT, "of": LIST, "reason": TEXT, "when": TEXT,
    "meeting": TEXT, "level": TEXT, "participants": PARTICIPANT, "place_doubtful": "BOOLEAN", "agenda": TEXT,
    "by": {"party": TEXT, "voice": TEXT}, "outcome": TEXT, "speaker": TEXT, "text": TEXT, "on_behalf_of": TEXT, "about": LIST,
    "topics": LIST, "language": TEXT, "quote": TEXT, "said_by": TEXT, "via": TEXT, "replaces": LIST, "note": TEXT, "said": MAP,
}


def struct(fields, many=False):
    inside = ", ".join(f'"{name}" {struct(kind, True) if isinstance(kind, dict) else kind}' for name, kind in fields.items())
    return f"STRUCT({inside})" + ("[]" if many else "")


def used(path, kind):
    """An aggregate that needs the whole value of a column."""
    if kind == MAP:
        return f"sum(cardinality({path}))"
    if kind in (TEXT, LIST) or isinstance(kind, dict):
        return f"sum(len({path}))"
    return f"sum({path}::DOUBLE)"


def main():
    folder = sys.argv[1]
    columns = {
        "v": "INTEGER", "seq": "BIGINT", "id": "UUID", "recorded": "TIMESTAMPTZ", "logged_by": TEXT, "source": struct(SOURCE),
        "embargo": "TIMESTAMPTZ", "events": struct(EVENT, many=True), "salt": TEXT, "chain": TEXT,
    }
    listed = "{" + ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items()) + "}"
    files = "[" + ", ".join(f"'{name}'" for name in sorted(glob.glob(f"{folder}/*.jsonl"))) + "]"
    entry = ["v", "len(id::VARCHAR)", "epoch(recorded)", "epoch(embargo)", "len(logged_by)", "len(salt)", "len(chain)"]
    entry += [f'len(source."{name}")' for name in SOURCE]
    each = [f"sum({one}) FILTER (n = 1)" for one in entry] + [used(f'e."{name}"', kind) for name, kind in EVENT.items()]
    sql = f"""
SELECT max(seq), count(*), {", ".join(each)}
FROM (SELECT * EXCLUDE events, unnest(events) AS e, generate_subscripts(events, 1) AS n
      FROM read_json({files}, format = 'newline_delimited', columns = {listed}))"""
    base = duckdb.connect()
    print(*base.execute(sql).fetchone()[:2])


if __name__ == "__main__":
    main()
