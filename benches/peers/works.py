"""Work on whole logs: replay, first index, import, appends, calendars, start-up."""

import os
import shutil
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from children import Failed, in_turns, must, run
from table import Memory, Row, clocked

PLAIN = {"DAYBOOK_NO_INDEX": "1"}
REPLAY_MB = 1024


def replay(world, tools, rounds, patience):
    """Processor time of everything read without an index, against DuckDB; first the answers to "how much is there"."""
    out = world.scratch / "replay.txt"
    must([sys.executable, tools.here / "replay.py", world.log], out)
    entries, events = out.read_text().split()
    must([tools.daybook, "--log", world.log, "verify"], out)
    if f"{entries} entries, {events} events" not in out.read_text():
        raise Failed(f"DuckDB read {entries} entries and {events} events, and daybook says {out.read_text()}")
    rows, replays = [], []
    day = world.ends
    for what, words in (("replay: every claim (`summits`, no index)", ["summits", "--on", day]),
                        ("replay and every answer (`check`, no index)", ["check"])):
        most, stopped = [0.0], [False]

        def ours(_):
            ran = run([tools.daybook, "--log", world.log, *words], env=PLAIN, seconds=patience, limit_mb=tools.limit_mb)
            most[0] = max(most[0], ran.mb)
            stopped[0] = stopped[0] or ran.code != 0
            return ran

        peak = [0.0]

        def peer(_):
            ran = must([sys.executable, tools.here / "replay.py", world.log])
            peak[0] = max(peak[0], ran.mb)
            return ran

        first = ours(0)
        few = 1 if stopped[0] else rounds if first.wall < 5 else max(1, min(rounds, 3))
        runs = [[], in_turns([peer], few)[0]] if stopped[0] else in_turns([ours, peer], few)
        times = [] if stopped[0] else [one.cpu for one in runs[0]]
        replays.append(runs[0])
        note = f"processor time; DuckDB {peak[0]:.0f} MB"
        if stopped[0]:
            note += f"; ended after {first.wall:.0f} s and {first.mb:.0f} MB"
        rows.append(Row(world.entries, what, times, [one.cpu for one in runs[1]], "DuckDB", 0.9, mb=most[0], note=note))
        rows.append(Memory(world.entries, what, None if stopped[0] else most[0], REPLAY_MB))
    return rows, replays[0]


def first_index(world, tools, rounds, replayed):
    """The index deleted, and a question asked."""
    def ask(_):
        for part in (world.log / ".index").glob("*.run"):
            part.unlink()
        return must([tools.daybook, "--log", world.log, "where", world.somebody, "--on", world.ends])
    few = rounds if world.entries <= 100_000 else 3
    runs = in_turns([ask], few)[0]
    mb = max(one.mb for one in runs)
    return [clocked(world.entries, "first index", runs, replayed or None, "replay", 1.3, mb=mb)]


def entry_files(world):
    """The lines as a program would send them: without what the log itself adds."""
    file = world.scratch / f"entries-{world.entries}.jsonl"
    if not file.exists():
        import json
        with open(file.with_suffix(".part"), "w") as out:
            for segment in sorted(world.log.glob("*.jsonl")):
                for line in open(segment):
                    entry = json.loads(line)
                    for name in ("v", "seq", "recorded", "salt", "chain"):
                        del entry[name]
                    out.write(json.dumps(entry, ensure_ascii=False, separators=(",", ":")) + "\n")
        file.with_suffix(".part").rename(file)
    return file


def imports(world, tools, rounds, patience):
    file = entry_files(world)
    target, database = world.scratch / "imported", world.scratch / "imported.db"
    most, stopped = [0.0], [0.0]

    def ours(_):
        shutil.rmtree(target, ignore_errors=True)
        must([tools.daybook, "--log", target, "init"])
        ran = run([tools.daybook, "--log", target, "import", file], seconds=patience, err=world.scratch / "import.err")
        if ran.code not in (0, None):
            raise Failed((world.scratch / "import.err").read_text())
        stopped[0] = stopped[0] or (ran.wall if ran.code is None else 0)
        most[0] = max(most[0], ran.mb)
        return ran

    def peer(_):
        for leftover in world.scratch.glob("imported.db*"):
            leftover.unlink()
        return must([tools.small_sqlite, "import", database, file])

    first = ours(0)
    few = 0 if stopped[0] else 5 if first.wall < 2 else 1 if first.wall > 60 else 3
    if stopped[0]:
        runs = [[], [peer(0)]]
    else:
        runs = in_turns([ours, peer], min(few, rounds))
        check_imported(world, tools, target, database)
    shutil.rmtree(target, ignore_errors=True)
    note = f"ended after {stopped[0]:.0f} s" if stopped[0] else ""
    return [clocked(world.entries, "`import`, durable", *runs, "SQLite, one transaction", 0.8, mb=most[0], note=note)]


def check_imported(world, tools, target, database):
    out = world.scratch / "verify.txt"
    must([tools.daybook, "--log", target, "verify"], out)
    if f"{world.lines} entries" not in out.read_text():
        raise Failed(f"imported, but {out.read_text()}")
    must([tools.small_sqlite, "query", database, "SELECT count(*) FROM lines"], out)
    if out.read_text().strip() != str(world.lines):
        raise Failed(f"SQLite has {out.read_text()} lines")


