"""Questions, as whole processes: daybook with its index against SQLite with its own, the page cache warm and evicted."""

import json
import os

from children import Failed, forget, in_turns, must
from load import number, shown
from table import Memory, Row
from table import clocked as timed

QUERY_MB = 100
GOALS = ("where", "itinerary", "meeting", "summits")


def agree(world, tools, questions):
    """Both sides answer every question, and the answers are the same; or it fails. How many were compared."""
    compared, different = 0, []
    for name, asked in questions.items():
        for question in asked:
            here, there = world.scratch / "ours.json", world.scratch / "theirs.txt"
            must([tools.daybook, "--log", world.log, *question.words, "--json"], here)
            must([tools.sqlite3, "-readonly", world.database, question.sql], there)
            must([tools.small_sqlite, "query", world.database, question.sql], world.scratch / "small.txt")
            with open(there) as file, open(world.scratch / "small.txt") as small:
                text = file.read()
                if text != small.read():
                    raise Failed(f"the two programs of SQLite differ: {question.sql}")
            with open(here) as file:
                ours = question.ours(json.load(file))
            theirs = question.theirs([row.split("|") for row in text.splitlines()])
            if not question.sure:
                continue
            compared += 1
            if ours != theirs:
                different.append(f"{' '.join(question.words)}\n  daybook: {ours}\n  the peer: {theirs}")
    if different:
        raise Failed(f"{len(different)} of {compared} answers differ:\n" + "\n".join(different[:5]))
    return compared


def ours(tools, world, words, most):
    """A side: the question of the round."""
    def ask(number):
        ran = must([tools.daybook, "--log", world.log, *words[number % len(words)]])
        most[0] = max(most[0], ran.mb)
        return ran
    return ask


def warm(world, tools, questions, rounds):
    rows = []
    for name, asked in questions.items():
        most = [0.0]
        words = [question.words for question in asked]
        sides = [
            ours(tools, world, words, most),
            lambda n: must([tools.sqlite3, "-readonly", world.database, asked[n % len(asked)].sql]),
        ]
        clocks = clocked(name, words)
        for _, changed in clocks:
            sides.append(ours(tools, world, changed, most))
        # Unmeasured: each question is asked once before.
        in_turns(sides, rounds)
        most[0] = 0.0
        runs = in_turns(sides, rounds)
        goal = 1.0 if name in GOALS else None
        rows.append(timed(world.entries, f"`{name}`, warm", runs[0], runs[1], "sqlite3", goal, mb=most[0]))
        for (clock, _), times in zip(clocks, runs[2:]):
            rows.append(timed(world.entries, f"`{name} {clock}`, warm", times, runs[0], "without", 2.0 if goal else None))
        rows.append(Memory(world.entries, f"`{name}`, with and without clocks", most[0], QUERY_MB))
    return rows


def clocked(name, words):
    """The same questions as of an earlier state of the log, and of what was public."""
    def at(one):
        if name in ("where", "who", "summits"):
            return shown(number(one[one.index("--on") + 1]))
        return one[one.index("--to") + 1] if name == "itinerary" else None
    if name not in ("where", "itinerary", "summits"):
        return []
    return [(clock, [[*one, clock, at(one)] for one in words]) for clock in ("--as-of", "--public-by")]


def explained(world, tools, rounds, draw):
    """Entries by number: no peer, for information."""
    most = [0.0]
    runs = in_turns([ours(tools, world, [["explain", str(seq)] for seq in draw], most)], rounds)
    return [timed(world.entries, "`explain N`, warm", runs[0], None, "", None, mb=most[0])]


def cold(world, tools, questions, rounds):
    """The page cache evicted before every run: the log, its index and the database; programs stay where they are."""
    files = [os.path.join(folder, name) for folder, _, names in os.walk(world.log) for name in names] + [str(world.database)]
    left = forget(files)
    if left > 1:
        return [Row(world.entries, "page cache evicted: this system keeps files cached", [], None, f"{left:.0f} MB stayed", None)]
    rows = []
    for name in GOALS:
        asked = questions[name]

        def after_forgetting(words):
            drop(files)
            return must(words)

        sides = [
            lambda n: after_forgetting([tools.daybook, "--log", world.log, *asked[n % len(asked)].words]),
            lambda n: after_forgetting([tools.small_sqlite, "query", world.database, asked[n % len(asked)].sql]),
        ]
        runs = in_turns(sides, rounds)
        rows.append(timed(world.entries, f"`{name}`, page cache evicted", *runs, "rusqlite", 1.0, by="medians"))
    return rows


def drop(files):
    for path in files:
        handle = os.open(path, os.O_RDONLY)
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(handle)
