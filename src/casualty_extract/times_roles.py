"""What a time belongs to: the event, the telling of it, or the article itself.

*Finds* reporting times ("said on Friday", "told reporters Thursday", "in a statement on Saturday",
"figures released on Friday", "the ministry on Friday said") and datelines ("MOSUL, Sept 1 (Reuters) -",
"Published: 12 March 2016", a date alone on its line).
*Leaves alone* times behind another verb: in "said 12 people were killed on Friday" the day is the event's.
*Marks* a role ("event", "reporting", "dateline") and the word that gave it; and the word, such as "will",
that puts a time into the future.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from spacy.tokens import Doc

from casualty_extract.reading import kind
from casualty_extract.times_words import Piece, words

__all__ = ["Role", "future_cue", "is_past", "role_of"]

Role = Literal["event", "reporting", "dateline", "named"]

REACH = 10
FAR = 14
"""How far from a time the verb may stand that governs it."""
PAST = frozenset(
    """was were had did been went came took left hit struck fell made gave found saw shot rose stood brought began
    ran kept led lost died fled blew broke drove sent met caught fought sank hurt tore swept burnt got became won
    wrote flew shut grew spent built threw drew""".split()
)
"""Past forms that no ending gives away."""
PROMISES = frozenset(
    """agreed offered pledged promised proposed vowed ordered urged invited decided demanded called asked aimed
    united based related limited backed held set""".split()
)
"""Past forms that what lies ahead may follow, or that are no verbs as a rule."""
UNTIL = frozenset({"until", "till", "til", "through", "by"})
LINKING = frozenset({
    "on", "in", "at", "by", "to", "via", "with", "from", "during", "through", "late", "early", "earlier",
    "later", "a", "an", "the", "his", "her", "its", "their", "news", "press", "joint", "brief",
    "separate", "televised", "written", "telephone", "phone", "video", "reporters", "journalists", "media",
    "state", "television", "tv", "radio", "parliament", "lawmakers", "agency", "afternoon", "morning",
})  # fmt: skip
"""The words that may stand between a verb of reporting and its time."""

PREPOSITIONS = frozenset({"in", "at", "to", "on", "from", "with", "via", "by"})
FIGURES = frozenset({
    "figures", "data", "statistics", "results", "findings", "video", "footage", "study", "survey", "list",
    "numbers", "toll", "count", "assessments", "document", "documents", "tally", "assessment",
})  # fmt: skip
BE = frozenset({"is", "are", "was", "were", "be", "been"})
STOPS = frozenset({",", ";", ":", ".", "(", ")", '"', "“", "”", "--"})
BYLINE = frozenset(
    {
        "published",
        "updated",
        "posted",
        "modified",
        "date",
        "dated",
        "created",
        "by",
        "on",
        "at",
        "first",
        "last",
    }
)


def role_of(doc: Doc, text: str, pieces: Sequence[Piece], first: int, last: int) -> tuple[Role, str | None]:
    """Tell what a time belongs to.

    Args:
        doc: the tokens.
        text: their text, which a Doc would put together anew each time.
        pieces: its sentence, cut into pieces.
        first: the first piece of the time.
        last: the piece after the time.

    Returns:
        The role, and the word that gave it.
    """
    if _in_dateline(pieces, first, last) or _alone(text, pieces, first, last):
        return "dateline", None
    if last < len(pieces) and pieces[last].low == "'" and pieces[last].glued:
        # "The army said Friday's attack".
        return "event", None
    cue = _before(doc, pieces, first) or _after(pieces, first, last) or _opening(doc, pieces, first, last)
    return ("reporting", cue) if cue else ("event", None)


def future_cue(pieces: Sequence[Piece], first: int, last: int) -> str | None:
    """Find the "will" before a time, in its clause."""
    rows = words().future
    if last < len(pieces) and pieces[last].low == "'" and pieces[last].glued:
        return None
    for k in range(first - 1, max(first - 1 - REACH, -1), -1):
        low = pieces[k].low
        if low in STOPS or low in {"since", "after", "that", "who", "which"}:
            return None
        row = rows.get(low) or (rows.get("'ll") if low == "ll" else None)
        if (
            row is None
            or (low == "may" and pieces[k].name)
            or (row.after_be and (k == 0 or pieces[k - 1].low not in BE))
        ):
            continue
        # "Holds until Sunday" and "expires on Sunday", but not "is in hospital after Sunday's raid".
        ends = (
            pieces[first].low in UNTIL
            or pieces[first - 1].low == "to"
            or (k >= first - 2 and low.endswith("s"))
        )
        if not row.until or ends:
            return low
    return None


def is_past(doc: Doc, pieces: Sequence[Piece], first: int, last: int) -> bool:
    """Tell whether the verb nearest before a time, else the next one after it, is a past one.

    Verbs of reporting and promising say nothing of the time: in "offered a truce on May 9" it may lie ahead.
    """
    before = range(first - 1, max(first - 1 - FAR, -1), -1)
    for k in (*before, *range(last, min(last + FAR, len(pieces)))):
        low = pieces[k].low
        if low in words().verbs or low in PROMISES or pieces[k].name:
            continue
        if low in PAST or (low.endswith("ed") and kind(doc[pieces[k].token]) in {"verb", "part"}):
            return True
        if k > first and low in {"will", "is", "are", "may"}:
            return False
    return False


def _before(doc: Doc, pieces: Sequence[Piece], first: int) -> str | None:
    """Look back for a verb of reporting or a document, over nothing but what belongs to it."""
    table = words()
    other, document = 0, False
    for k in range(first - 1, max(first - 1 - REACH, -1), -1):
        piece = pieces[k]
        low = piece.low
        if _stops(pieces, k):
            return None
        if low in table.documents and other == 0:
            return low
        document = document or low in table.documents or low in FIGURES
        # "In Kebbi state on Wednesday": behind a name it is no verb.
        verb = None if low == "state" and k > 0 and pieces[k - 1].name else table.verbs.get(low)
        if verb is not None:
            if verb.document:
                return low if other == 0 and _has_document(pieces, k) else None
            if k + 1 < len(pieces) and low.endswith("ed") and k > 0 and pieces[k - 1].low in {"the", "a"}:
                return None
            # "Announced the results of two inquiries today".
            return low if other == 0 or verb.tells or document else None
        if low in LINKING or low in table.documents or low == "-":
            continue
        named = piece.name and _led_by_preposition(pieces, k)
        if named:
            continue
        if kind(doc[piece.token]) in {"verb", "part", "aux", "sconj", "conj"} or low == "that":
            return None
        other += 1
    return None


def _stops(pieces: Sequence[Piece], k: int) -> bool:
    """Tell whether a mark ends the look for a verb; the full stops of "U.S." do not."""
    piece = pieces[k]
    if piece.low not in STOPS:
        return False
    letter = piece.low == "." and piece.glued and k > 0 and len(pieces[k - 1].low) == 1
    return not (letter and pieces[k - 1].low.isalpha())


def _led_by_preposition(pieces: Sequence[Piece], k: int) -> bool:
    """Tell whether a run of capitalised words follows a preposition: "said in New York on Friday"."""
    least = max(k - REACH, 0)
    while k > least and pieces[k].name:
        k -= 1
    return pieces[k].low in PREPOSITIONS or (
        pieces[k].low == "the" and k > 0 and pieces[k - 1].low in PREPOSITIONS
    )


def _has_document(pieces: Sequence[Piece], k: int) -> bool:
    """Tell whether what was released is a document: "figures released on Friday", not hostages."""
    around = range(max(k - REACH, 0), min(k + REACH, len(pieces)))
    documents = words().documents
    return any(pieces[n].low in documents or pieces[n].low in FIGURES for n in around)


def _after(pieces: Sequence[Piece], first: int, last: int) -> str | None:
    """Find the verb directly after a time between subject and verb: "the ministry on Friday said"."""
    if first == 0 or last >= len(pieces):
        return None
    verb = words().verbs.get(pieces[last].low)
    if verb is None or verb.document or pieces[last].glued:
        return None
    # "The blast on Friday claimed 12 lives".
    counts = last + 1 < len(pieces) and (
        pieces[last + 1].low[:1].isdigit() or pieces[last + 1].low in {"the", "at"}
    )
    return None if pieces[last].low.startswith("claim") and counts else pieces[last].low


def _opening(doc: Doc, pieces: Sequence[Piece], first: int, last: int) -> str | None:
    """Find the verb of a sentence that a time opens: "On Friday, the ministry said"."""
    lead = 2 if first in {2, 3} and pieces[1].low == "," else 0
    if first > lead + 1 or (first == lead + 1 and pieces[lead].low != "on"):
        return None
    k = last + (last < len(pieces) and pieces[last].low == ",")
    for n in range(k, min(k + REACH, len(pieces))):
        low = pieces[n].low
        verb = words().verbs.get(low)
        if verb is not None and n > k and not verb.document and low not in {"report", "reports", "state"}:
            return low
        if _stops(pieces, n) or kind(doc[pieces[n].token]) in {"verb", "part", "aux", "sconj", "num"}:
            return None
    return None


def _in_dateline(pieces: Sequence[Piece], first: int, last: int) -> bool:
    """Tell whether a time stands in "MOSUL, Iraq, Sept 1 (Reuters) -" or "LONDON (AP) - March 3"."""
    if first == 0 or first > REACH or last >= len(pieces):
        return False
    before, after = pieces[:first], pieces[last].low
    if not before[0].name or after not in {"(", "-", "--", ":", "/"}:
        return False
    if not all(p.name or p.low in {",", "(", ")", ".", "-", "--", "/"} for p in before):
        return False
    # A place name in capitals, and a comma or agency before the date.
    return pieces[first - 1].low in {",", ")", "-", "--", "/"} and before[0].end - before[0].start > 1


def _alone(text: str, pieces: Sequence[Piece], first: int, last: int) -> bool:
    """Tell whether a time has its line to itself, but for "Published", a clock time or a name."""
    start, end = pieces[first].start, pieces[last - 1].end
    opened = text.rfind("\n", max(start - 80, 0), start) + 1
    closed = text.find("\n", end, end + 80)
    if opened == 0 and start > 80:
        return False
    if closed == -1:
        if len(text) - end > 80:
            return False
        closed = len(text)
    left = [w.strip(":,.|-–—()*_").lower() for w in text[opened:start].split()]
    right = [w.strip(":,.|-–—()*_").lower() for w in text[end:closed].split()]
    if not any(left) and not any(right):
        return True
    byline = any(w in BYLINE - {"on", "at", "by", "first", "last"} for w in left) or left[:1] == ["by"]
    clock = all(
        not w
        or w[0].isdigit()
        or w in {"am", "pm", "a.m", "p.m", "gmt", "utc", "est", "edt", "at", "bst", "cet"}
        for w in right
    )
    short = len(left) <= 6 and all(not w or w in BYLINE or w.isalpha() for w in left)
    return clock and ((byline and short) or not any(left))
