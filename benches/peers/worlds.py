"""The worlds that are asked about, made once and kept."""

import json
import random
import shutil
import sqlite3
import sys
from types import SimpleNamespace

from children import must


def world(cache, tools, entries, seed, ready):
    """A made-up world, and the peer's tables of the same lines."""
    home = cache / f"world-{entries}-{seed}"
    log, database = home / "events", home / "peer.db"
    if not (home / "log-done").exists():
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        if ready and (ready / str(entries)).exists():
            shutil.copytree(ready / str(entries), log)
        else:
            must([tools.daybook, "--log", log, "simulate", "--entries", entries, "--seed", seed], home / "simulate.txt")
        (home / "log-done").touch()
    if not (home / "database-done").exists():
        must([sys.executable, tools.here / "load.py", log, database, entries], home / "load.txt")
        (home / "database-done").touch()
    base = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    ends = base.execute("SELECT value FROM facts WHERE name = 'recorded'").fetchone()[0][:10]
    somebody = base.execute("SELECT official FROM officials ORDER BY official").fetchone()[0]
    base.close()
    scratch = home / "scratch"
    scratch.mkdir(exist_ok=True)
    # The index is made by the first that needs it.
    must([tools.daybook, "--log", log, "where", somebody, "--on", ends])
    lines = sum(sum(1 for _ in open(segment, "rb")) for segment in log.glob("*.jsonl"))
    return SimpleNamespace(entries=entries, lines=lines, log=log, database=database, ends=ends, somebody=somebody, scratch=scratch)


def meetings(cache, tools, many, seed):
    """A log of so many dated meetings, each confirmed once, as entry files that are imported."""
    home = cache / f"meetings-{many}-{seed}"
    if (home / "done").exists():
        return home / "events"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    dice = random.Random(seed)
    parties = ["us", "ru", "fr", "de", "es", "sa", "ae", "jp", "br", "za", "in", "tr", "eg", "it", "pl", "ua"]
    cities = [("madrid", "Madrid", "ES", 40.4165, -3.70256, "Europe/Madrid"), ("riyadh", "Riyadh", "SA", 24.68773, 46.72185, "Asia/Riyadh"),
        ("tokyo", "Tokyo", "JP", 35.6895, 139.69171, "Asia/Tokyo"), ("paris", "Paris", "FR", 48.85341, 2.3488, "Europe/Paris"),
        ("cairo", "Cairo", "EG", 30.06263, 31.24967, "Africa/Cairo"), ("brasilia", "Brasília", "BR", -15.77972, -47.92972, "America/Sao_Paulo")]
    with open(home / "entries.jsonl", "w") as out:
        def write(events, published):
            entry = {"source": {"outlet": "AFP", "url": f"https://afp.example/{dice.randint(1, 10**7)}", "published": published}, "events": events}
            out.write(json.dumps(entry, ensure_ascii=False) + "\n")
        write([{"kind": "place", "place": place, "name": name, "country": country, "lat": lat, "lon": lon, "zone": zone}
            for place, name, country, lat, lon, zone in cities], "2005-01-01")
        officials = []
        for number in range(2000):
            officials.append((f"official-{number}", parties[number % len(parties)]))
            write([{"kind": "official", "official": officials[-1][0], "name": f"Official Number {number}", "party": officials[-1][1],
                "rank": "minister"}], "2005-01-01")
        for number in range(many):
            with_ = dice.sample(officials, 4)
            year, month, day = 2005 + number * 20 // many, dice.randint(1, 12), dice.randint(1, 28)
            when = f"{year}-{month:02}-{day:02}"
            place = dice.choice(cities)
            exact = f"{when}T{dice.randint(8, 18):02}:00" if number % 2 else when
            write([{"kind": "meeting_confirmed", "meeting": f"talks-{number}", "title": f"Talks on the grain corridor, round {number}",
                "level": "ministerial", "place": place[0], "when": exact, "agenda": "the grain corridor; prisoners, and what follows",
                "participants": [{"official": one, "role": "principal"} for one, _ in with_], "by": [{"party": with_[0][1]}],
                "quote": "The ministers will meet, a spokesman said, \"whatever happens\"."}], f"{year}-{month:02}-01")
    must([tools.daybook, "--log", home / "events", "init"])
    must([tools.daybook, "--log", home / "events", "import", home / "entries.jsonl"], home / "import.txt")
    (home / "done").touch()
    return home / "events"
