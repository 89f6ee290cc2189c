"""Whole processes and operations against peers, in one command: `python3 benches/peers/run.py`.

Builds what it needs, makes the worlds, fills the peers' databases from the same lines, sees that both sides answer the same, measures
in turns, and prints one table of ratios. Needs cargo, sqlite3, and duckdb from PyPI, which it installs into a folder of its own.
"""

import argparse
import datetime
import os
import platform
import random
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", PROJECT / "target"))
CACHE = TARGET / "peers"

PARTS = ("start", "warm", "cold", "replay", "index", "import", "append", "calendar")


def arguments():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--entries", default="10000,1000000", help="sizes of the worlds [10000,1000000]")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--rounds", type=int, default=31, help="rounds of short things, at least 15 [31]")
    words.add_argument("--quick", action="store_true", help="15 rounds, and 10,000 meetings in the calendar instead of 100,000")
    words.add_argument("--only", default=",".join(PARTS), help="parts: " + ",".join(PARTS))
    words.add_argument("--patience", type=float, default=900, help="seconds after which a replay or an import is ended [900]")
    words.add_argument("--limit-mb", type=float, default=4096, help="MB at which a replay is ended [4096]")
    words.add_argument("--worlds", type=Path, help="a folder with worlds made before, one for each size, that are copied")
    return words.parse_args()


def environment():
    """Where duckdb is at hand already, this Python does; else one of its own."""
    try:
        import duckdb  # noqa: F401
    except ImportError:
        home = CACHE / "python"
        if not (home / "bin/python").exists():
            subprocess.run([sys.executable, "-m", "venv", home], check=True)
            subprocess.run([home / "bin/pip", "install", "--quiet", "duckdb"], check=True)
        os.execv(home / "bin/python", [str(home / "bin/python"), str(HERE / "run.py"), *sys.argv[1:]])


def build():
    """The program and the peers; where each is."""
    env = {**os.environ, "CARGO_TARGET_DIR": str(TARGET)}
    for words in (["--bin", "daybook"], ["--manifest-path", str(HERE / "Cargo.toml")]):
        subprocess.run(["cargo", "build", "--release", "--locked", "-j2", *words], cwd=PROJECT, env=env, check=True)
    built = TARGET / "release"
    sqlite3 = shutil.which("sqlite3") or sys.exit("sqlite3 is not installed: apt-get install sqlite3")
    return SimpleNamespace(daybook=str(built / "daybook"), empty=str(built / "empty"), small_sqlite=str(built / "sqlite"),
        child=str(built / "child"),
        append=str(built / "append"), calendar=str(built / "calendar"), sqlite3=sqlite3, here=HERE, project=PROJECT)


def say(text):
    print(f"{datetime.datetime.now():%H:%M:%S} {text}", file=sys.stderr, flush=True)


def main():
    asked = arguments()
    environment()
    sys.path.insert(0, str(HERE))
    import asked as questions_asked
    import children
    import table
    import works
    import worlds
    from questions import Draw

    rounds = 15 if asked.quick else max(15, asked.rounds)
    parts = asked.only.split(",")
    tools = build()
    children.STARTER.append(children.Starter(tools.child))
    tools.limit_mb = asked.limit_mb
    CACHE.mkdir(parents=True, exist_ok=True)
    about = {"python": platform.python_version(), "cores": os.cpu_count(), "machine": platform.machine(), "system": platform.release(),
        "sqlite3": subprocess.run([tools.sqlite3, "--version"], capture_output=True, text=True).stdout.split()[0],
        "load before": os.getloadavg(), "rounds": rounds, "seed": asked.seed, "began": f"{datetime.datetime.now():%Y-%m-%d %H:%M}"}
    place = CACHE / f"raw-{datetime.datetime.now():%Y%m%d-%H%M%S}.json"
    rows, medians = [], {}

    def take(more):
        rows.extend(more)
        place.write_text(table.raw(rows, about))

    if "start" in parts:
        say("start-up")
        take(works.start_up(tools, rounds))
    for size in sorted(int(one) for one in asked.entries.split(",")):
        say(f"the world of {size:,}")
        world = worlds.world(CACHE, tools, size, asked.seed, asked.worlds)
        draw = Draw(world.database, asked.seed, rounds)
        questions = draw.questions()
        if "warm" in parts or "cold" in parts:
            say("the same answers?")
            compared = questions_asked.agree(world, tools, questions)
            say(f"{compared} answers are the same on both sides")
            about[f"answers compared at {size}"] = compared
        if "warm" in parts:
            say("questions, page cache warm")
            take(questions_asked.warm(world, tools, questions, rounds))
            dice = random.Random(asked.seed)
            take(questions_asked.explained(world, tools, rounds, [dice.randint(1, size) for _ in range(rounds)]))
        if "cold" in parts:
            say("questions, page cache evicted")
            take(questions_asked.cold(world, tools, questions, rounds))
        replayed = None
        if "replay" in parts or "index" in parts:
            say("replay")
            more, replayed = works.replay(world, tools, rounds, asked.patience)
            take(more if "replay" in parts else [])
        if "index" in parts:
            say("first index")
            take(works.first_index(world, tools, rounds, replayed))
        if "import" in parts:
            say("import")
            take(works.imports(world, tools, rounds, asked.patience))
        if "append" in parts:
            say("appends")
            take(works.appends(world, tools, 200 if asked.quick else 1000))
    take(table.growth(rows))
    if "calendar" in parts:
        many = 10_000 if asked.quick else 100_000
        say(f"a calendar of {many:,} meetings")
        log = worlds.meetings(CACHE, tools, many, asked.seed)
        take(works.calendars(tools, CACHE, log, rounds))
    about["load after"] = os.getloadavg()
    take([])
    print(table.markdown(rows))
    print(f"\nMinimum / median. {about}\nRaw: {place}")


if __name__ == "__main__":
    main()
