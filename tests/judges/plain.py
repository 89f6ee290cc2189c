"""What daybook promises of every text that it hands to another program."""

import unicodedata

BREAKS = "\r\n\x85\u2028\u2029"
MOST_MARKS = 30  # of combining marks in a row (Unicode Standard Annex 15, Stream-Safe Text Format)
# What shows nothing: Default_Ignorable_Code_Point of Unicode, with the interlinear annotations.
RANGES = """ad 34f 61c 115f-1160 17b4-17b5 180b-180f 200b-200f 2028-202e 2060-206f 3164 fe00-fe0f feff ffa0 fff0-fffb
1bca0-1bca3 1d173-1d17a e0000-e0fff"""
HIDDEN = {code for part in RANGES.split() for ends in [part.split("-")] for code in range(int(ends[0], 16), int(ends[-1], 16) + 1)}


def one_line(text):
    """A text as a calendar or a cell may show it: without control, hidden or piled-up characters, breaks as spaces."""
    kept, marks = [], 0
    for c in text.replace("\r\n", "\n"):
        if unicodedata.category(c).startswith("M"):
            marks += 1
        elif is_plain(c):
            marks = 0
        if c in BREAKS:
            kept.append(" ")
        elif c == "\t" or is_plain(c) and marks <= MOST_MARKS:
            kept.append(c)
    return "".join(kept)


def is_plain(c):
    code = ord(c)
    return code >= 0x20 and not 0x7F <= code <= 0x9F and code not in HIDDEN
