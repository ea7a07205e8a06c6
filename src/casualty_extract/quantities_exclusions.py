"""Why a figure is no count of people: dates, years, ages, amounts, codes, things."""

from __future__ import annotations

import re
from collections.abc import Callable

from casualty_extract import numerals
from casualty_extract.quantities_ages import is_age
from casualty_extract.quantities_figures import Figure
from casualty_extract.quantities_measures import is_measured
from casualty_extract.quantities_view import DASHES, HYPHENS, Phrase, View
from casualty_extract.quantities_words import MONTHS, words

__all__ = ["why_not"]

CURRENCIES = frozenset(
    """$ £ € ¥ ₹ ₦ us$ a$ c$ nz$ hk$ s$ rs rs. usd eur gbp inr tk aud cad cny pkr # № ° § @ =""".split()
)
CLOCK = frozenset("a.m. p.m. am pm a.m p.m o'clock gmt utc hrs noon midnight".split())
FRACTIONS = frozenset(
    """third thirds quarter quarters half halves fifth fifths sixth sixths seventh sevenths eighth
    eighths ninth ninths tenth tenths""".split()
)
SHARED = frozenset({3, 4, 5, 10, 20, 100})
YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}|21[0-4][0-9]")
YEAR_NUMBERS = frozenset("BC BCE AD CE".split())
# What a hyphen may tie to a count: "the 20-odd dead", "a 200-plus toll".
COUNTING_TAILS = frozenset("odd plus some strong ish".split())
COUNTING = frozenset(
    """least than nearly almost approximately total killed killing kills kill wounded wounding injured
    injuring leaving left displaced claiming claimed to""".split()
)
SINGLE = frozenset("this that which each every any some such no another".split())


def why_not(view: View, figure: Figure, phrase: Phrase) -> str | None:
    """Name the reason why a figure counts no people, reports or incidents, or None."""
    if figure.refused:
        return "score or date"
    if figure.form == "vague":
        return "thing" if phrase.thing else None
    if figure.ordinal:
        return _no_ordinal(view, figure, phrase)
    for reason, test in _TESTS:
        if test(view, figure, phrase):
            return reason
    return None


def _no_ordinal(view: View, figure: Figure, phrase: Phrase) -> str | None:
    """ "the fifth attack" counts; "21st century", "a third of", "the first victims", "the second" do not."""
    noun = phrase.noun
    if noun is None or noun.unit is None or (noun.plural and not noun.singular):
        return "ordinal of nothing counted"
    if noun.unit == "reports" and view.word(phrase.head or 0, figure.start) != "case":
        # "the sixth quarterly report", but "the city's fourth case of the disease"
        return "ordinal of nothing counted"
    before = view.word(figure.start - 1, figure.start)
    if noun.unit == "people" and not noun.harm and before != "the":
        # "a fourth officer" is one more officer, "his second wife" no count at all
        return "ordinal of one person"
    if (
        view.word(figure.end, figure.start) in {"of", ",", "a", "an", "the"}
        or view.word(figure.start - 1, figure.start) in DASHES
    ):
        return "ordinal of nothing counted"
    return None


def _is_amount(view: View, f: Figure, phrase: Phrase) -> bool:
    before = view.word(f.start - 1, f.start)
    return (
        before in CURRENCIES
        or (before in {"/", ".", "'", "’"} and view.glued[f.start] and f.start > view.first[f.start])
        or _is_behind_currency(view, f.start)
    )


def _is_behind_currency(view: View, i: int) -> bool:
    """ "Rs. 500", where the full stop may pass for the end of a sentence."""
    return i > 1 and view.lower[i - 1] == "." and bool(view.glued[i - 1]) and view.lower[i - 2] in CURRENCIES


def _is_bare_score(view: View, f: Figure, phrase: Phrase) -> bool:
    """ "a score of people" counts, "a score of 3-1" and "two score cards" do not."""
    return view.lower[f.end - 1] == "score" and (phrase.noun is None or phrase.noun.unit is None)


