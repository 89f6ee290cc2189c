"""What daybook promises of every text that it hands to another program."""

BREAKS = "\r\n\x85\u2028\u2029"
DIRECTIONS = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}


def one_line(text):
    """A text as a calendar or a cell may show it: without control characters and changes of direction, breaks as spaces."""
    text = text.replace("\r\n", "\n")
    kept = (" " if c in BREAKS else c for c in text if c in BREAKS or c == "\t" or is_plain(c))
    return "".join(kept)


def is_plain(c):
    code = ord(c)
    return code >= 0x20 and not 0x7F <= code <= 0x9F and code not in DIRECTIONS
