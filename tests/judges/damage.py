#!/usr/bin/env python3
"""Damage copies of a log in random ways, and hold what daybook says and mends against the bytes.

    python damage.py DAYBOOK LOG [--count 300] [--seed N]

The chain of the log is computed here anew, from the description of the format alone. Each copy is divided into one to three segments, is on
the machine that wrote it or on another (where nothing says what was acknowledged), and is damaged once. Then

- `verify` must name the first line that is not as it was, or say so where only a seal or the mark of what was acknowledged can tell;
- `repair --from` a backup must give back every byte of every segment;
- `repair` alone must leave a log that verifies, whose lines are the first ones of what was written, and of the damaged files each byte
  in the log or in what was set aside.

Prints how many copies of each kind were tried, and each that went otherwise; exits with 1 if there is any, with 2 on wrong usage.
"""

import argparse
import collections
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import uuid

SECTOR = 512
ENDING = re.compile(rb',"chain":"([0-9a-f]{64})"}$')


def name(number):
    return f"{number:06}.jsonl"


def segments(files):
    return sorted(file for file in files if re.fullmatch(r"\d{6}\.jsonl", file))


def lines_of(data):
    """The lines of a file, each with its end; the last may lack it."""
    return data.splitlines(keepends=True) if b"\r" not in data else [part for part in re.split(rb"(?<=\n)", data) if part]


def proven(log_id, lines):
    """How many of some lines are as they were written, by the chain alone."""
    chain = hashlib.sha256(uuid.UUID(log_id).bytes).digest()
    for count, line in enumerate(lines):
        ending = ENDING.search(line.rstrip(b"\n"))
        if not ending or not line.endswith(b"\n"):
            return count
        chain = hashlib.sha256(chain + hashlib.sha256(line[:ending.start()]).digest()).digest()
        if chain.hex().encode() != ending[1]:
            return count
    return len(lines)


class Log:
    """The bytes of the whole log, and its copies."""

    def __init__(self, binary, path):
        self.binary = os.path.abspath(binary)
        with open(os.path.join(path, "log.json"), "rb") as card:
            self.card = card.read()
        self.id = json.loads(self.card)["log"]
        self.lines = []
        for file in segments(os.listdir(path)):
            with open(os.path.join(path, file), "rb") as segment:
                self.lines += lines_of(segment.read())
        count = proven(self.id, self.lines)
        if count != len(self.lines):
            sys.exit(f"the log itself is not whole: line {count + 1}")
        ran = self.run(path, "seal")
        self.seal = ran.stdout.strip()
        if self.seal.split(":")[1:3] != [self.id, str(count)] or self.seal.encode()[-64:] != ENDING.search(self.lines[-1].rstrip())[1]:
            sys.exit(f"another seal than that of the last line: {ran}")
        # What the machine that wrote the log notes after each entry.
        self.mark = f"\n{self.seal}\n".encode()

    def run(self, path, *words):
        return subprocess.run([self.binary, "--log", path, *words], capture_output=True, text=True)

    def divided(self, dice):
        """The files of a copy, divided into one to three segments."""
        cuts = sorted(dice.sample(range(1, len(self.lines)), dice.randrange(3)))
        parts = zip([0, *cuts], [*cuts, len(self.lines)])
        return {name(number): b"".join(self.lines[start:end]) for number, (start, end) in enumerate(parts, 1)}

    def write(self, path, files, card, mark):
        os.makedirs(os.path.join(path, ".index"))
        for file, data in {"log.json": card, **files}.items():
            if data is not None:
                with open(os.path.join(path, file), "wb") as out:
                    out.write(data)
        if mark:
            with open(os.path.join(path, ".index", "acknowledged"), "wb") as out:
                out.write(self.mark)
        return path


# Each kind of damage changes the files of a copy in place.

def some(dice, files):
    """A segment and its bytes."""
    file = dice.choice(segments(files))
    return file, files[file]


def a_line(dice, files):
    """A segment, its lines, and the place of one of them."""
    file, data = some(dice, files)
    lines = lines_of(data)
    return file, lines, dice.randrange(len(lines))


def a_bit_flips(dice, files):
    file, data = some(dice, files)
    data = bytearray(data)
    data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    files[file] = bytes(data)


def the_end_is_cut_inside_a_line(dice, files):
    file = segments(files)[-1]
    files[file] = files[file][: dice.randrange(1, len(files[file]))]


def the_end_is_cut_at_a_line(dice, files):
    file = segments(files)[-1]
    lines = lines_of(files[file])
    files[file] = b"".join(lines[: dice.randrange(len(lines))])


def a_segment_is_cut(dice, files):
    file, data = some(dice, files)
    files[file] = data[: dice.randrange(len(data))]