def _is_code(view: View, f: Figure, phrase: Phrase) -> bool:
    """ "Flight 370", "No. 5", "COVID-19", "Air Force One"; with a zero before it, all but "05 people"."""
    if view.lower[f.start][0] == "0" and len(view.lower[f.start]) > 1:
        return phrase.noun is None or phrase.noun.unit is None or phrase.head != f.end
    before = view.word(f.start - 1, f.start)
    if len(before) > 2 and before[0] == "0" and before.isdigit():
        # "0800 555 111"
        return True
    if before == "number" and view.word(f.start - 2, f.start) not in {"a", "total"}:
        return True
    if before in words().codes and (_in_digits(view, f) or view.texts[f.start][0].isupper()):
        noun = phrase.noun
        certain = noun is not None and noun.unit is not None and view.texts[f.start - 1][0].islower()
        certain = certain and view.word(f.end, f.start) != "of"
        return not (certain and before not in {"magnitude", "number", "top", "day"})
    if before == "." and view.word(f.start - 2, f.start) in {"no", "nos"} and view.glued[f.start - 1]:
        return True
    if before in DASHES and view.glued[f.start] and view.glued[f.start - 1]:
        return view.word(f.start - 2, f.start)[-1:].isalnum()
    raised = view.texts[f.start][0].isupper() and view.first[f.start] < f.start and not view.titled(f.start)
    return raised and before[:1].isalpha() and view.texts[f.start - 1][0].isupper()


def _is_glued(view: View, f: Figure, phrase: Phrase) -> bool:
    """ "two-day", "20C", "12/20", "5th" and the like: the number is only part of a word."""
    after, j = view.word(f.end, f.start), f.end
    if not after or not view.glued[j]:
        return False
    if after in HYPHENS:
        tail = view.word(j + 1, f.start)
        return tail not in COUNTING_TAILS and tail != "" and view.glued[j + 1]
    return (after[0].isalpha() and after not in {"n't"}) or after in {"/", "°", "º", "’s", "'s"}


def _is_measure(view: View, f: Figure, phrase: Phrase) -> bool:
    after = view.word(f.end, f.start)
    if after in CLOCK or after in {"%", "°", "℃", "$", "£", "€", "‰"}:
        return True
    if after == "per" and view.word(f.end + 1, f.start) == "cent":
        return True
    if after in {"million", "billion", "trillion"}:
        return True
    joined = view.word(f.end + 1, f.start) if after in HYPHENS else after
    return joined in FRACTIONS and f.form == "word"


def _is_unknown_measure(view: View, f: Figure, phrase: Phrase) -> bool:
    """A sign or short word that no list of ours has, right behind a figure: asked of quantulum3."""
    after = view.word(f.end, f.start)
    if after in words().nouns or not after or not _in_digits(view, f) or phrase.noun is not None:
        return False
    odd = not after.isalpha() and any(c.isalnum() for c in after)
    if not (odd or (len(after) <= 3 and view.kind(f.end) == "word")):
        return False
    tail = view.texts[f.start : min(f.end + 3, view.last[f.start])]
    return is_measured(" ".join(w[:20] for w in tail))


def _is_date(view: View, f: Figure, phrase: Phrase) -> bool:
    """ "14 March", "March 14", "the 17th of October", "March 14-16"."""
    if not _in_digits(view, f) or (f.high or 0) > 31:
        return False
    after, before = f.end, f.start - 1
    if _is_month(view, after, f.start):
        return True
    if view.word(after, f.start) == "of" and _is_month(view, after + 1, f.start):
        return True
    if not _is_month(view, before, f.start):
        return False
    counted = phrase.noun is not None and phrase.noun.unit is not None and phrase.head == f.end
    return not (counted and view.word(before - 1, f.start) in {"in", "since", "during", "last", "by"})