def copied(world):
    """A copy that may be written to: sealed segments and runs of the index are shared, for nobody writes to them again."""
    target = world.scratch / "written"
    shutil.rmtree(target, ignore_errors=True)
    segments = sorted(world.log.glob("*.jsonl"))
    target.mkdir()
    for path in world.log.rglob("*"):
        copy = target / path.relative_to(world.log)
        if path.is_dir():
            copy.mkdir()
        elif path in segments[:-1] or path.suffix == ".run":
            os.link(path, copy)
        else:
            shutil.copy(path, copy)
    return target


def appends(world, tools, many):
    rows, target = [], copied(world)
    out = world.scratch / "append.txt"
    # One call brings the index up to the log's end.
    must([tools.daybook, "--log", target, "where", world.somebody])
    for leftover in world.scratch.glob("append.db*"):
        leftover.unlink()
    ours, peer = [], []
    for _ in range(3):
        must([tools.append, "beside", target, world.scratch / "append.db", many], out)
        one, other = map(float, out.read_text().split())
        ours.append(one / 1e9)
        peer.append(other / 1e9)
        must(["/bin/rm", "-rf", *world.scratch.glob("append.db*")])
        target = copied(world)
    rows.append(Row(world.entries, f"append, durable, in process: p50 of {many}, three times", ours, peer, "SQLite WAL FULL", 1.1, by="medians"))
    words = ["log", "statement", "a spokesman", "The talks go on.", "--outlet", "AFP", "--published", world.ends]
    runs = in_turns([lambda _: must([tools.daybook, "--log", target, *words])], 30)[0]
    rows.append(Row(world.entries, "`log statement`, whole process", [one.wall for one in runs], [0.005] * 30, "the goal", 1.0,
        by="medians", mb=max(one.mb for one in runs)))
    rows.append(at_once(world, tools, many // 4 or 1))
    shutil.rmtree(world.scratch / "written")
    return rows


def at_once(world, tools, many):
    """Eight processes that append at once, against one that appends as much; then the log is verified."""
    def session(target, tags, each):
        start = time.perf_counter()
        with ThreadPoolExecutor(len(tags)) as pool:
            list(pool.map(lambda tag: must([tools.append, "each", target, each, tag], at_once=True), tags))
        return (time.perf_counter() - start) / (len(tags) * each)

    def lines(target):
        return sum(sum(1 for _ in open(segment, "rb")) for segment in target.glob("*.jsonl"))

    target = copied(world)
    must([tools.daybook, "--log", target, "where", world.somebody])
    before, ours, peer = lines(target), [], []
    for turn in range(3):
        ours.append(session(target, [100 * turn + tag for tag in range(10, 18)], many))
        peer.append(session(target, [100 * turn + 20], many * 8))
    out = world.scratch / "verify.txt"
    must([tools.daybook, "--log", target, "verify"], out)
    expected = before + 3 * 16 * many
    if lines(target) != expected or f"{expected} entries" not in out.read_text():
        raise Failed(f"{expected} entries expected after eight at once, but {out.read_text()}")
    return Row(world.entries, "an entry appended by eight processes at once; nothing lost, verified", ours, peer, "by one process", 1.0,
        by="medians")


def start_up(tools, rounds):
    """Against a program that does nothing, but links what every program of this kind links."""
    shipped = tools.project / "events"
    sides = [
        lambda _: must([tools.empty]),
        lambda _: must([tools.daybook, "--version"]),
        lambda _: must([tools.daybook, "--log", shipped, "where", "rubio", "--on", "2025-02-17"]),
    ]
    in_turns(sides, 3)
    empty, version, where = in_turns(sides, max(30, rounds))
    entries = sum(1 for segment in shipped.glob("*.jsonl") for _ in open(segment))
    return [
        clocked(None, "`--version`", version, empty, "empty program", 1.5),
        clocked(entries, "`where` on the shipped log", where, empty, "empty program", 1.5),
    ]


def calendars(tools, scratch, log, rounds):
    """The feed of a log of many meetings; its events written by daybook's own writer and by the `icalendar` crate."""
    feed, out = scratch / "feed.ics", scratch / "calendar.txt"
    export = must([tools.daybook, "--log", log, "export", "ics", "-o", feed])
    must([tools.calendar, feed, rounds], out)
    pairs = [tuple(float(one) / 1e9 for one in text.split()) for text in out.read_text().splitlines()]
    ours, peer = ([pair[side] for pair in pairs] for side in (0, 1))
    with open(feed, "rb") as file:
        many = sum(1 for text in file if text == b"BEGIN:VEVENT\r\n")
    rows = [Row(many, "`export ics`: its events written, in process", ours, peer, "icalendar crate", 0.6, note=f"{feed.stat().st_size / 1e6:.0f} MB")]
    whole = in_turns([lambda _: must([tools.daybook, "--log", log, "export", "ics", "-o", feed])], 3)[0]
    rows.append(Row(many, "`export ics`, whole process: read, replay, write", [one.wall for one in whole],
        [statistics.median(peer)], "icalendar crate, writing only", None, mb=max(export.mb, *(one.mb for one in whole))))
    return rows