def lines_are_swapped(dice, files):
    file, lines, at = a_line(dice, files)
    other = dice.randrange(len(lines))
    lines[at], lines[other] = lines[other], lines[at]
    files[file] = b"".join(lines)


def lines_are_sorted(dice, files):
    file, data = some(dice, files)
    files[file] = b"".join(sorted(lines_of(data), key=lambda line: line[-70:]))


def a_line_is_deleted(dice, files):
    file, lines, at = a_line(dice, files)
    del lines[at : at + dice.choice([1, 1, 2, 5])]
    files[file] = b"".join(lines)


def a_line_is_doubled(dice, files):
    file, lines, at = a_line(dice, files)
    lines.insert(dice.choice([at, dice.randrange(len(lines) + 1)]), lines[at])
    files[file] = b"".join(lines)


def a_line_is_moved_to_another_segment(dice, files):
    file, lines, at = a_line(dice, files)
    line = lines.pop(at)
    files[file] = b"".join(lines)
    other, lines, at = a_line(dice, files) if len(files) > 1 or lines else (file, [b""], 0)
    lines.insert(at, line)
    files[other] = b"".join(lines)


def edited(change):
    """A line that is valid JSON before and after."""

    def edit(dice, files):
        file, lines, at = a_line(dice, files)
        text = lines[at].decode().rstrip("\n")
        after = change(dice, text)
        json.loads(after)
        lines[at] = after.encode() + b"\n"
        files[file] = b"".join(lines)

    edit.__name__ = change.__name__
    return edit


@edited
def a_word_is_changed(dice, text):
    words = [match for match in re.finditer(r"\b[a-z]{3,}\b", text[: text.index(',"salt"')])]
    match = dice.choice(words)
    return text[: match.start()] + "".join(dice.sample("abcdefgh", 3)) + text[match.end() :]


@edited
def a_digit_is_changed(dice, text):
    at = dice.choice([match.start() for match in re.finditer(r"(?<=[-\"0-9a-f:.T])[1-9]", text)])
    return text[:at] + dice.choice([digit for digit in "123456789" if digit != text[at]]) + text[at + 1 :]


@edited
def a_space_is_added(dice, text):
    at = dice.choice([match.end() for match in re.finditer(r"[,:{\[](?=[\"{\[])", text)])
    return text[:at] + " " + text[at:]


@edited
def keys_change_places(dice, text):
    pairs = list(json.loads(text).items())
    dice.shuffle(pairs)
    return json.dumps(dict(pairs), ensure_ascii=False, separators=(",", ":"))


@edited
def json_is_written_anew(dice, text):
    return json.dumps(json.loads(text), ensure_ascii=dice.random() < 0.5, indent=None)


@edited
def the_number_is_changed(dice, text):
    seq = json.loads(text)["seq"]
    return text.replace(f'"seq":{seq},', f'"seq":{max(1, seq + dice.choice([-2, -1, 1, 2, 1000]))},', 1)


@edited
def the_chain_value_is_changed(dice, text):
    return text[:-66] + "".join(dice.choice("0123456789abcdef") for _ in range(64)) + text[-2:]


@edited
def the_chain_value_is_capitals(_, text):
    return text[:-66] + text[-66:-2].upper() + text[-2:]


def line_ends_are_converted(dice, files):
    file, data = some(dice, files)
    files[file] = data.replace(b"\n", dice.choice([b"\r\n", b"\r"]))


def a_byte_order_mark_is_added(dice, files):
    file, data = some(dice, files)
    files[file] = b"\xef\xbb\xbf" + data


def an_empty_line_is_added(dice, files):
    file, lines, at = a_line(dice, files)
    lines.insert(at, b"\n")
    files[file] = b"".join(lines)


def sectors_are_nuls(dice, files):
    file, data = some(dice, files)
    start = dice.randrange(0, len(data), SECTOR)
    end = min(len(data), start + SECTOR * dice.choice([1, 2, 8]))
    files[file] = data[:start] + b"\0" * (end - start) + data[end:]


def some_bytes_are_nuls(dice, files):
    file, data = some(dice, files)
    start = dice.randrange(len(data))
    end = min(len(data), start + dice.randrange(1, 40))
    files[file] = data[:start] + b"\0" * (end - start) + data[end:]


def garbage_is_appended(dice, files):
    file, data = some(dice, files)
    garbage = dice.choice([b"garbage", b"{}", b"{\"v\":1,\"seq\":", dice.randbytes(dice.randrange(1, 900)), b"\0" * 700, "Привет".encode()])
    files[file] = data + garbage + dice.choice([b"", b"\n"])


def garbage_is_in_the_middle(dice, files):
    file, data = some(dice, files)
    at = dice.randrange(len(data))
    garbage = dice.randbytes(dice.randrange(1, 900))
    files[file] = data[:at] + garbage + data[at + dice.choice([0, len(garbage)]) :]


