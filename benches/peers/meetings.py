"""One meeting's reports, folded into its row, its participants and its history: the peer's reading."""

from load import OBSERVED, PLANNED, UNCERTAIN, days

OPENING = ("meeting_proposed", "meeting_confirmed")


def fold(loader, meeting, events):
    """Writes the rows of one meeting; its events come in the order in which they became public."""
    fields, participants, voices = {}, {}, {}
    held = called_off = False
    confirmed = 0
    for place, (_, seq, n, at, event, source, told) in enumerate(events):
        counts = loader.counts(at)
        loader.base.execute("INSERT INTO history VALUES (?,?,?,?,?,?,?,?,?,?)", (
            meeting, place, f"{seq}.{n}", event["kind"], source.get("outlet"), source.get("title"), source.get("published"),
            event.get("quote"), event.get("when"), int(counts)))
        if not counts:
            continue
        kind = event["kind"]
        for name in ("title", "level", "place", "agenda"):
            if event.get(name) is not None:
                fields[name] = event[name]
        if event.get("when") is not None:
            fields["when"] = event["when"]
        elif kind == "meeting_postponed":
            fields.pop("when", None)
        fields["reported"] = source.get("published")
        held = held or kind == "meeting_held"
        if kind in ("meeting_cancelled", "meeting_postponed"):
            called_off = kind == "meeting_cancelled"
            voices.clear()
        elif kind in OPENING:
            called_off = False
        take_part(participants, event, kind)
        for by in event.get("by", []):
            if kind in ("meeting_confirmed", "meeting_declined", "meeting_proposed"):
                voices[by["party"]] = (by.get("voice"), int(kind != "meeting_declined"))
    if not any(loader.counts(event[3]) for event in events):
        return
    extent = days(fields.get("when"))
    first, last = extent[:2] if extent else (None, None)
    loader.base.execute("INSERT INTO meetings VALUES (?,?,?,?,?,?,?,?,?,?,?)", (
        meeting, fields.get("title"), fields.get("level"), fields.get("place"), fields.get("when"), first, last,
        int(held or called_off), int(extent is None), fields.get("agenda"), fields.get("reported")))
    loader.base.executemany("INSERT INTO participants VALUES (?,?,?,?,?,?)", (
        (meeting, one.get("official"), one.get("party"), one.get("role"), one.get("attendance", "expected"), first)
        for one in participants.values()))
    loader.base.executemany("INSERT INTO voices VALUES (?,?,?,?)", ((meeting, party, *said) for party, said in voices.items()))
    if extent and not called_off and fields.get("place") and fields.get("level") != "call" and last - first <= 6:
        standing = OBSERVED if held else PLANNED if extent[2] else UNCERTAIN
        for one in participants.values():
            attendance = one.get("attendance", "expected")
            if one.get("official") and attendance != "declined":
                ref, at = f"{events[-1][1]}.{events[-1][2]}", ("meeting:" + meeting, 0)
                loader.claim(one["official"], fields["place"], first, last, standing if attendance == "expected" else UNCERTAIN, ref, at, {})


def take_part(participants, event, kind):
    """Participants amend one by one; those who were uncertain and are not named when it was held drop out."""
    named = {(one.get("official") or one.get("party")): one for one in event.get("participants", [])}
    if kind == "meeting_held" and named:
        for key in [key for key, one in participants.items() if one.get("attendance") == "uncertain" and key not in named]:
            del participants[key]
    for key, one in named.items():
        # Named without a word on attendance is expected.
        participants[key] = {**participants.get(key, {}), "attendance": "expected", **one}
