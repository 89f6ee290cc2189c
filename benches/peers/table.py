"""What was measured, as rows of one table."""

import json
import statistics
from typing import NamedTuple, Optional


class Row(NamedTuple):
    """One goal at one size. Times in seconds; `cpu` is the ratio of the medians of processor time, which a busy machine disturbs less."""

    size: Optional[int]
    what: str
    ours: list
    peer: Optional[list]
    peer_name: str
    goal: Optional[float]
    by: str = "both"
    mb: Optional[float] = None
    note: str = ""
    cpu: Optional[float] = None


class Memory(NamedTuple):
    """The most that a program held, in MB, and what it may hold at ten million entries; None where it was ended."""

    size: int
    what: str
    mb: Optional[float]
    goal: float


def clocked(size, what, ours, peer, peer_name, goal, **more):
    """A row of what programs took by the clock, from their runs."""
    cpu = None
    if ours and peer:
        below = statistics.median(one.cpu for one in peer)
        cpu = statistics.median(one.cpu for one in ours) / below if below else None
    walls = [[one.wall for one in runs] if runs is not None else None for runs in (ours, peer)]
    return Row(size, what, *walls, peer_name, goal, cpu=cpu, **more)


def low_and_middle(times):
    return min(times), statistics.median(times)


def time(seconds):
    if seconds < 0.001:
        return f"{seconds * 1e6:.0f} µs"
    if seconds < 1:
        return f"{seconds * 1e3:.2f} ms" if seconds < 0.1 else f"{seconds * 1e3:.0f} ms"
    return f"{seconds:.1f} s"


def pair(times):
    low, middle = low_and_middle(times)
    return time(middle) if len(times) == 1 else f"{time(low)} / {time(middle)}"


def ratios(row):
    """Of the minima and of the medians; None where a side has no figure."""
    if not row.ours or not row.peer:
        return None
    return tuple(ours / theirs for ours, theirs in zip(low_and_middle(row.ours), low_and_middle(row.peer)))


def verdict(row):
    """Met when the ratio that the goal is about is: that of the medians, and where `by` says both, that of the minima too."""
    if row.goal is None:
        return "–"
    if not row.ours:
        return "**no**"
    found = ratios(row)
    if found is None:
        return "not measured"
    judged = found if row.by == "both" else found[1:]
    if all(one <= row.goal for one in judged):
        return "yes"
    return "one of two" if any(one <= row.goal for one in judged) else "**no**"


def line(row):
    found = ratios(row)
    ratio = "–" if found is None else f"{found[1]:.2f}" if len(row.ours) == 1 else f"{found[0]:.2f} / {found[1]:.2f}"
    ours = pair(row.ours) if row.ours else "stopped"
    peer = f"{pair(row.peer)} {row.peer_name}" if row.peer else row.peer_name or "–"
    cpu = "–" if row.cpu is None else f"{row.cpu:.2f}"
    goal = "–" if row.goal is None else f"≤ {row.goal:g}"
    mb = "–" if row.mb is None else f"{row.mb:.0f}"
    what = f"{row.what} ({row.note})" if row.note else row.what
    size = "" if row.size is None else f"{row.size:,}"
    return f"| {size} | {what} | {ours} | {peer} | {ratio} | {cpu} | {goal} | {verdict(row)} | {mb} |"


def markdown(rows):
    timed = [row for row in rows if isinstance(row, Row)]
    held = [row for row in rows if isinstance(row, Memory)]
    head = "| entries | what | ours | peer | ratio | of processor time | goal | met | MB |\n|--:|---|---|---|---|---|---|---|--:|"
    memory = ["", "| entries | the most memory of | MB | goal | met |", "|--:|---|--:|---|---|"]
    for row in held:
        mb, met = ("more", "**no**") if row.mb is None else (f"{row.mb:.0f}", "yes" if row.mb < row.goal else "**no**")
        memory.append(f"| {row.size:,} | {row.what} | {mb} | < {row.goal} | {met} |")
    return "\n".join([head, *map(line, timed), *(memory if held else [])])


def raw(rows, about):
    def one(row):
        return row._asdict() if isinstance(row, Memory) else {**row._asdict(), "ratios": ratios(row), "met": verdict(row)}
    return json.dumps({"about": about, "rows": [one(row) for row in rows]}, ensure_ascii=False, indent=1)


def growth(rows):
    """The same question at the largest size against the smallest."""
    rows = [row for row in rows if isinstance(row, Row)]
    sizes = sorted({row.size for row in rows if row.what.endswith(", warm")})
    if len(sizes) < 2:
        return []
    found = []
    least = {row.what: row for row in rows if row.size == sizes[0]}
    for row in rows:
        if row.size == sizes[-1] and row.what.endswith(", warm") and row.what in least and " --" not in row.what:
            goal = 1.3 if row.goal is not None else None
            found.append(Row(row.size, f"{row.what}: against {sizes[0]:,}", row.ours, least[row.what].ours, "the small log", goal,
                by="medians"))
    return found