def a_segment_is_removed(dice, files):
    file, _ = some(dice, files)
    files[file] = None


def a_segment_is_doubled(dice, files):
    file, data = some(dice, files)
    files[name(len(files) + 1)] = data


def segments_change_places(dice, files):
    one, data = some(dice, files)
    other, more = some(dice, files)
    files[one], files[other] = more, data


def a_segment_is_older(dice, files):
    """Put back from before its last lines were written, and nothing after it."""
    file, lines, at = a_line(dice, files)
    files[file] = b"".join(lines[:at])
    for later in segments(files):
        if later > file and dice.random() < 0.5:
            files[later] = None


def a_conflict_is_left(dice, files):
    file, lines, at = a_line(dice, files)
    lines[at:at] = [b"<<<<<<< HEAD\n"]
    lines[at + 2 : at + 2] = [b"=======\n", *lines[at + 1 : at + 2], b">>>>>>> theirs\n"]
    files[file] = b"".join(lines)


def everything_is_sorted_into_one(dice, files):
    lines = [line for file in segments(files) for line in lines_of(files.pop(file))]
    dice.shuffle(lines)
    files[name(1)] = b"".join(lines)


def card_id(dice, card):
    at = dice.choice([match.start() for match in re.finditer(rb"[0-9a-f]", card[24:57])]) + 24
    return card[:at] + (b"a" if card[at : at + 1] != b"a" else b"b") + card[at + 1 :]


CARDS = {
    "the id of the log is changed": card_id,
    "log.json is cut": lambda dice, card: card[: dice.randrange(len(card) - 2)],
    "log.json is empty": lambda *_: b"",
    "log.json is lost": lambda *_: None,
    "log.json is garbage": lambda dice, _: dice.randbytes(90),
}

KINDS = [
    a_bit_flips, a_bit_flips, a_bit_flips, the_end_is_cut_inside_a_line, the_end_is_cut_at_a_line, a_segment_is_cut, lines_are_swapped, lines_are_sorted,
    a_line_is_deleted, a_line_is_doubled, a_line_is_moved_to_another_segment, a_word_is_changed, a_digit_is_changed, a_space_is_added, keys_change_places,
    json_is_written_anew, the_number_is_changed, the_chain_value_is_changed, the_chain_value_is_capitals, line_ends_are_converted,
    a_byte_order_mark_is_added, an_empty_line_is_added, sectors_are_nuls, some_bytes_are_nuls, garbage_is_appended, garbage_is_in_the_middle,
    a_segment_is_removed, a_segment_is_doubled, segments_change_places, a_segment_is_older, a_conflict_is_left, everything_is_sorted_into_one,
    *CARDS,
]


def harmed(ran):
    """The file and the line that an error calls damaged; it must name a kind and say what to do."""
    error = json.loads(ran.stderr)["error"] if ran.returncode == 3 else {}
    harm = error.get("harm")
    if not harm or not harm["damage"] or not error["hint"]:
        return None
    return os.path.basename(harm["file"]), harm["line"]


class Expected:
    """What must be found in some files, by comparing them with what was written, line by line."""

    def __init__(self, log, files):
        there = segments(file for file, data in files.items() if data is not None)
        self.gap = next((name(number) for number, file in enumerate(there, 1) if file != name(number)), None)
        # The first line that is not as it was, as (file, line from 1), and how many lines before it are.
        self.first, self.good, self.tail = None, 0, False
        for file in there:
            lines = lines_of(files[file])
            # Without newlines at all a file is one line.
            for number, line in enumerate(lines, 1):
                if self.good < len(log.lines) and line == log.lines[self.good]:
                    self.good += 1
                    continue
                self.first = (file, number)
                rest = b"".join(lines[number - 1 :])
                # What follows the last newline of all, or holes in what may be the last write, a power failure leaves too.
                self.tail = file == there[-1] and (b"\n" not in rest and b'"}\r' not in rest or b"\0" in rest)
                self.unended = self.tail and self.good < len(log.lines) and rest == log.lines[self.good][:-1]
                return

    def holds(self, log, files, mark, ran, seal):
        """What is wrong with what `verify` said; none if nothing is."""
        complete = self.good == len(log.lines)
        said = None
        if ran.returncode == 3:
            said = harmed(ran)
            if not said:
                return f"no file, kind or hint: {ran.stderr}"
        elif ran.returncode != 0:
            return f"exit {ran.returncode}: {ran.stderr}"
        if self.gap:
            return None if said == (self.gap, None) else f"{self.gap} is missing; said {said}"
        if self.first and not self.tail:
            return None if said == self.first else f"the first line that is wrong is {self.first}; said {said}"
        lost = not complete and not (self.first and self.unended and self.good + 1 == len(log.lines))
        if lost and (mark or seal):
            return None if said else "entries are gone, which a mark or a seal proves, and nothing was said"
        if self.first and b"\0" in files[self.first[0]] and said == self.first:
            return None
        if said:
            return f"nothing proves damage; said {said}: {ran.stderr}"
        answer = json.loads(ran.stdout)
        if answer["entries"] != self.good or bool(answer["torn_bytes"]) != bool(self.first):
            return f"{self.good} lines are whole; said {ran.stdout}"
        return None


