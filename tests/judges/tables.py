#!/usr/bin/env python3
"""Hold an exported table against the answers to questions.

    python tables.py DAYBOOK LOG ON

Runs `DAYBOOK --log LOG export csv` and `export json` and compares them with `itinerary OFFICIAL` of everybody and with
`summits --all`, all of them asked about the day ON. Judges: this interpreter's csv and json modules; sqlite3 and jq, where they are.
Prints one line for each judge and one for each difference; exits with 1 if there is any, with 2 on wrong usage.
"""

import csv
import io
import json
import shutil
import subprocess
import sys
import tempfile

from plain import one_line

FORMULA = tuple("=+-@\t\r＝＋－＠")


def cell(value):
    """What a value of an answer must be in a table. Numbers stay numbers; a text must not begin a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        value = "; ".join(one if isinstance(one, str) else named(one) for one in value)
    line = one_line(value)
    return f"'{line}" if line.startswith(FORMULA) else line


def named(one):
    """A participant or a party that spoke, in words."""
    if "voice" in one:
        return one["party"] + (f" ({one['voice']})" if one["voice"] else "")
    side = f" ({one['party']})" if one["official"] and one["party"] else ""
    return f"{one['name']}{side}, {one['role']}, {one['attendance']}"


def answered(run):
    """The cells that the answers to questions ask for, by what a row is about."""
    expected = {}
    for meeting in run("summits", "--all")["meetings"]:
        coming = [one for one in meeting["participants"] if one["official"] and one["attendance"] != "declined"]
        expected["meeting", meeting["meeting"]] = {
            "title": meeting["title"], "level": meeting["level"], "status": meeting["status"], "when": meeting["when"],
            "eventoccurstatus": meeting["eventoccurstatus"], "place": meeting["place"], "place_name": meeting["place_name"],
            "place_doubtful": meeting["place_doubtful"], "participants": meeting["participants"],
            "officials": [one["official"] for one in coming], "names": [one["name"] for one in coming],
            "confirmed_by": meeting["confirmed_by"], "silent": meeting["silent"],
            "declined_by": meeting["declined_by"], "slips": meeting["slips"], "days_to_go": meeting["days_to_go"],
            "trips": [meeting["trip"]] if meeting["trip"] else [], "evidence": meeting["evidence"], "standing": None,
        }
    for official in [one["official"] for one in run("where")["answers"]]:
        itinerary = run("itinerary", official)
        for number, stop in enumerate(itinerary["stops"]):
            trips = [trip["trip"] for trip in itinerary["trips"] if trip["trip"] and number in trip["stops"]]
            expected["stop", official, stop["place"], stop["from"], stop["to"]] = {
                "names": [itinerary["name"]], "standing": stop["standing"], "meetings": stop["meetings"], "country": stop["country"],
                "place_name": stop["name"], "zone": stop["zone"], "conflict": stop["conflict"], "evidence": stop["evidence"],
                "status": None, "slips": None, "trips": trips,
            }
        for leg in itinerary["legs"]:
            expected["leg", official, leg["to"], *leg["evidence"]] = {
                "names": [itinerary["name"]], "standing": leg["standing"], "depart": leg["depart"], "arrive": leg["arrive"],
                "from_place": leg["from"], "km": leg["km"], "status": None, "conflict": False,
            }
    return expected


def key(row, many):
    """What a row is about, in the terms of the questions; `many` reads a cell of several values."""
    if row["kind"] == "meeting":
        return "meeting", *many(row["meetings"])
    if row["kind"] == "stop":
        return "stop", *many(row["officials"]), row["place"], row["from"], row["to"]
    return "leg", *many(row["officials"]), row["place"], *many(row["evidence"])


def differences(expected, found):
    for about in expected.keys() - found.keys():
        yield f"{about}: missing"
    for about in found.keys() - expected.keys():
        yield f"{about}: nobody asked for it"
    for about in expected.keys() & found.keys():
        for column, value in expected[about].items():
            if found[about][column] != value:
                yield f"{about}: {column} is {found[about][column]!r}, not {value!r}"


def by_csv(table):
    return list(csv.DictReader(io.StringIO(table, newline=""), strict=True))


def by_sqlite(table):
    with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="", encoding="utf-8") as file:
        file.write(table)
        file.flush()
        script = f".mode csv\n.import {file.name} rows\n.mode json\nselect * from rows;\n"
        said = subprocess.run(["sqlite3", ":memory:"], input=script, capture_output=True, text=True, check=True)
    if said.stderr:
        raise ValueError(said.stderr)
    return json.loads(said.stdout or "[]")


def by_jq(document):
    said = subprocess.run(["jq", "-c", ".rows[]"], input=document, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in said.stdout.split("\n") if line]


def main(arguments):
    if len(arguments) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    daybook, log, on = arguments

    def ask(*words):
        said = subprocess.run([daybook, "--log", log, *words, "--on", on], capture_output=True, check=True)
        return said.stdout.decode("utf-8")

    expected = answered(lambda *words: json.loads(ask(*words, "--json")))
    cells = {about: {column: cell(value) for column, value in row.items()} for about, row in expected.items()}
    table, document = ask("export", "csv"), ask("export", "json")
    lists = lambda value: value.split("; ") if value else []
    judges = [
        ("csv", True, lambda: (by_csv(table), cells, lists)),
        ("json", True, lambda: (json.loads(document)["rows"], expected, list)),
        ("sqlite3", shutil.which("sqlite3"), lambda: (by_sqlite(table), cells, lists)),
        ("jq", shutil.which("jq"), lambda: (by_jq(document), expected, list)),
    ]
    wrong = 0
    for row, typed in zip(by_csv(table), json.loads(document)["rows"], strict=True):
        other = [f"{column} is {row[column]!r}, not {cell(typed[column])!r}" for column in typed if row[column] != cell(typed[column])]
        print("".join(f"{typed['uid']}: {line}\n" for line in other), end="")
        wrong += len(other) + (list(row) != list(typed))
    for name, there, judge in judges:
        if not there:
            print(f"{name}: not installed")
            continue
        try:
            rows, wanted, many = judge()
            found = {key(row, many): row for row in rows}
            said = list(differences(wanted, found))
            if len(found) != len(rows) or len({row["uid"] for row in rows}) != len(rows):
                said.append("a row comes twice")
        except Exception as error:  # Whatever a judge trips over is an objection.
            said = [f"{type(error).__name__}: {error}"]
        print(f"{name}: {'ok' if not said else 'objects'}, {len(expected)} rows")
        print("".join(f"  {line}\n" for line in said), end="")
        wrong += len(said)
    lines = table.split("\r\n")
    if lines[-1] or len(lines) != len(expected) + 2 or any(c in table.replace("\r\n", "") for c in "\r\n"):
        print("the lines of the table are not its rows")
        wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
