"""Claims in plain words, for whatever is shown to people; they come as plain data, as `to_dict` gives them.

An article can hold anything, also the escape sequences that move a terminal's cursor or hide text.
`visible` writes such characters out, and nothing of an article reaches the terminal without it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["bounds", "counted", "figure", "headline", "noted", "numbers", "slots", "visible", "when"]

_BLANKS = re.compile(r"\s+")
_UNPRINTABLE = re.compile(r"[^\x20-\x7e\xa1-\xac\xae-\u02ff]")
# Soft hyphen, zero-width space, word joiner, byte order mark: nothing to see, and no harm.
_DROPPED = "\xad\u200b\u2060\ufeff"
# Joiners that Persian and Indic names are spelled with.
_KEPT = "\u200c\u200d"

Plain = Mapping[str, Any]


def visible(text: str) -> str:
    r"""Put a text on one line, with whatever a terminal would obey written out.

    >>> visible("12 people\n killed\x1b[2J")
    '12 people killed\\x1b[2J'

    Args:
        text: any text. Blanks and line ends become single spaces; control characters, signs that
            turn the direction of writing, and lone surrogates are shown as escapes.
    """
    return _UNPRINTABLE.sub(_escape, _BLANKS.sub(" ", text))


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    if char in _DROPPED:
        return ""
    if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Cn", "Co") or char in _KEPT:
        return char
    number = ord(char)
    return (
        f"\\x{number:02x}"
        if number < 0x100
        else f"\\u{number:04x}"
        if number < 0x10000
        else f"\\U{number:08x}"
    )


def bounds(low: int | None, high: int | None) -> str:
    """Tell the bounds of a number in words; nothing where both are open.

    >>> bounds(12, 12), bounds(1200, None), bounds(None, 30), bounds(20, 30), bounds(None, None)
    ('12', '1,200 or more', '30 or fewer', '20 to 30', '')

    Args:
        low: the least number; None where there is no lower bound.
        high: the greatest; None where there is no upper bound.
    """
    if low is not None and low == high:
        return f"{low:,}"
    if low is not None and high is not None:
        return f"{low:,} to {high:,}"
    if low is not None:
        return f"{low:,} or more"
    return f"{high:,} or fewer" if high is not None else ""


def numbers(low: int | None, best: int | None, high: int | None) -> str:
    """Tell a number with its bounds, in short.

    >>> numbers(12, 12, 12), numbers(12, 12, None), numbers(12, 15, 20), numbers(24, None, None)
    ('12', '12 or more', '15 (12 to 20)', '24 or more')
    >>> numbers(12, 15, None), numbers(None, 25, 25)
    ('15 (12 or more)', '25 or fewer')
    """
    told = bounds(low, high)
    if best is None or (best in (low, high) and (low == high or low is None or high is None)):
        return told
    return f"{best:,} ({told})" if told else f"{best:,}"


def counted(count: int, thing: str) -> str:
    """Count things in words.

    >>> counted(1, "claim"), counted(1200, "claim")
    ('1 claim', '1,200 claims')
    """
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def figure(text: str, low: int | None, high: int | None, qualifier: str) -> str:
    """Tell a figure with its bounds and its qualifier.

    >>> figure("30", 30, 30, "approximately"), figure("many", None, None, "exact")
    ('about 30', '"many"')

    Args:
        text: the number expression, which stands where it has no bounds.
        low: the least number; None where there is no lower bound.
        high: the greatest; None where there is no upper bound.
        qualifier: how the text bounds it.
    """
    told = bounds(low, high)
    if not told:
        return f'"{text}"'
    return f"about {told}" if qualifier == "approximately" else told


def noted(text: str, notes: Sequence[str]) -> str:
    """Put notes in brackets behind a text.

    >>> noted("Mosul", ["IQ"]), noted("Mosul", [])
    ('Mosul (IQ)', 'Mosul')
    """
    return f"{text} ({', '.join(notes)})" if notes else text


def when(text: str, earliest: str | None, latest: str | None, ambiguous: bool) -> str:
    """Tell a time: its days, and the expression used.

    >>> when("on Friday", "2017-09-01", "2017-09-01", False), when("since May", "2017-05-01", None, False)
    ('2017-09-01 "on Friday"', '2017-05-01 to open "since May"')

    Args:
        text: the expression.
        earliest: the first day in ISO 8601; None where it is open or not known.
        latest: the last day.
        ambiguous: whether it can be read day first or month first.
    """
    shown = f'"{text}"'
    if earliest is None and latest is None:
        return shown
    first, last = earliest or "open", latest or "open"
    unsure = " (day or month first?)" if ambiguous else ""
    return f"{first if first == last else f'{first} to {last}'} {shown}{unsure}"


def headline(claim: Plain) -> str:
    """Tell what a claim counts: its figure, harm or unit, and scope.

    >>> from casualty_extract import extract
    >>> [claim] = extract("At least 685 civilians were killed.").to_dict()["claims"]
    >>> headline(claim)
    '685 or more killed'

    Args:
        claim: as plain data.
    """
    quantity = claim["quantity"]
    harm = claim["harm"]["label"] if claim["harm"] else ""
    unit, scope = claim["unit"], claim["scope"]
    what = harm if harm and unit == "people" else noted(unit, [harm] if harm else [])
    told = figure(quantity["text"], quantity["low"], quantity["high"], quantity["qualifier"])
    return f"{told} {what}" + ("" if scope == "event" else f", {scope}")


def slots(claim: Plain) -> list[tuple[str, str]]:
    """Tell what else a claim says, each with its name: victims, cause, by, when, where, said by.

    >>> from casualty_extract import extract
    >>> [claim] = extract("A bomb killed 12 soldiers in Mosul, police said.").to_dict()["claims"]
    >>> dict(slots(claim))["where"]
    'Mosul (IQ)'

    Args:
        claim: as plain data.
    """
    found = []
    victims, said, cause = claim["victims"], claim["attribution"], claim["cause"]
    if victims and victims["text"] is not None:
        kinds = [kind for kind in (victims["category"], *victims["groups"]) if kind != "unspecified"]
        found.append(("victims", noted(f'"{victims["text"]}"', kinds)))
    if cause or claim["intent"]:
        named = f'{cause["label"]} "{cause["text"]}"' if cause else ""
        found.append(("cause", noted(named, [claim["intent"]] if claim["intent"] else []).strip()))
    if claim["perpetrator"]:
        found.append(("by", f'"{claim["perpetrator"]["text"]}"'))
    if (time := claim["time"]) is not None:
        found.append(("when", when(time["text"], time["earliest"], time["latest"], time["ambiguous"])))
    if claim["places"]:
        places = [
            noted(place["name"], [place["country"]] if place["country"] else []) for place in claim["places"]
        ]
        found.append(("where", ", ".join(places)))
    if said:
        name, told = said["source"]["name"], said["source"]["text"]
        alias = f' "{told}"' if told != name else ""
        found.append(
            ("said by", f'{name}{alias} ({said["source"]["kind"]}), "{said["cue"]["text"]}", {said["form"]}')
        )
    return found