def read(path):
    found = {}
    for file in os.listdir(path):
        if os.path.isfile(os.path.join(path, file)):
            with open(os.path.join(path, file), "rb") as data:
                found[file] = data.read()
    return found


def mends(log, files, path, answer):
    """What is wrong with a repair without backup."""
    after = read(path)
    kept = [line for file in segments(after) for line in lines_of(after[file])]
    if kept != log.lines[: len(kept)]:
        return "what is left is no beginning of what was written"
    aside = {os.path.basename(one["from"]): one for one in answer["aside"]}
    for file, data in files.items():
        if data is None:
            continue
        one = aside.get(file)
        if one is None:
            if data and after.get(file) != data:
                return f"{file} was changed, and nothing of it is set aside"
            continue
        with open(one["to"], "rb") as set_aside:
            if set_aside.read() != data[one["offset"] :]:
                return f"what was set aside of {file} is not what stood there"
        if not after.get(file, b"").startswith(data[: one["offset"]]):
            return f"the first {one['offset']} bytes of {file} are gone"
    if answer["entries"] != len(kept):
        return f"{len(kept)} entries are left; said {answer['entries']}"
    return None


def tried(log, dice, kind, home):
    """Damages one copy; returns what went wrong, or None, or "same" where nothing was damaged."""
    files, card, mark = log.divided(dice), log.card, dice.random() < 0.5
    whole = dict(files)
    if kind in CARDS:
        card = CARDS[kind](dice, card)
    else:
        kind(dice, files)
        if {file: data for file, data in files.items() if data is not None} == whole:
            return "same"
    backup = log.write(os.path.join(home, "backup"), whole, log.card, False)
    copy = log.write(os.path.join(home, "copy"), files, card, mark)
    if kind in CARDS:
        ran = log.run(copy, "--json", "verify")
        if harmed(ran) not in ([(name(1), 1)] if CARDS[kind] is card_id else [("log.json", None)]):
            return f"verify: exit {ran.returncode}: {ran.stderr}"
    else:
        expected = Expected(log, files)
        for seal in ([], ["--seal", log.seal]):
            problem = expected.holds(log, files, mark, log.run(copy, "--json", "verify", *seal), seal)
            if problem:
                return f"verify {'--seal' if seal else ''}: {problem}"
        alone = log.write(os.path.join(home, "alone"), files, card, mark)
        ran = log.run(alone, "--json", "repair")
        if ran.returncode:
            return f"repair: exit {ran.returncode}: {ran.stderr}"
        problem = mends(log, files, alone, json.loads(ran.stdout))
        again = log.run(alone, "--json", "verify")
        if problem or again.returncode:
            return f"repair: {problem}; then verify: exit {again.returncode}: {again.stderr}"
    ran = log.run(copy, "--json", "repair", "--from", backup)
    after = read(copy)
    if ran.returncode or {file: after[file] for file in segments(after)} != whole or after["log.json"] != log.card:
        return f"repair --from: exit {ran.returncode}, not as it was: {ran.stdout or ran.stderr}"
    again = log.run(copy, "--json", "verify", "--seal", log.seal)
    return f"after repair --from: {again.stderr}" if again.returncode else None


def main():
    parser = argparse.ArgumentParser(description="Damage copies of a log, and hold daybook against the bytes.")
    parser.add_argument("daybook")
    parser.add_argument("log")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    log = Log(arguments.daybook, arguments.log)
    counts, wrong = collections.Counter(), 0
    number = 0
    while sum(counts.values()) < arguments.count:
        kind = KINDS[number % len(KINDS)]
        named = kind if isinstance(kind, str) else kind.__name__.replace("_", " ")
        seed = f"{arguments.seed}-{number}"
        number += 1
        home = tempfile.mkdtemp()
        problem = tried(log, random.Random(seed), kind, home)
        if problem == "same":
            shutil.rmtree(home)
            continue
        counts[named] += 1
        if problem:
            wrong += 1
            print(f"{named} ({seed}, in {home}): {problem}")
        else:
            shutil.rmtree(home)
    print("; ".join(f"{named}: {count}" for named, count in sorted(counts.items())))
    print(f"{sum(counts.values())} damaged copies, {wrong} not as they should be")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