def _is_month(view: View, i: int, near: int) -> bool:
    word = view.word(i, near)
    if word == "." and view.glued[i]:
        word = view.word(i - 1, near)
    return word.rstrip(".") in MONTHS and view.texts[i][:1].isupper()


def _is_year(view: View, f: Figure, phrase: Phrase) -> bool:
    """A bare number such as 2014 is a year, unless it stands where only a count can."""
    written = view.texts[f.start]
    before = view.word(f.start - 1, f.start)
    if not YEAR.fullmatch(written) or not YEAR.fullmatch(view.texts[f.end - 1]):
        return False
    if written < "1700" and before not in {"in", "since", "until", "from", "by"}:
        return False
    if _is_month(view, f.start - 1, f.start) or view.word(f.end, f.start) in YEAR_NUMBERS:
        return True
    noun = phrase.noun
    people = noun is not None and noun.unit in {"people", "households"} and phrase.head == f.end
    # "2014 deaths" may be a count, "his 2014 death" is not.
    people = people and noun is not None and (noun.plural or not noun.harm)
    if people and before not in {"in", "since", "of", "until", "the", "early", "late", "mid"}:
        return False
    return before not in COUNTING or (before == "to" and not people)


def _is_rate(view: View, f: Figure, phrase: Phrase) -> bool:
    """ "seven per 100,000", "four deaths per 100,000 people", "52 votes to 48", "a quake of 7 on the scale"."""
    before = view.word(f.start - 1, f.start)
    if before == "per" or (before == "to" and view.word(f.start - 2, f.start) == "votes"):
        return True
    if f.best is not None and (_is_share(view, f.start, f.best) or _is_share(view, f.end + 1)):
        return True
    if before == "of" and view.word(f.end, f.start) == "on" and "scale" in view.lower[f.end : f.end + 5]:
        return True
    if view.lower[f.end : f.end + 2] == ["out", "of"] and _is_small(view, f.end + 2):
        return True
    if view.lower[max(f.start - 2, 0) : f.start] == ["out", "of"] and _is_small(view, f.start - 3):
        return True
    if view.word(f.start - 1, f.start) == "in" and view.word(f.start - 2, f.start) in {"one", "1"}:
        return (f.low or 0) > 2 and not phrase.thing and "," not in view.lower[f.start]
    end = max(phrase.end, f.end)
    return view.word(end, f.start) == "per" and view.word(end + 1, f.start)[:1].isdigit()


def _is_share(view: View, i: int, whole: int | None = None) -> bool:
    """ "nine in ten of the dead": whether the whole stands at word i, with its part before it."""
    if i < 2 or i + 1 >= len(view) or view.lower[i - 1] != "in" or view.lower[i + 1] != "of":
        return False
    part, read = numerals.longest([view.lower[i - 2]]), numerals.longest([view.lower[i]])
    whole = read.value if whole is None and read is not None else whole
    return part is not None and whole in SHARED and part.value < (whole or 0)


def _is_small(view: View, i: int) -> bool:
    found = numerals.longest(view.lower[i : i + 1]) if 0 <= i < len(view) else None
    return found is not None and found.value <= 100


def _is_bracketed(view: View, f: Figure, phrase: Phrase) -> bool:
    """ "[3]", "three (3)", "Smith (42)"."""
    return view.word(f.start - 1, f.start) in {"(", "["} and view.word(f.end, f.start) in {")", "]"}


def _is_list_number(view: View, f: Figure, phrase: Phrase) -> bool:
    return (
        f.start == view.first[f.start]
        and _in_digits(view, f)
        and view.word(f.end, f.start) in {".", ")", ":", ".)"}
        and (f.high or 0) < 100
    )


def _is_pronoun(view: View, f: Figure, phrase: Phrase) -> bool:
    """ "this one", "a new one", "one of the reasons", "one in five", "the one who"."""
    if view.lower[f.start] not in {"one", "1"} or f.end - f.start != 1:
        return False
    before, after = view.word(f.start - 1, f.start), view.word(f.end, f.start)
    if before in {"every", "each"}:
        # "every one of the 12 passengers"
        return True
    people = phrase.noun is not None and phrase.noun.unit is not None
    if after == "in":
        other = numerals.longest(view.lower[f.end + 1 : f.end + 4])
        if view.word(f.end + 1, f.start) == "every" or (other is not None and 2 < other.value < 1_700):
            return not view.phrase(f.end + 1 + (other.words if other else 1)).thing
    if after == "of":
        return _is_one_of_things(view, f, phrase)
    if view.lower[f.start] == "1" or people:
        return False
    if before in SINGLE or (before in {"the", "a", "an"} and view.kind(f.end) != "word"):
        return True
    if (
        view.first[f.start] <= f.start - 1
        and view.kind(f.start - 1) == "word"
        and view.texts[f.start - 1].islower()
    ):
        return not before.endswith(("s", "ed", "ing", "killed")) and view.kind(f.end) != "word"
    return False


def _is_one_of_things(view: View, f: Figure, phrase: Phrase) -> bool:
    """ "one of the reasons", "one of the deadliest attacks": only of people or numbers it counts."""
    if phrase.noun is not None and phrase.noun.unit is not None:
        between = view.lower[f.end : phrase.head]
        return any(
            w.endswith("est") or w in {"most", "best", "worst", "few", "only", "main"} for w in between
        )
    k = f.end + 1
    while view.word(k, f.start) in {
        "the",
        "these",
        "those",
        "his",
        "her",
        "their",
        "its",
        "our",
        "about",
        "at",
    }:
        k += 1
    word = view.word(k, f.start)
    if word in {"them", "us", "whom", "you", "those", ""} or view.texts[k][:1].isupper():
        return False
    if word.endswith("est") or word in {"most", "best", "worst", "few", "only", "main"}:
        return True
    return numerals.longest(view.lower[k : k + 4]) is None and view.kind(k) not in {"part", "verb"}


def _is_pairing(view: View, f: Figure, phrase: Phrase) -> bool:
    """ "both in Iraq and Syria" joins; "both sides" and "both countries" are things."""
    if view.lower[f.start] != "both":
        return False
    after = view.word(f.end, f.start)
    if not after or after == "of":
        return phrase.thing
    if view.kind(f.end) in {"adp", "sconj", "adv"} and after not in {"as"}:
        return True
    return words().strangers.match(view.lower, f.end) is not None and phrase.noun is None


def _is_thing(view: View, f: Figure, phrase: Phrase) -> bool:
    return phrase.thing


def _is_stray_million(view: View, f: Figure, phrase: Phrase) -> bool:
    """ "1.5m people" is a count, "1.5m" alone may be metres or money."""
    last = view.lower[f.end - 1]
    short = last in {"m", "bn", "mn", "tn"} or re.fullmatch(r"[0-9.]+(?:m|bn|mn|tn)", last) is not None
    return short and (phrase.noun is None or phrase.noun.unit is None)


def _in_digits(view: View, f: Figure) -> bool:
    return view.lower[f.start][0].isdigit()


_TESTS: tuple[tuple[str, Callable[[View, Figure, Phrase], bool]], ...] = (
    ("amount", _is_amount),
    ("score", _is_bare_score),
    ("part of a word", _is_glued),
    ("code", _is_code),
    ("measure", _is_measure),
    ("date", _is_date),
    ("year", _is_year),
    ("age", is_age),
    ("rate", _is_rate),
    ("bracketed", _is_bracketed),
    ("list number", _is_list_number),
    ("pronoun", _is_pronoun),
    ("pairing", _is_pairing),
    ("stray million", _is_stray_million),
    ("thing", _is_thing),
    ("unknown measure", _is_unknown_measure),
)
